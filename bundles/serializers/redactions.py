"""Redactions as the API reads and writes them."""

from typing import Any

from rest_framework import serializers

from bundles.models import RedactedCopy, Redaction
from bundles.pdf.redact import Box
from bundles.pdf.redact.find import PATTERNS


class BoxSerializer(serializers.Serializer[Any]):
    """A rectangle; edges are fractions of the page as displayed, from its top left corner."""

    page = serializers.IntegerField(min_value=1)
    left = serializers.FloatField(min_value=0, max_value=1)
    top = serializers.FloatField(min_value=0, max_value=1)
    right = serializers.FloatField(min_value=0, max_value=1)
    bottom = serializers.FloatField(min_value=0, max_value=1)
    label = serializers.CharField(  # type: ignore[assignment]  # DRF gives every field a label of its own
        max_length=60, required=False, allow_blank=True, default=""
    )

    @staticmethod
    def box(said: dict[str, Any]) -> Box:
        """The rectangle that was said; InvalidInput where it is empty."""
        return Box(**said)


class RedactionSerializer(serializers.ModelSerializer[Redaction]):
    """A rectangle with how it came about and what was decided."""

    class Meta:
        model = Redaction
        fields = [
            "id", "page", "left", "top", "right", "bottom", "label",
            "found_by", "state", "changed_by", "changed_at",
        ]  # fmt: skip


class FindSerializer(serializers.Serializer[Any]):
    """What is looked for, and on which pages."""

    names = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, default=list, max_length=500
    )
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=list(PATTERNS)), required=False, default=list
    )
    first = serializers.IntegerField(min_value=1, required=False, default=1)
    last = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)


class DecideSerializer(serializers.Serializer[Any]):
    """Which rectangles are to be blacked out, or left as they are."""

    redactions = serializers.ListField(child=serializers.IntegerField(), min_length=1, max_length=5000)
    decision = serializers.ChoiceField(choices=[Redaction.State.MARKED, Redaction.State.DISMISSED])


class ChangedSerializer(serializers.Serializer[Any]):
    """How many rectangles are new or have changed."""

    changed = serializers.IntegerField()


class RedactedCopySerializer(serializers.ModelSerializer[RedactedCopy]):
    """A redacted copy in a list."""

    class Meta:
        model = RedactedCopy
        fields = ["number", "state", "asked_by", "asked_at", "done", "total", "sha256", "size", "pages"]


class WholeCopySerializer(RedactedCopySerializer):
    """A redacted copy with its rectangles and the report of what was verified."""

    report = serializers.JSONField(read_only=True)
    boxes = serializers.JSONField(read_only=True)

    class Meta(RedactedCopySerializer.Meta):
        fields = [*RedactedCopySerializer.Meta.fields, "message", "boxes", "report"]
