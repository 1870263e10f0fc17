"""Models as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from cases.models import Party
from comparison.models import ModelArtefact
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
