"""The API's endpoints for the keys of a matter, and for jobs that leave it signed."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit, one_of
from comparison import access, actions
from comparison.models import SignerKey
from comparison.serializers.signatures import (
    RecordKeySerializer,
    SignedJobSerializer,
    SignerKeySerializer,
    WithdrawKeySerializer,
)
from core.requests import actor


class Keys(GenericAPIView[SignerKey]):
    """The keys that a matter knows."""

    serializer_class = SignerKeySerializer
    queryset = SignerKey.objects.none()

    @extend_schema(summary="Keys known in a matter", responses=SignerKeySerializer(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        """A page of them, in the order in which they were recorded."""
        page = self.paginate_queryset(get_case(request.user, case_id).signer_keys.all()) or []
        return self.get_paginated_response(SignerKeySerializer(page, many=True).data)

    @extend_schema(summary="Record a key", request=RecordKeySerializer, responses={201: SignerKeySerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """The key is recorded; 409 where it was before."""
        case = get_case_to_edit(request.user, case_id)
        sent = RecordKeySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = actions.record_key(by=actor(request, "api"), case=case, **sent.validated_data)
        return Response(SignerKeySerializer(made).data, status=201)


class KeyWithdrawal(APIView):
    """The end of a key that a matter knows."""

    @extend_schema(
        summary="Withdraw a key", request=WithdrawKeySerializer, responses={201: SignerKeySerializer}
    )
    def post(self, request: Request, case_id: UUID, key_id: UUID) -> Response:
        """Whatever comes signed by it from now on is of no known signer; 409 where it is withdrawn."""
        case = get_case_to_edit(request.user, case_id)
        key = one_of(case.signer_keys.all(), key_id)
        sent = WithdrawKeySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = actions.withdraw_key(by=actor(request, "api"), key=key, **sent.validated_data)
        return Response(SignerKeySerializer(made).data, status=201)


class Export(APIView):
    """A registered job that leaves the matter."""

    @extend_schema(summary="Export a registered job, signed", request=None, responses=SignedJobSerializer)
    def post(self, request: Request, case_id: UUID, job_id: UUID) -> Response:
        """The job and its signature; the files that it names are exhibits of the matter. 409 for a draft."""
        found = access.get_job(request.user, get_case_to_edit(request.user, case_id), job_id)
        made = actions.export_job(by=actor(request, "api"), job=found)
        answer = {
            "job": found.content,
            "signature": made.text,
            "sha256": found.sha256,
            "fingerprint": made.fingerprint,
        }
        return Response(SignedJobSerializer(answer).data)
