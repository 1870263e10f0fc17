"""Sections and entries of a bundle."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bundles import access, actions
from bundles.api import base
from bundles.serializers import (
    AddExhibitsSerializer,
    EntrySerializer,
    SectionSerializer,
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

    @extend_schema(request=TitleSerializer, responses=EntrySerializer)
    def put(self, request: Request, bundle_id: UUID, entry_id: int) -> Response:
        """The entry's title in the index is as given."""
        entry = access.get_entry(access.get_bundle_to_edit(request.user, bundle_id), entry_id)
        actions.rename_entry(by=base.by(request), entry=entry, **base.said(TitleSerializer, request))
        return Response(EntrySerializer(entry).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, bundle_id: UUID, entry_id: int) -> Response:
        """The exhibit no longer stands there."""
        entry = access.get_entry(access.get_bundle_to_edit(request.user, bundle_id), entry_id)
        actions.take_out(by=base.by(request), entry=entry)
        return Response(status=status.HTTP_204_NO_CONTENT)
