"""The API's endpoints for the comparisons of a matter."""

import json
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit
from comparison import access, actions, selectors
from comparison.models import Comparison
from comparison.serializers.comparisons import (
    CompareSerializer,
    ComparisonDetailSerializer,
    ComparisonSerializer,
    RecordSerializer,
)
from core.requests import actor


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
        values, by = sent.validated_data, actor(request, "api")
        if "record" in values:
            content = json.dumps(values["record"], sort_keys=True).encode()
            made = actions.import_record(by=by, case=case, content=content)
        else:
            job = access.get_job(request.user, case, values["job"]) if "job" in values else None
            content, signature = (values.get(name, "").encode() for name in ("file", "signature"))
            made = actions.import_answer(by=by, case=case, content=content, signature=signature, job=job)
        return Response(ComparisonDetailSerializer(made).data, status=201)


class ComparisonResult(APIView):
    """One comparison."""

    @extend_schema(summary="A comparison with its table of tensors", responses=ComparisonDetailSerializer)
    def get(self, request: Request, case_id: UUID, comparison_id: UUID) -> Response:
        """The result as it was found."""
        found = access.get_comparison(request.user, get_case(request.user, case_id), comparison_id)
        return Response(ComparisonDetailSerializer(found).data)
