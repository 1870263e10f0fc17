"""The API's endpoints for the models of a matter and the comparisons made of them."""

import json
from uuid import UUID

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit
from comparison import access, actions, selectors
from comparison.models import Comparison, ModelArtefact
from comparison.serializers import (
    ArtefactSerializer,
    CompareSerializer,
    ComparisonDetailSerializer,
    ComparisonSerializer,
    ManifestSerializer,
    RecordSerializer,
    RegisterSerializer,
)
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


class Comparisons(GenericAPIView[Comparison]):
    """The comparisons of a matter."""

    serializer_class = ComparisonSerializer
    queryset = Comparison.objects.none()

    @extend_schema(summary="Comparisons of a matter", responses=ComparisonSerializer(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        """A page of them, the latest first."""
        rows: QuerySet[Comparison] = selectors.comparisons(get_case(request.user, case_id))
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(ComparisonSerializer(page, many=True).data)

    @extend_schema(
        summary="Compare two models by hashes",
        request=CompareSerializer,
        responses={201: ComparisonDetailSerializer},
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        """The two are compared, and the result is kept."""
        case = get_case_to_edit(request.user, case_id)
        sent = CompareSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        sides = {
            side: access.get_artefact(request.user, case, sent.validated_data[side])
            for side in ("reference", "suspect")
        }
        made = actions.compare(by=actor(request, "api"), **sides)
        return Response(ComparisonDetailSerializer(made).data, status=201)


class ImportedComparison(APIView):
    """Comparisons that were run elsewhere."""

    @extend_schema(
        summary="Import a comparison run elsewhere",
        request=RecordSerializer,
        responses={201: ComparisonDetailSerializer},
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        """The comparison stands in the matter; 409 where it was imported before."""
        case = get_case_to_edit(request.user, case_id)
        sent = RecordSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        content = json.dumps(sent.validated_data["record"], sort_keys=True).encode()
        made = actions.import_record(by=actor(request, "api"), case=case, content=content)
        return Response(ComparisonDetailSerializer(made).data, status=201)


class ComparisonResult(APIView):
    """One comparison."""

    @extend_schema(summary="A comparison with its table of tensors", responses=ComparisonDetailSerializer)
    def get(self, request: Request, case_id: UUID, comparison_id: UUID) -> Response:
        """The result as it was found."""
        found = access.get_comparison(request.user, get_case(request.user, case_id), comparison_id)
        return Response(ComparisonDetailSerializer(found).data)


urlpatterns: list[URLPattern] = [
    path("matters/<uuid:case_id>/models/", Models.as_view(), name="models"),
    path("matters/<uuid:case_id>/models/<uuid:artefact_id>/", Model.as_view(), name="model"),
    path(
        "matters/<uuid:case_id>/models/<uuid:artefact_id>/manifest/",
        ModelManifest.as_view(),
        name="model-manifest",
    ),
    path("matters/<uuid:case_id>/comparisons/", Comparisons.as_view(), name="comparisons"),
    path(
        "matters/<uuid:case_id>/comparisons/import/",
        ImportedComparison.as_view(),
        name="import-comparison",
    ),
    path(
        "matters/<uuid:case_id>/comparisons/<uuid:comparison_id>/",
        ComparisonResult.as_view(),
        name="comparison",
    ),
]
