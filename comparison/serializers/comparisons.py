"""Comparisons as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from comparison.models import Comparison


class CompareSerializer(serializers.Serializer[Any]):
    """The two models to compare, by id."""

    reference = serializers.UUIDField()
    suspect = serializers.UUIDField()


class RecordSerializer(serializers.Serializer[Any]):
    """``comparison.json``: its content, or, with its signature, its text byte for byte.

    A signature is of the file's bytes, which its content alone does not tell.
    """

    record = serializers.DictField(required=False)
    file = serializers.CharField(required=False, trim_whitespace=False)
    signature = serializers.CharField(required=False, trim_whitespace=False, max_length=4096)
    job = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two forms."""
        if ("record" in attrs) == ("file" in attrs):
            raise serializers.ValidationError("Send record, or file with signature.")
        if "record" in attrs and set(attrs) != {"record"}:
            raise serializers.ValidationError("A signature or a job goes with file, the text of the record.")
        return attrs


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
