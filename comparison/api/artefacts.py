"""The API's endpoints for the models of a matter."""

import json
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit
from comparison import access, actions, selectors
from comparison.models import ModelArtefact
from comparison.serializers.artefacts import ArtefactSerializer, ManifestSerializer, RegisterSerializer
from core.errors import NotFound
from core.requests import actor


class Models(GenericAPIView[ModelArtefact]):
    """The models of a matter."""

    serializer_class = ArtefactSerializer
    queryset = ModelArtefact.objects.none()

    @extend_schema(summary="Registered models of a matter", responses=ArtefactSerializer(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        """A page of them, by vendor, name and version."""
        rows: QuerySet[ModelArtefact] = selectors.artefacts(get_case(request.user, case_id))
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(ArtefactSerializer(page, many=True).data)

    @extend_schema(
        summary="Register a model", request=RegisterSerializer, responses={201: ArtefactSerializer}
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        """The model is registered."""
        case = get_case_to_edit(request.user, case_id)
        sent = RegisterSerializer(data=request.data, context={"case": case})
        sent.is_valid(raise_exception=True)
        artefact = actions.register(by=actor(request, "api"), case=case, **sent.chosen())
        return Response(ArtefactSerializer(artefact).data, status=201)


class Model(APIView):
    """One registered model."""

    @extend_schema(summary="A registered model", responses=ArtefactSerializer)
    def get(self, request: Request, case_id: UUID, artefact_id: UUID) -> Response:
        """The model, without its manifest."""
        found = access.get_artefact(request.user, get_case(request.user, case_id), artefact_id)
        return Response(ArtefactSerializer(found).data)


class ModelManifest(APIView):
    """The hashes of a model's weights."""

    @extend_schema(summary="Manifest of a model's weights", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, case_id: UUID, artefact_id: UUID) -> Response:
        """The manifest; 404 where the model has none."""
        found = access.get_artefact(request.user, get_case(request.user, case_id), artefact_id)
        if not found.manifest_sha256:
            raise NotFound("This model has no manifest.")
        return Response(json.loads(found.manifest))

    @extend_schema(
        summary="Attach the manifest of a model's weights",
        request=ManifestSerializer,
        responses={201: ArtefactSerializer},
    )
    def post(self, request: Request, case_id: UUID, artefact_id: UUID) -> Response:
        """The model holds the manifest, for good; 409 where it has one."""
        found = access.get_artefact(request.user, get_case_to_edit(request.user, case_id), artefact_id)
        sent = ManifestSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        kept = actions.attach_manifest(by=actor(request, "api"), artefact=found, manifest=sent.read())
        return Response(ArtefactSerializer(kept).data, status=201)
