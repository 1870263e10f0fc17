"""Filings without their files, and the separate things that happen to them."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from cases import access, selectors
from cases.actions import filings
from cases.api.base import MatterView, by, corrected, given, listed, shown
from cases.forms.filings import DocketFilter
from cases.kinds import FilingKind
from cases.models import Filing
from cases.serializers import (
    OF_A_FILING,
    FilingSerializer,
    MomentSerializer,
    RejectionSerializer,
    ServiceSerializer,
    SubmissionSerializer,
)
from core.errors import InvalidInput

WORDS = ("words", "kind", "party", "state", "since", "until", "sort")


class Filings(MatterView):
    """The docket of a matter."""

    @extend_schema(
        responses=FilingSerializer(many=True),
        operation_id="filings_list",
        parameters=[OpenApiParameter(name, str) for name in WORDS],
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        """The filings that the address asks for, sorted and narrowed as on the docket's page."""
        case = self.case(request, case_id)
        form = DocketFilter(request.query_params, case=case)
        if not form.is_valid():
            name, problems = next(iter(form.errors.items()))
            raise InvalidInput(f"{name}: {problems[0]}", remedy="Correct it or leave it out.", field=name)
        rows = selectors.narrowed(case, form.cleaned_data)
        rows = selectors.in_order(rows, request.query_params.get("sort", ""))
        return listed(FilingSerializer, rows, request, self, case)

    @extend_schema(request=FilingSerializer, responses={201: FilingSerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """The filing stands in the docket under the next number, without a file."""
        case = self.case(request, case_id)
        values = given(FilingSerializer, request, case)
        kind = FilingKind(values.pop("kind"))
        filing = filings.log_filing(by=by(request), case=case, kind=kind, **values)
        return shown(FilingSerializer, filing, case, 201)


class OneFiling(MatterView):
    """One filing."""

    @extend_schema(responses=FilingSerializer, operation_id="filings_retrieve")
    def get(self, request: Request, case_id: UUID, filing_id: UUID) -> Response:
        """The filing."""
        case = self.case(request, case_id)
        return shown(FilingSerializer, access.one_of(case.filings.all(), filing_id), case)

    @extend_schema(request=FilingSerializer, responses=FilingSerializer)
    def patch(self, request: Request, case_id: UUID, filing_id: UUID) -> Response:
        """What the filing is, is corrected."""
        case = self.case(request, case_id)
        filing = access.one_of(case.filings.select_related("party"), filing_id)
        now = {name: getattr(filing, name) for name in OF_A_FILING}
        values = corrected(FilingSerializer, filing, request, case, now)
        kind = FilingKind(values.pop("kind"))
        return shown(
            FilingSerializer, filings.correct(by=by(request), filing=filing, kind=kind, **values), case
        )


class FilingStep(MatterView):
    """Something that happened to a filing; each subclass names its action and what the action takes."""

    serializer_class: ClassVar[type[Serializer[Any]]] = MomentSerializer
    act: ClassVar[Callable[..., Filing]]

    @extend_schema(responses=FilingSerializer)
    def post(self, request: Request, case_id: UUID, filing_id: UUID) -> Response:
        """It is recorded; what falls due from a submission or a service is proposed."""
        case = self.case(request, case_id)
        filing = access.one_of(case.filings.select_related("party"), filing_id)
        values = given(self.serializer_class, request, case)
        return shown(FilingSerializer, type(self).act(by=by(request), filing=filing, **values), case)


class Prepare(FilingStep):
    """The filing was ready."""

    act = filings.prepare


class Submit(FilingStep):
    """The filing went to the court."""

    act = filings.submit
    serializer_class = SubmissionSerializer


class Accept(FilingStep):
    """The court accepted the filing."""

    act = filings.accept


class Reject(FilingStep):
    """The court rejected the filing."""

    act = filings.reject
    serializer_class = RejectionSerializer


class Serve(FilingStep):
    """The filing was served."""

    act = filings.serve
    serializer_class = ServiceSerializer
