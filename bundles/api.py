"""Bundles through the API: the same access and the same actions as the pages."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from bundles import access, actions, arrangement
from bundles.models import Bundle
from bundles.serializers import (
    AddExhibitsSerializer,
    ArrangeSerializer,
    AskForBuildSerializer,
    BeginBundleSerializer,
    BuildSerializer,
    BundleSerializer,
    EntrySerializer,
    NewBundleSerializer,
    SectionSerializer,
    TitleSerializer,
    VersionSerializer,
    WholeBundleSerializer,
)
from cases.access import get_case, get_case_to_edit
from cases.models import Case, Hearing
from core.actor import Actor
from core.errors import NotFound
from core.requests import actor
from evidence import access as exhibit_access
from evidence.storage import store


def _by(request: Request) -> Actor:
    return actor(request._request, "api")


def _said(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    read = serializer(data=request.data)
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)


def _hearing(case: Case, number: int | None) -> Hearing | None:
    if number is None:
        return None
    hearing = case.hearings.filter(pk=number).first()
    if hearing is None:
        raise NotFound("There is no such hearing.")
    return hearing


def _whole(bundle: Bundle) -> dict[str, Any]:
    now = arrangement.of(bundle)
    sections = [
        {
            "id": part.section.pk,
            "title": part.section.title,
            "order": part.section.order,
            "entries": EntrySerializer([row.entry for row in part.rows], many=True).data,
        }
        for part in now.parts
    ]
    return {
        "bundle": BundleSerializer(bundle).data,
        "sections": sections,
        "pages": now.pages,
        "size": now.size,
        "seen": now.mark,
    }


class Bundles(generics.GenericAPIView[Bundle]):
    """The bundles of a matter."""

    serializer_class = BundleSerializer

    @extend_schema(responses=BundleSerializer(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        """The bundles of the matter that the asker may see."""
        case = get_case(request.user, case_id)
        page = self.paginate_queryset(access.in_case(request.user, case).order_by("title", "pk"))
        return self.get_paginated_response(BundleSerializer(page or [], many=True).data)

    @extend_schema(request=BeginBundleSerializer, responses={201: WholeBundleSerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """A bundle is begun."""
        case = get_case_to_edit(request.user, case_id)
        said = _said(BeginBundleSerializer, request)
        said["hearing"] = _hearing(case, said["hearing"])
        bundle = actions.create(by=_by(request), case=case, **said)
        return Response(_whole(bundle), status=status.HTTP_201_CREATED)


class OneBundle(APIView):
    """A bundle with its sections and entries."""

    @extend_schema(responses=WholeBundleSerializer)
    def get(self, request: Request, bundle_id: UUID) -> Response:
        """The bundle as it stands."""
        return Response(_whole(access.get_bundle(request.user, bundle_id)))

    @extend_schema(request=NewBundleSerializer, responses=WholeBundleSerializer)
    def put(self, request: Request, bundle_id: UUID) -> Response:
        """The bundle's title, hearing, rules and way of failing are as given."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = _said(NewBundleSerializer, request)
        said["hearing"] = _hearing(bundle.case, said["hearing"])
        said["profile"] = said["profile"] or bundle.profile
        return Response(_whole(actions.change(by=_by(request), bundle=bundle, **said)))


class Order(APIView):
    """The order of a bundle."""

    @extend_schema(request=ArrangeSerializer, responses=WholeBundleSerializer)
    def put(self, request: Request, bundle_id: UUID) -> Response:
        """Sections and entries stand in the order given; 409 where the bundle changed meanwhile."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = _said(ArrangeSerializer, request)
        order = [(part["section"], part["entries"]) for part in said["order"]]
        actions.arrange_as(by=_by(request), bundle=bundle, order=order, seen=said["seen"])
        return Response(_whole(bundle))


class Sections(APIView):
    """The sections of a bundle."""

    @extend_schema(request=TitleSerializer, responses={201: SectionSerializer})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """A section stands at the bundle's end."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        section = actions.add_section(by=_by(request), bundle=bundle, **_said(TitleSerializer, request))
        return Response(SectionSerializer(section).data, status=status.HTTP_201_CREATED)


class OneSection(APIView):
    """One section."""

    @extend_schema(request=TitleSerializer, responses=SectionSerializer)
    def put(self, request: Request, bundle_id: UUID, section_id: int) -> Response:
        """The section's heading is as given."""
        section = access.get_section(access.get_bundle_to_edit(request.user, bundle_id), section_id)
        actions.rename_section(by=_by(request), section=section, **_said(TitleSerializer, request))
        return Response(SectionSerializer(section).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, bundle_id: UUID, section_id: int) -> Response:
        """The empty section is gone; 409 where it holds documents."""
        section = access.get_section(access.get_bundle_to_edit(request.user, bundle_id), section_id)
        actions.remove_section(by=_by(request), section=section)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Entries(APIView):
    """The entries of a bundle."""

    @extend_schema(request=AddExhibitsSerializer, responses={201: EntrySerializer(many=True)})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """The exhibits stand at the end of the section, in the order given."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = _said(AddExhibitsSerializer, request)
        section = access.get_section(bundle, said["section"])
        found = exhibit_access.in_case(request.user, bundle.case).in_bulk(said["exhibits"])
        if len(found) < len(set(said["exhibits"])):
            raise NotFound("There is no such exhibit.")
        exhibits = [found[key] for key in said["exhibits"]]
        entries = actions.add_exhibits(by=_by(request), section=section, exhibits=exhibits)
        return Response(EntrySerializer(entries, many=True).data, status=status.HTTP_201_CREATED)


class OneEntry(APIView):
    """One entry."""

    @extend_schema(request=TitleSerializer, responses=EntrySerializer)
    def put(self, request: Request, bundle_id: UUID, entry_id: int) -> Response:
        """The entry's title in the index is as given."""
        entry = access.get_entry(access.get_bundle_to_edit(request.user, bundle_id), entry_id)
        actions.rename_entry(by=_by(request), entry=entry, **_said(TitleSerializer, request))
        return Response(EntrySerializer(entry).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, bundle_id: UUID, entry_id: int) -> Response:
        """The exhibit no longer stands there."""
        entry = access.get_entry(access.get_bundle_to_edit(request.user, bundle_id), entry_id)
        actions.take_out(by=_by(request), entry=entry)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Builds(APIView):
    """Builds of a bundle."""

    @extend_schema(request=AskForBuildSerializer, responses={202: BuildSerializer})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """A build waits for the worker."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = _said(AskForBuildSerializer, request)
        build = actions.ask_for_build(by=_by(request), bundle=bundle, **said)
        return Response(BuildSerializer(build).data, status=status.HTTP_202_ACCEPTED)


class OneBuild(APIView):
    """One build."""

    @extend_schema(responses=BuildSerializer)
    def get(self, request: Request, bundle_id: UUID, build_id: int) -> Response:
        """How far the build has come."""
        bundle = access.get_bundle(request.user, bundle_id)
        return Response(BuildSerializer(access.get_build(request.user, bundle, build_id)).data)


class Versions(APIView):
    """Versions of a bundle."""

    @extend_schema(responses=VersionSerializer(many=True))
    def get(self, request: Request, bundle_id: UUID) -> Response:
        """The versions that the asker may open, the newest first."""
        bundle = access.get_bundle(request.user, bundle_id)
        built = access.openable(request.user, bundle.case, bundle.versions.select_related("build"))
        return Response(VersionSerializer(built, many=True).data)


class OneVersion(APIView):
    """One version."""

    @extend_schema(responses=VersionSerializer)
    def get(self, request: Request, bundle_id: UUID, number: int) -> Response:
        """The version with its page map and verdict."""
        bundle = access.get_bundle(request.user, bundle_id)
        return Response(VersionSerializer(access.get_version(request.user, bundle, number)).data)


class VersionFile(APIView):
    """A version's PDF."""

    @extend_schema(
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, "The bundle's PDF.")}
    )
    def get(self, request: Request, bundle_id: UUID, number: int) -> FileResponse:
        """The PDF under its court name."""
        version = access.get_version(request.user, access.get_bundle(request.user, bundle_id), number)
        return FileResponse(
            store().path(version.sha256).open("rb"),
            as_attachment=True,
            filename=version.file_name,
            content_type="application/pdf",
        )


ONE = "bundles/<uuid:bundle_id>/"

urlpatterns: list[URLPattern] = [
    path("matters/<uuid:case_id>/bundles/", Bundles.as_view(), name="bundles"),
    path(ONE, OneBundle.as_view(), name="bundle"),
    path(f"{ONE}order/", Order.as_view(), name="bundle-order"),
    path(f"{ONE}sections/", Sections.as_view(), name="bundle-sections"),
    path(f"{ONE}sections/<int:section_id>/", OneSection.as_view(), name="bundle-section"),
    path(f"{ONE}entries/", Entries.as_view(), name="bundle-entries"),
    path(f"{ONE}entries/<int:entry_id>/", OneEntry.as_view(), name="bundle-entry"),
    path(f"{ONE}builds/", Builds.as_view(), name="bundle-builds"),
    path(f"{ONE}builds/<int:build_id>/", OneBuild.as_view(), name="bundle-build"),
    path(f"{ONE}versions/", Versions.as_view(), name="bundle-versions"),
    path(f"{ONE}versions/<int:number>/", OneVersion.as_view(), name="bundle-version"),
    path(f"{ONE}versions/<int:number>/file/", VersionFile.as_view(), name="bundle-version-file"),
]
