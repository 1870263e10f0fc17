"""Sections and entries of a bundle."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authorities.models import Authority
from bundles import actions
from bundles.access import bundles as access
from bundles.api import base
from bundles.serializers.bundles import (
    AddAuthoritiesSerializer,
    AddExhibitsSerializer,
    EntryChangeSerializer,
    EntrySerializer,
    SectionSerializer,
    TakeSerializer,
    TitleSerializer,
)
from core.errors import NotFound
from evidence import access as exhibit_access


class Sections(APIView):
    """The sections of a bundle."""

    @extend_schema(request=TitleSerializer, responses={201: SectionSerializer})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """A section stands at the bundle's end."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        section = actions.add_section(
            by=base.by(request), bundle=bundle, **base.said(TitleSerializer, request)
        )
        return Response(SectionSerializer(section).data, status=status.HTTP_201_CREATED)


class OneSection(APIView):
    """One section."""

    @extend_schema(request=TitleSerializer, responses=SectionSerializer)
    def put(self, request: Request, bundle_id: UUID, section_id: int) -> Response:
        """The section's heading is as given."""
        section = access.get_section(access.get_bundle_to_edit(request.user, bundle_id), section_id)
        actions.rename_section(by=base.by(request), section=section, **base.said(TitleSerializer, request))
        return Response(SectionSerializer(section).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, bundle_id: UUID, section_id: int) -> Response:
        """The empty section is gone; 409 where it holds documents."""
        section = access.get_section(access.get_bundle_to_edit(request.user, bundle_id), section_id)
        actions.remove_section(by=base.by(request), section=section)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Entries(APIView):
    """The entries of a bundle."""

    @extend_schema(request=AddExhibitsSerializer, responses={201: EntrySerializer(many=True)})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """The exhibits stand at the end of the section, in the order given."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = base.said(AddExhibitsSerializer, request)
        section = access.get_section(bundle, said["section"])
        found = exhibit_access.in_case(request.user, bundle.case).in_bulk(said["exhibits"])
        if len(found) < len(set(said["exhibits"])):
            raise NotFound("There is no such exhibit.")
        exhibits = [found[key] for key in said["exhibits"]]
        entries = actions.add_exhibits(by=base.by(request), section=section, exhibits=exhibits)
        return Response(EntrySerializer(entries, many=True).data, status=status.HTTP_201_CREATED)


class OneEntry(APIView):
    """One entry."""

    @extend_schema(request=EntryChangeSerializer, responses=EntrySerializer)
    def put(self, request: Request, bundle_id: UUID, entry_id: int) -> Response:
        """The entry's title in the index is as given, and its pages and signpost where they are given."""
        entry = access.get_entry(access.get_bundle_to_edit(request.user, bundle_id), entry_id)
        said = base.said(EntryChangeSerializer, request)
        pages, signpost = said.get("pages", entry.pages), said.get("signpost", entry.signpost)
        actions.change_entry(by=base.by(request), entry=entry, pages=pages, signpost=signpost)
        actions.rename_entry(by=base.by(request), entry=entry, title=said["title"])
        return Response(EntrySerializer(entry).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, bundle_id: UUID, entry_id: int) -> Response:
        """The exhibit no longer stands there."""
        entry = access.get_entry(access.get_bundle_to_edit(request.user, bundle_id), entry_id)
        actions.take_out(by=base.by(request), entry=entry)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Authorities(APIView):
    """The authorities of a bundle."""

    @extend_schema(request=AddAuthoritiesSerializer, responses={201: EntrySerializer(many=True)})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """The authorities stand under the headings of their kinds."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        keys = base.said(AddAuthoritiesSerializer, request)["authorities"]
        found = Authority.objects.in_bulk(keys)
        if len(found) < len(set(keys)):
            raise NotFound("There is no such authority.")
        entries = actions.add_cited(by=base.by(request), bundle=bundle, authorities=list(found.values()))
        return Response(EntrySerializer(entries, many=True).data, status=status.HTTP_201_CREATED)


class Taken(APIView):
    """What a core bundle takes from its main bundle."""

    @extend_schema(request=TakeSerializer, responses={201: EntrySerializer(many=True)})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """Documents and pages of the main bundle's newest version stand in the core bundle."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = base.said(TakeSerializer, request)
        entries = actions.take(by=base.by(request), core=bundle, **said)
        return Response(EntrySerializer(entries, many=True).data, status=status.HTTP_201_CREATED)
