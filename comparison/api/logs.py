"""The API's endpoints for the analyses of a matter's API logs."""

import json
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit
from comparison import access, actions
from comparison.models import LogAnalysis
from comparison.serializers.logs import (
    LogAnalysisDetailSerializer,
    LogAnalysisSerializer,
    LogRecordSerializer,
)
from core.requests import actor


class LogAnalyses(GenericAPIView[LogAnalysis]):
    """The analyses of a matter's API logs."""

    serializer_class = LogAnalysisSerializer
    queryset = LogAnalysis.objects.none()

    @extend_schema(summary="Analyses of API logs", responses=LogAnalysisSerializer(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        """A page of them, the latest first."""
        rows = access.log_analyses(request.user, get_case(request.user, case_id)).defer("record")
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(LogAnalysisSerializer(page, many=True).data)

    @extend_schema(
        summary="Import an analysis of API logs",
        request=LogRecordSerializer,
        responses={201: LogAnalysisDetailSerializer},
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        """The analysis stands in the matter; 409 where it was imported before."""
        case = get_case_to_edit(request.user, case_id)
        sent = LogRecordSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        content = json.dumps(sent.validated_data["record"], sort_keys=True).encode()
        made = actions.import_logs(by=actor(request, "api"), case=case, content=content)
        return Response(LogAnalysisDetailSerializer(made).data, status=201)


class LogAnalysisRecord(APIView):
    """One analysis of API logs."""

    @extend_schema(summary="An analysis of API logs with its record", responses=LogAnalysisDetailSerializer)
    def get(self, request: Request, case_id: UUID, analysis_id: UUID) -> Response:
        """The analysis as it was kept."""
        found = access.get_log_analysis(request.user, get_case(request.user, case_id), analysis_id)
        return Response(LogAnalysisDetailSerializer(found).data)
