"""Models and comparisons as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from cases.models import Party
from comparison.models import Comparison, ModelArtefact
from comparison.weights.manifest import Manifest
from comparison.weights.reading import read_manifest

SHOWN = (
    "id", "vendor", "name", "version", "access", "holder", "released_on", "released_precision", "licence",
    "obtained_how", "obtained_on", "note",
)  # fmt: skip


class ArtefactSerializer(serializers.ModelSerializer[ModelArtefact]):
    """A registered model, without its manifest; ``manifest_sha256`` is empty where it has none."""

    class Meta:
        model = ModelArtefact
        fields = (*SHOWN, "manifest_sha256", "parameters", "tensors", "registered_at")
        read_only_fields = fields


class RegisterSerializer(serializers.ModelSerializer[ModelArtefact]):
    """What registers a model; ``manifest`` is what ``manage.py model_manifest`` prints."""

    manifest = serializers.DictField(required=False, write_only=True)

    class Meta:
        model = ModelArtefact
        fields = (*SHOWN[1:], "manifest")
        validators: list[Any] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.context.get("case")
        holders = Party.objects.filter(case=case) if case else Party.objects.none()
        self.fields["holder"].queryset = holders  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The values for ``actions.register``, the manifest read and checked."""
        values = dict(self.validated_data)
        sent = values.pop("manifest", None)
        return {**values, "manifest": read_manifest(sent) if sent is not None else None}


class ManifestSerializer(serializers.Serializer[Any]):
    """A manifest to attach."""

    manifest = serializers.DictField()

    def read(self) -> Manifest:
        """The manifest, checked."""
        return read_manifest(self.validated_data["manifest"])


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
