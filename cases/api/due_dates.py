"""Due dates and what a person says of them."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import access, selectors
from cases.actions import due_dates
from cases.api.base import MatterView, by, given, listed, shown
from cases.models import DueDate
from cases.serializers import DueDateSerializer, DueStateSerializer, EnteredDateSerializer


class DueDates(MatterView):
    """The due dates of a matter."""

    @extend_schema(
        responses=DueDateSerializer(many=True),
        operation_id="due_dates_list",
        parameters=[OpenApiParameter("show", str, enum=["open", "missed", "done", "all"])],
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        """The due dates, nearest first; those ahead unless ``show`` asks for others."""
        case = self.case(request, case_id)
        rows = selectors.due_dates(case, which=request.query_params.get("show", "open"))
        return listed(DueDateSerializer, rows, request, self, case)

    @extend_schema(request=EnteredDateSerializer, responses={201: DueDateSerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """A date that an order, a notice or an agreement gives stands in the matter."""
        case = self.case(request, case_id)
        values = given(EnteredDateSerializer, request, case)
        return shown(DueDateSerializer, due_dates.enter(by=by(request), case=case, **values), case, 201)


class OneDueDate(MatterView):
    """One due date."""

    @extend_schema(responses=DueDateSerializer, operation_id="due_dates_retrieve")
    def get(self, request: Request, case_id: UUID, due_id: int) -> Response:
        """The due date with its working."""
        case = self.case(request, case_id)
        return shown(DueDateSerializer, access.one_of(case.due_dates.all(), due_id), case)


class DueState(MatterView):
    """What a person says of a due date."""

    @extend_schema(request=DueStateSerializer, responses=DueDateSerializer)
    def post(self, request: Request, case_id: UUID, due_id: int) -> Response:
        """The date is confirmed, done or missed."""
        case = self.case(request, case_id)
        due = access.one_of(case.due_dates.all(), due_id)
        state = DueDate.State(given(DueStateSerializer, request, case)["state"])
        return shown(DueDateSerializer, due_dates.set_state(by=by(request), due=due, state=state), case)
