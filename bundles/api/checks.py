"""Checking anybody's PDF through the API; only who put it in sees it, for a day."""

from typing import cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from bundles.access.checks import checks_of, get_check
from bundles.actions import checking as actions
from bundles.api.base import said
from bundles.models import FileCheck
from bundles.serializers.checks import AskForCheckSerializer, FileCheckSerializer


class Checks(generics.GenericAPIView[FileCheck]):
    """Files put in to be checked."""

    serializer_class = FileCheckSerializer
    parser_classes = (MultiPartParser,)

    @extend_schema(responses=FileCheckSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What the asker has put in within the last day."""
        page = self.paginate_queryset(checks_of(request.user))
        return self.get_paginated_response(FileCheckSerializer(page or [], many=True).data)

    @extend_schema(
        request={"multipart/form-data": AskForCheckSerializer}, responses={202: FileCheckSerializer}
    )
    def post(self, request: Request) -> Response:
        """The PDF waits for its check; it is no evidence, and gone after a day."""
        told = said(AskForCheckSerializer, request)
        file = told["file"]
        further = {which: told[which].chunks() for which in actions.FURTHER if which in told}
        asked = actions.ask_for_check(
            owner=cast(User, request.user),
            name=file.name,
            content=file.chunks(),
            profile=told["profile"],
            **further,
        )
        return Response(FileCheckSerializer(asked).data, status=status.HTTP_202_ACCEPTED)


class OneCheck(APIView):
    """One file put in to be checked."""

    @extend_schema(responses=FileCheckSerializer)
    def get(self, request: Request, check_id: UUID) -> Response:
        """How far its check has come, or the answer."""
        return Response(FileCheckSerializer(get_check(request.user, check_id)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, check_id: UUID) -> Response:
        """The file and its answer are gone."""
        actions.forget(get_check(request.user, check_id))
        return Response(status=status.HTTP_204_NO_CONTENT)
