"""The API's endpoints for reference populations."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit, one_of
from comparison import access, actions
from comparison.models import PopulationMember, ReferencePopulation
from comparison.serializers.populations import (
    AddMemberSerializer,
    MakePopulationSerializer,
    PopulationMemberSerializer,
    PopulationSerializer,
)
from core.requests import actor


class Populations(GenericAPIView[ReferencePopulation]):
    """The reference populations of a matter."""

    serializer_class = PopulationSerializer
    queryset = ReferencePopulation.objects.none()

    @extend_schema(summary="Reference populations of a matter", responses=PopulationSerializer(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        """A page of them, by name."""
        case = get_case(request.user, case_id)
        rows: QuerySet[ReferencePopulation] = case.populations.prefetch_related("members")
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(PopulationSerializer(page, many=True).data)

    @extend_schema(
        summary="Make a reference population",
        request=MakePopulationSerializer,
        responses={201: PopulationSerializer},
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        """The population stands, without models yet."""
        case = get_case_to_edit(request.user, case_id)
        sent = MakePopulationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = actions.make_population(by=actor(request, "api"), case=case, **sent.validated_data)
        return Response(PopulationSerializer(made).data, status=201)


class Population(APIView):
    """One population."""

    @extend_schema(summary="A reference population with its models", responses=PopulationSerializer)
    def get(self, request: Request, case_id: UUID, population_id: UUID) -> Response:
        """The population."""
        found = access.get_population(request.user, get_case(request.user, case_id), population_id)
        return Response(PopulationSerializer(found).data)


class Members(APIView):
    """The models of a population."""

    @extend_schema(
        summary="Add a model to a population",
        request=AddMemberSerializer,
        responses={201: PopulationMemberSerializer},
    )
    def post(self, request: Request, case_id: UUID, population_id: UUID) -> Response:
        """The model belongs to it; 409 where it does already."""
        case = get_case_to_edit(request.user, case_id)
        found = access.get_population(request.user, case, population_id)
        sent = AddMemberSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        for key in ("artefact", "derived_from"):
            if values.get(key):
                values[key] = access.get_artefact(request.user, case, values[key])
        made = actions.add_member(by=actor(request, "api"), population=found, **values)
        return Response(PopulationMemberSerializer(made).data, status=201)


class Member(APIView):
    """One model of a population."""

    @extend_schema(summary="Take a model out of a population", responses={204: None})
    def delete(self, request: Request, case_id: UUID, population_id: UUID, member_id: int) -> Response:
        """The model no longer belongs to it."""
        case = get_case_to_edit(request.user, case_id)
        found = access.get_population(request.user, case, population_id)
        member = one_of(PopulationMember.objects.filter(population=found), member_id)
        actions.remove_member(by=actor(request, "api"), member=member)
        return Response(status=204)
