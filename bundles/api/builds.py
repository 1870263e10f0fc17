"""Builds of a bundle and the versions that came of them."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bundles import actions
from bundles.access import bundles as access
from bundles.api import base
from bundles.serializers.bundles import (
    AskForBuildSerializer,
    BuildSerializer,
    VersionSerializer,
)


class Builds(APIView):
    """Builds of a bundle."""

    @extend_schema(request=AskForBuildSerializer, responses={202: BuildSerializer})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """A build waits for the worker."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = base.said(AskForBuildSerializer, request)
        build = actions.ask_for_build(by=base.by(request), bundle=bundle, **said)
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
        built = access.openable(
            request.user,
            bundle.case,
            bundle.versions.select_related("build").prefetch_related("deliveries", "files__version"),
        )
        return Response(VersionSerializer(built, many=True).data)


class OneVersion(APIView):
    """One version."""

    @extend_schema(responses=VersionSerializer)
    def get(self, request: Request, bundle_id: UUID, number: int) -> Response:
        """The version with its page map and verdict."""
        bundle = access.get_bundle(request.user, bundle_id)
        return Response(VersionSerializer(access.get_version(request.user, bundle, number)).data)
