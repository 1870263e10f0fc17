"""The report of a comparison in the API."""

from typing import Any

from rest_framework import serializers

from comparison.actions.reports import LONGEST
from comparison.report import EXPERT_PARTS
from evidence.models import Exhibit


class ExpertPartsSerializer(serializers.Serializer[Any]):
    """Texts by the names of the expert's parts; what is not named stays."""

    def get_fields(self) -> dict[str, Any]:
        """One optional text for each part."""
        return {
            name: serializers.CharField(required=False, allow_blank=True, max_length=LONGEST, help_text=label)
            for name, label in EXPERT_PARTS.items()
        }


class ReportExhibitSerializer(serializers.ModelSerializer[Exhibit]):
    """A report as an exhibit."""

    class Meta:
        model = Exhibit
        fields = ["id", "number", "title", "sha256"]
        read_only_fields = fields


class ReportSerializer(serializers.Serializer[Any]):
    """The parts, whether a report is waited for, why the last was not laid out, and those that were."""

    parts = serializers.DictField(child=serializers.CharField())
    waiting = serializers.BooleanField()
    message = serializers.CharField()
    exhibits = ReportExhibitSerializer(many=True)
