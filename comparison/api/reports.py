"""The API's endpoint for the report of a comparison."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit
from comparison import access, actions
from comparison.models import Comparison, ExpertReport
from comparison.serializers.reports import ExpertPartsSerializer, ReportSerializer
from core.requests import actor


class ComparisonReport(APIView):
    """The reports of a comparison, and what the expert adds to them."""

    @extend_schema(summary="Reports of a comparison, and the expert's parts", responses=ReportSerializer)
    def get(self, request: Request, case_id: UUID, comparison_id: UUID) -> Response:
        """The parts as they stand, whether a report is waited for, and the reports as exhibits."""
        found = access.get_comparison(request.user, get_case(request.user, case_id), comparison_id)
        return Response(ReportSerializer(_shown(request, found)).data)

    @extend_schema(
        summary="Write the expert's parts", request=ExpertPartsSerializer, responses=ReportSerializer
    )
    def patch(self, request: Request, case_id: UUID, comparison_id: UUID) -> Response:
        """The parts named are as given."""
        found = access.get_comparison(request.user, get_case_to_edit(request.user, case_id), comparison_id)
        sent = ExpertPartsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.save_parts(by=actor(request, "api"), comparison=found, parts=sent.validated_data)
        return Response(ReportSerializer(_shown(request, found)).data)

    @extend_schema(summary="Lay out a report", request=None, responses={202: ReportSerializer})
    def post(self, request: Request, case_id: UUID, comparison_id: UUID) -> Response:
        """A report is being laid out; 409 where the comparison has no record."""
        found = access.get_comparison(request.user, get_case_to_edit(request.user, case_id), comparison_id)
        actions.ask_for_report(by=actor(request, "api"), comparison=found)
        return Response(ReportSerializer(_shown(request, found)).data, status=202)


def _shown(request: Request, found: Comparison) -> dict[str, object]:
    kept = ExpertReport.objects.filter(comparison=found).first() or ExpertReport(comparison=found)
    return {
        "parts": kept.parts,
        "waiting": kept.asked_at is not None,
        "message": kept.message,
        "exhibits": [file.exhibit for file in access.visible_reports(request.user, found)],
    }
