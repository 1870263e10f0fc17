"""What is to be blacked out on an exhibit, and its redacted copies."""

from uuid import UUID

from django.http import FileResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bundles import redacting
from bundles.access import redactions as redaction_access
from bundles.actions import redactions as actions
from bundles.api import base
from bundles.serializers.redactions import (
    BoxSerializer,
    ChangedSerializer,
    DecideSerializer,
    FindSerializer,
    RedactedCopySerializer,
    RedactionSerializer,
    WholeCopySerializer,
)
from evidence.storage import store


class Redactions(APIView):
    """The rectangles of an exhibit."""

    @extend_schema(responses=RedactionSerializer(many=True))
    def get(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """Every rectangle, proposed, marked or dismissed, in order of page."""
        exhibit = redaction_access.get_exhibit(request.user, case_id, exhibit_id)
        return Response(RedactionSerializer(exhibit.redactions.all(), many=True).data)

    @extend_schema(request=BoxSerializer, responses={201: RedactionSerializer})
    def post(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """The rectangle is to be blacked out."""
        exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
        box = BoxSerializer.box(base.said(BoxSerializer, request))
        marked = actions.mark(by=base.by(request), exhibit=exhibit, box=box)
        return Response(RedactionSerializer(marked).data, status=status.HTTP_201_CREATED)


class OneRedaction(APIView):
    """One rectangle."""

    @extend_schema(request=BoxSerializer, responses=RedactionSerializer)
    def put(self, request: Request, case_id: UUID, exhibit_id: UUID, redaction_id: int) -> Response:
        """The rectangle stands there now, and is to be blacked out."""
        exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
        redaction = redaction_access.get_redaction(exhibit, redaction_id)
        box = BoxSerializer.box(base.said(BoxSerializer, request))
        moved = actions.move(by=base.by(request), redaction=redaction, box=box)
        return Response(RedactionSerializer(moved).data)


class Find(APIView):
    """Finding what may have to be redacted."""

    @extend_schema(request=FindSerializer, responses=ChangedSerializer)
    def post(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """What the text holds of the names and kinds is proposed; says how many rectangles are new."""
        exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
        said = base.said(FindSerializer, request)
        count = exhibit.pages.count()
        pages = (said["first"], min(said["last"] or count, count))
        new = redacting.find(
            by=base.by(request), exhibit=exhibit, names=said["names"], kinds=said["kinds"], pages=pages
        )
        return Response(ChangedSerializer({"changed": new}).data)


class Decide(APIView):
    """Deciding on proposals."""

    @extend_schema(request=DecideSerializer, responses=ChangedSerializer)
    def post(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """The rectangles are to be blacked out, or left as they are; says how many changed."""
        exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
        said = base.said(DecideSerializer, request)
        changed = actions.decide(
            by=base.by(request), exhibit=exhibit, numbers=said["redactions"], state=said["decision"]
        )
        return Response(ChangedSerializer({"changed": changed}).data)


class Copies(APIView):
    """The redacted copies of an exhibit."""

    @extend_schema(responses=RedactedCopySerializer(many=True))
    def get(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """Those that were made, the newest first, for any member of the matter."""
        copies = redaction_access.made(request.user, case_id).filter(exhibit=exhibit_id)
        return Response(RedactedCopySerializer(copies, many=True).data)

    @extend_schema(request=None, responses={202: RedactedCopySerializer})
    def post(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """A copy without what is marked waits for the worker."""
        exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
        copy = actions.ask_for_copy(by=base.by(request), exhibit=exhibit)
        return Response(RedactedCopySerializer(copy).data, status=status.HTTP_202_ACCEPTED)


class OneCopy(APIView):
    """One redacted copy, made or not."""

    @extend_schema(responses=WholeCopySerializer)
    def get(self, request: Request, case_id: UUID, exhibit_id: UUID, number: int) -> Response:
        """How far it has come, and what was verified of it."""
        exhibit = redaction_access.get_exhibit(request.user, case_id, exhibit_id)
        return Response(WholeCopySerializer(redaction_access.get_attempt(exhibit, number)).data)


class CopyFile(APIView):
    """A redacted copy's PDF."""

    @extend_schema(
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, "The redacted PDF.")}
    )
    def get(self, request: Request, case_id: UUID, exhibit_id: UUID, number: int) -> FileResponse:
        """The PDF, for any member of the matter."""
        made = redaction_access.get_made(request.user, case_id, exhibit_id, number)
        return FileResponse(
            store().path(made.sha256).open("rb"),
            as_attachment=True,
            filename=redaction_access.file_name(made),
            content_type="application/pdf",
        )


EXHIBIT = "matters/<uuid:case_id>/exhibits/<uuid:exhibit_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{EXHIBIT}redactions/", Redactions.as_view(), name="redactions"),
    path(f"{EXHIBIT}redactions/find/", Find.as_view(), name="redactions-find"),
    path(f"{EXHIBIT}redactions/decide/", Decide.as_view(), name="redactions-decide"),
    path(f"{EXHIBIT}redactions/<int:redaction_id>/", OneRedaction.as_view(), name="redaction"),
    path(f"{EXHIBIT}redacted-copies/", Copies.as_view(), name="redacted-copies"),
    path(f"{EXHIBIT}redacted-copies/<int:number>/", OneCopy.as_view(), name="redacted-copy"),
    path(f"{EXHIBIT}redacted-copies/<int:number>/file/", CopyFile.as_view(), name="redacted-copy-file"),
]
