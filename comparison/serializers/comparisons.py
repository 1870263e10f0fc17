"""Comparisons as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from comparison.models import Comparison


class CompareSerializer(serializers.Serializer[Any]):
    """The two models to compare, by id."""

    reference = serializers.UUIDField()
    suspect = serializers.UUIDField()


class RecordSerializer(serializers.Serializer[Any]):
    """The content of ``comparison.json``."""

    record = serializers.DictField()


RESULT = ("id", "reference", "suspect", "result", "made_at", "made_by")


class ComparisonSerializer(serializers.ModelSerializer[Comparison]):
    """A comparison and its result, in the shape that ``manage.py compare`` answers."""

    class Meta:
        model = Comparison
        fields = RESULT
        read_only_fields = fields


class ComparisonDetailSerializer(serializers.ModelSerializer[Comparison]):
    """As above, with the table of tensors and the differences of configuration and tokenizer."""

    class Meta:
        model = Comparison
        fields = (*RESULT, "detail")
        read_only_fields = fields
