"""Analyses of logs as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from comparison.models import LogAnalysis


class LogRecordSerializer(serializers.Serializer[Any]):
    """The content of ``logs.json``."""

    record = serializers.DictField()


SHOWN = ("id", "title", "exhibit", "samples", "record_sha256", "made_at", "made_by")


class LogAnalysisSerializer(serializers.ModelSerializer[LogAnalysis]):
    """An analysis of API logs, without its record."""

    class Meta:
        model = LogAnalysis
        fields = SHOWN
        read_only_fields = fields


class LogAnalysisDetailSerializer(serializers.ModelSerializer[LogAnalysis]):
    """As above, with the record."""

    class Meta:
        model = LogAnalysis
        fields = (*SHOWN, "record")
        read_only_fields = fields
