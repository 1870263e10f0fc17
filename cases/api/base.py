"""What the endpoints of a matter share: the matter in the address, the pages of a list, the serializer."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, Serializer
from rest_framework.views import APIView

from cases import access
from cases.models import Case
from core.actor import Actor
from core.requests import actor

Row = TypeVar("Row", bound=Model)


class MatterView(APIView):
    """An endpoint under ``/api/matters/<case_id>/``."""

    def case(self, request: Request, case_id: UUID) -> Case:
        """The matter: for reading where the method is safe, else for writing."""
        safe = request.method in ("GET", "HEAD", "OPTIONS")
        find = access.get_case if safe else access.get_case_to_edit
        return find(request.user, case_id)


def by(request: Request) -> Actor:
    """The signed-in person behind a call."""
    return actor(request._request, "api")


def given(
    serializer: type[BaseSerializer[Any]], request: Request, case: Case | None = None
) -> dict[str, Any]:
    """The checked values of the body; a ValidationError names the fields that are wrong."""
    body = serializer(data=request.data, context={"case": case})
    body.is_valid(raise_exception=True)
    values: dict[str, Any] = body.validated_data
    return values


def corrected(
    serializer: type[Serializer[Any]], row: Model, request: Request, case: Case, names: Mapping[str, Any]
) -> dict[str, Any]:
    """The row's values under ``names``, with what the body says anew in their place."""
    body = serializer(row, data=request.data, partial=True, context={"case": case})
    body.is_valid(raise_exception=True)
    return {**names, **{name: value for name, value in body.validated_data.items() if name in names}}


def listed(
    serializer: type[BaseSerializer[Any]],
    rows: QuerySet[Row],
    request: Request,
    view: APIView,
    case: Case | None,
) -> Response:
    """One page of the rows, by ``limit`` and ``offset`` in the address."""
    pages = LimitOffsetPagination()
    page = pages.paginate_queryset(rows, request, view)
    return pages.get_paginated_response(serializer(page, many=True, context={"case": case}).data)


def shown(
    serializer: type[BaseSerializer[Any]], row: Model, case: Case | None, status: int = 200
) -> Response:
    """One row."""
    return Response(serializer(row, context={"case": case}).data, status=status)
