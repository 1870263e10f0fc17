"""Comparisons that are set up, registered and run, as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from comparison.models import ComparisonJob, Run, Stratum

MOST_METHODS = 100


class RunSerializer(serializers.ModelSerializer[Run]):
    """How far a run has come; ``comparison`` once it is done, ``message`` where it stopped."""

    class Meta:
        model = Run
        fields = (
            "state", "asked_at", "asked_by", "begun_at", "ended_at", "done", "total", "what", "message",
            "comparison",
        )  # fmt: skip
        read_only_fields = fields


class JobSerializer(serializers.ModelSerializer[ComparisonJob]):
    """A draft, or a registered comparison: ``content`` is its file and ``sha256`` that file's hash."""

    run = RunSerializer(read_only=True, allow_null=True, default=None)
    methods = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ComparisonJob
        fields = (
            "id", "title", "question", "reference", "suspect", "methods", "population", "stratum", "seed",
            "replaces", "made_at", "made_by", "content", "sha256", "registered_at", "registered_by", "run",
        )  # fmt: skip
        read_only_fields = fields


class SetUpSerializer(serializers.Serializer[Any]):
    """Two models by id, and the question."""

    title = serializers.CharField(max_length=200)
    reference = serializers.UUIDField()
    suspect = serializers.UUIDField()
    question = serializers.ChoiceField(choices=ComparisonJob.Question.choices, required=False)


class DraftSerializer(serializers.Serializer[Any]):
    """How the draft compares its models; what is left out stays as it is."""

    title = serializers.CharField(max_length=200, required=False)
    methods = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=MOST_METHODS
    )
    population = serializers.UUIDField(required=False, allow_null=True)
    stratum = serializers.ChoiceField(choices=Stratum.choices, required=False, allow_blank=True)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    probe = serializers.UUIDField(required=False, allow_null=True)
    served = serializers.UUIDField(required=False, allow_null=True)
