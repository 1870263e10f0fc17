"""Documents of a bundle that are alike, and what was decided about them."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bundles import actions, alike
from bundles.access import bundles as access
from bundles.api import base
from bundles.models import DuplicateDecision
from core.errors import NotFound


class PairSerializer(serializers.Serializer[Any]):
    """Two entries that are alike; ``pages`` are those of the spare one beside those of the other."""

    spare = serializers.IntegerField()
    kept = serializers.IntegerField()
    kind = serializers.CharField()
    confidence = serializers.CharField()
    words = serializers.CharField()
    pages = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    decision = serializers.CharField(allow_null=True)


class LikenessesSerializer(serializers.Serializer[Any]):
    """What is alike, and how many documents have not been compared yet."""

    unread = serializers.IntegerField()
    pairs = PairSerializer(many=True)


class DecideDuplicateSerializer(serializers.Serializer[Any]):
    """The two entries, and the one that goes; null where both stay."""

    spare = serializers.IntegerField()
    kept = serializers.IntegerField()
    leave_out = serializers.IntegerField(allow_null=True, default=None)


class DuplicateDecisionSerializer(serializers.ModelSerializer[DuplicateDecision]):
    """What was decided about two exhibits, by whom and when."""

    class Meta:
        model = DuplicateDecision
        fields = ["first", "second", "likeness", "decision", "left_out", "decided_by", "decided_at"]


class Duplicates(APIView):
    """Documents of a bundle that are alike."""

    @extend_schema(responses=LikenessesSerializer)
    def get(self, request: Request, bundle_id: UUID) -> Response:
        """The pairs that stand in the bundle, with the standing decision about each."""
        found = alike.of(access.get_bundle_to_edit(request.user, bundle_id))
        pairs = [
            {
                **pair.pair.as_json(),
                "spare": pair.spare.pk,
                "kept": pair.kept.pk,
                "decision": pair.decision.decision if pair.decision else None,
            }
            for pair in found.pairs
        ]
        return Response({"unread": found.unread, "pairs": pairs})

    @extend_schema(request=DecideDuplicateSerializer, responses={201: DuplicateDecisionSerializer})
    def post(self, request: Request, bundle_id: UUID) -> Response:
        """Both stay, or one is taken out of the bundle; 404 where the two are not alike in it."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = base.said(DecideDuplicateSerializer, request)
        pair = alike.pair_of(bundle, said["spare"], said["kept"])
        if pair is None:
            raise NotFound("No such two documents are alike in this bundle.")
        gone = access.get_entry(bundle, said["leave_out"]) if said["leave_out"] else None
        decision = actions.decide(by=base.by(request), bundle=bundle, alike=pair, leave_out=gone)
        return Response(DuplicateDecisionSerializer(decision).data, status=status.HTTP_201_CREATED)
