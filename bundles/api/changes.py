"""What changed between two versions of a bundle."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bundles import changes as changes_between
from bundles import referring
from bundles.access import bundles as access
from core.errors import NotFound


class ChangedDocumentSerializer(serializers.Serializer[Any]):
    """What happened to a document, with the numbers printed on its first page before and now."""

    what = serializers.ChoiceField(choices=["added", "removed", "moved", "retitled", "repaged"])
    title = serializers.CharField()
    called_before = serializers.CharField()
    before = serializers.CharField()
    now = serializers.CharField()


class RowSerializer(serializers.Serializer[Any]):
    """The number of one page before and now (null where it is gone), as printed on it."""

    old = serializers.CharField()
    new = serializers.CharField(allow_null=True)
    document = serializers.CharField()


class ChangesSerializer(serializers.Serializer[Any]):
    """What changed since another version, and its concordance; ``since`` is null for the first."""

    since = serializers.IntegerField(allow_null=True)
    documents = ChangedDocumentSerializer(many=True)
    concordance = RowSerializer(many=True)


class Changes(APIView):
    """What changed in a version."""

    @extend_schema(
        parameters=[
            OpenApiParameter("since", int, description="The earlier version; the one before if absent.")
        ],
        responses=ChangesSerializer,
    )
    def get(self, request: Request, bundle_id: UUID, number: int) -> Response:
        """Documents added, removed, moved and retitled since an earlier version, and the concordance."""
        bundle = access.get_bundle(request.user, bundle_id)
        version = access.get_version(request.user, bundle, number)
        kept = bundle.versions.select_related("build").filter(number__lt=number).order_by("-number")
        earlier = access.openable(request.user, bundle.case, kept)
        since = referring.before(version, earlier)
        if wanted := request.query_params.get("since"):
            since = next((one for one in earlier if str(one.number) == wanted), None)
            if since is None:
                raise NotFound("There is no such earlier version.")
        if since is None:
            return Response({"since": None, "documents": [], "concordance": []})
        found = changes_between.between(referring.map_of(since), referring.map_of(version))
        answer = {
            "since": since.number,
            "documents": ChangedDocumentSerializer(found.documents(), many=True).data,
            "concordance": [
                {"old": found.old_number(row), "new": found.new_number(row) or None, "document": row.document}
                for row in found.rows
            ],
        }
        return Response(answer)
