"""Deliveries, further files, certificates and signatures of a version, and new editions."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bundles import actions
from bundles.access import bundles as access
from bundles.api import base
from bundles.models import Version, VersionFile
from bundles.serializers.bundles import (
    BundleSerializer,
    CertifySerializer,
    DeliverSerializer,
    DeliverySerializer,
    VersionFileSerializer,
)
from evidence.storage import store

PDF: dict[Any, Any] = {(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, "The PDF.")}


def sent(file: Version | VersionFile) -> FileResponse:
    """The file's PDF under its court name."""
    return FileResponse(
        store().path(file.sha256).open("rb"),
        as_attachment=True,
        filename=file.file_name,
        content_type="application/pdf",
    )


def _to_edit(request: Request, bundle_id: UUID, number: int) -> Version:
    return access.get_version(request.user, access.get_bundle_to_edit(request.user, bundle_id), number)


class Whole(APIView):
    """A version's PDF."""

    @extend_schema(responses=PDF)
    def get(self, request: Request, bundle_id: UUID, number: int) -> FileResponse:
        """The PDF under its court name."""
        return sent(access.get_version(request.user, access.get_bundle(request.user, bundle_id), number))


class Further(APIView):
    """A further file of a version."""

    @extend_schema(responses=PDF)
    def get(self, request: Request, bundle_id: UUID, number: int, kind: str, place: int) -> FileResponse:
        """A volume, a delta, a certificate or a signed copy."""
        version = access.get_version(request.user, access.get_bundle(request.user, bundle_id), number)
        return sent(access.get_file(version, kind, place))


class Deliveries(APIView):
    """Who has been given a version."""

    @extend_schema(request=DeliverSerializer, responses={201: DeliverySerializer})
    def post(self, request: Request, bundle_id: UUID, number: int) -> Response:
        """Somebody has this version: its pages keep their numbers from now on."""
        version = _to_edit(request, bundle_id, number)
        said = base.said(DeliverSerializer, request)
        made = actions.deliver(by=base.by(request), version=version, **said)
        return Response(DeliverySerializer(made).data, status=status.HTTP_201_CREATED)


class Certificates(APIView):
    """Certificates of a version."""

    @extend_schema(request=CertifySerializer, responses={201: VersionFileSerializer})
    def post(self, request: Request, bundle_id: UUID, number: int) -> Response:
        """A certificate with every hash stands beside the version, for a person to sign."""
        version = _to_edit(request, bundle_id, number)
        kept = actions.certify(by=base.by(request), version=version, **base.said(CertifySerializer, request))
        return Response(VersionFileSerializer(kept).data, status=status.HTTP_201_CREATED)


class Signatures(APIView):
    """Electronic signatures of a version."""

    @extend_schema(request=None, responses={201: VersionFileSerializer})
    def post(self, request: Request, bundle_id: UUID, number: int) -> Response:
        """A signed copy stands beside the version; 409 where no key is configured."""
        version = _to_edit(request, bundle_id, number)
        kept = actions.sign(by=base.by(request), version=version)
        return Response(VersionFileSerializer(kept).data, status=status.HTTP_201_CREATED)


class Edition(APIView):
    """New editions of a bundle."""

    @extend_schema(request=None, responses=BundleSerializer)
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """What was delivered no longer holds page numbers in their place; 409 where nothing was."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        return Response(BundleSerializer(actions.begin_edition(by=base.by(request), bundle=bundle)).data)
