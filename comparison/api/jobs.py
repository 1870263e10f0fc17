"""The API's endpoints for setting up a comparison, registering it and running it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit
from comparison import access, actions, selectors
from comparison.models import ComparisonJob
from comparison.serializers.jobs import DraftSerializer, JobSerializer, RunSerializer, SetUpSerializer
from comparison.shown import EXHIBITS
from core.errors import NotFound
from core.requests import actor
from evidence.access import in_matter


def _told(request: Request, job: ComparisonJob) -> dict[str, Any]:
    """The job as this person may know it."""
    return JobSerializer(job, context={"seen": access.seen_exhibits(request.user, [job])}).data


class Jobs(GenericAPIView[ComparisonJob]):
    """The comparisons that were set up in a matter."""

    serializer_class = JobSerializer
    queryset = ComparisonJob.objects.none()

    @extend_schema(summary="Comparisons set up in a matter", responses=JobSerializer(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        """A page of them, the latest first."""
        rows: QuerySet[ComparisonJob] = selectors.jobs(get_case(request.user, case_id)).defer(None)
        page = self.paginate_queryset(rows.select_related("run")) or []
        seen = access.seen_exhibits(request.user, page)
        return self.get_paginated_response(JobSerializer(page, many=True, context={"seen": seen}).data)

    @extend_schema(summary="Set up a comparison", request=SetUpSerializer, responses={201: JobSerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """A draft with every method that the two models allow."""
        case = get_case_to_edit(request.user, case_id)
        sent = SetUpSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        for side in ("reference", "suspect"):
            values[side] = access.get_artefact(request.user, case, values[side])
        made = actions.set_up(by=actor(request, "api"), case=case, **values)
        return Response(_told(request, made), status=201)


class Job(APIView):
    """One comparison that was set up."""

    @extend_schema(summary="A comparison that was set up", responses=JobSerializer)
    def get(self, request: Request, case_id: UUID, job_id: UUID) -> Response:
        """The draft, or the registered comparison with its run."""
        found = access.get_job(request.user, get_case(request.user, case_id), job_id)
        return Response(_told(request, found))

    @extend_schema(summary="Change a draft", request=DraftSerializer, responses=JobSerializer)
    def patch(self, request: Request, case_id: UUID, job_id: UUID) -> Response:
        """The draft is as given; 409 once it is registered."""
        case = get_case_to_edit(request.user, case_id)
        found = access.get_job(request.user, case, job_id)
        sent = DraftSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        values: dict[str, Any] = selectors.drafted(found) | sent.validated_data
        if isinstance(values["population"], UUID):
            values["population"] = access.get_population(request.user, case, values["population"])
        for name in EXHIBITS:
            if isinstance(values[name], UUID):
                values[name] = in_matter(request.user, case.pk, values[name])
        changed = actions.change(by=actor(request, "api"), job=found, **values)
        return Response(_told(request, changed))


class Registration(APIView):
    """The fixing of a comparison before it runs."""

    @extend_schema(summary="Register a comparison", request=None, responses={201: JobSerializer})
    def post(self, request: Request, case_id: UUID, job_id: UUID) -> Response:
        """It is fixed, and never changes; 409 where it is registered already."""
        found = access.get_job(request.user, get_case_to_edit(request.user, case_id), job_id)
        made = actions.register_job(by=actor(request, "api"), job=found)
        return Response(_told(request, made), status=201)


class JobRun(APIView):
    """The running of a registered comparison."""

    @extend_schema(summary="Run a registered comparison", request=None, responses={202: RunSerializer})
    def post(self, request: Request, case_id: UUID, job_id: UUID) -> Response:
        """It waits for the worker, or is under way; 409 where it is a draft or has run."""
        found = access.get_job(request.user, get_case_to_edit(request.user, case_id), job_id)
        run = actions.ask_to_run(by=actor(request, "api"), job=found)
        return Response(RunSerializer(run).data, status=202)

    @extend_schema(summary="Cancel a run", responses=RunSerializer)
    def delete(self, request: Request, case_id: UUID, job_id: UUID) -> Response:
        """It stops; what it finished is kept for the next time."""
        found = access.get_job(request.user, get_case_to_edit(request.user, case_id), job_id)
        run = getattr(found, "run", None)
        if run is None:
            raise NotFound("It is not running.")
        return Response(RunSerializer(actions.cancel(by=actor(request, "api"), run=run)).data)
