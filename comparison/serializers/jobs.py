"""Comparisons that are set up, registered and run, as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from comparison.models import ComparisonJob, Run, Stratum
from comparison.shown import BOUNDS, EXHIBITS, NUMBERS

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
    """A draft, or a registered comparison: ``content`` is its file and ``sha256`` that file's hash.

    Of its exhibits those are named that are in ``seen`` of the context.
    """

    run = RunSerializer(read_only=True, allow_null=True, default=None)
    methods = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ComparisonJob
        fields = (
            "id", "title", "question", "reference", "suspect", "methods", "population", "stratum", "seed",
            *EXHIBITS, *NUMBERS, "replaces", "made_at", "made_by", "content", "sha256", "registered_at",
            "registered_by", "run",
        )  # fmt: skip
        read_only_fields = fields

    def to_representation(self, instance: ComparisonJob) -> dict[str, Any]:
        """The job as whoever asks may know it."""
        told = super().to_representation(instance)
        return told | {name: None for name in EXHIBITS if told[name] not in self.context["seen"]}


class SetUpSerializer(serializers.Serializer[Any]):
    """Two models by id, and the question."""

    title = serializers.CharField(max_length=200)
    reference = serializers.UUIDField()
    suspect = serializers.UUIDField()
    question = serializers.ChoiceField(choices=ComparisonJob.Question.choices, required=False)


def _exhibit() -> serializers.UUIDField:
    return serializers.UUIDField(required=False, allow_null=True)


def _number(
    name: str, kind: type[serializers.FloatField] | type[serializers.IntegerField]
) -> serializers.FloatField | serializers.IntegerField:
    least, most = BOUNDS[name]
    return kind(required=False, allow_null=True, min_value=least, max_value=most)


class DraftSerializer(serializers.Serializer[Any]):
    """How the draft compares its models, exhibits by id; what is left out stays as it is."""

    title = serializers.CharField(max_length=200, required=False)
    methods = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=MOST_METHODS
    )
    population = serializers.UUIDField(required=False, allow_null=True)
    stratum = serializers.ChoiceField(choices=Stratum.choices, required=False, allow_blank=True)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    probe = _exhibit()
    served = _exhibit()
    fresh = _exhibit()
    training_order = _exhibit()
    reference_texts = _exhibit()
    other_texts = _exhibit()
    temperature = _number("temperature", serializers.FloatField)
    top_p = _number("top_p", serializers.FloatField)
    max_tokens = _number("max_tokens", serializers.IntegerField)
    answers = _number("answers", serializers.IntegerField)
    probe_length = _number("probe_length", serializers.IntegerField)
