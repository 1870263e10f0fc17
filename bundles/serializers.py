"""Bundles as the API reads and writes them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bundles import sources
from bundles.models import Build, Bundle, Entry, Section, Version


class NewBundleSerializer(serializers.Serializer[Any]):
    """What a bundle is begun or changed with."""

    title = serializers.CharField(max_length=200)
    hearing = serializers.IntegerField(required=False, allow_null=True, default=None)
    hearing_date = serializers.DateField(required=False, allow_null=True, default=None)
    profile = serializers.CharField(required=False, allow_blank=True, default="")
    on_failure = serializers.ChoiceField(
        choices=Bundle.OnFailure.choices, required=False, default=Bundle.OnFailure.STOP
    )


class BeginBundleSerializer(NewBundleSerializer):
    """A bundle with the titles of its first sections."""

    sections = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, default=list
    )


class BundleSerializer(serializers.ModelSerializer[Bundle]):
    """A bundle in a list."""

    class Meta:
        model = Bundle
        fields = ["id", "case", "title", "hearing", "hearing_date", "profile", "on_failure"]


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """An exhibit in its place; ``missing`` says why it cannot go in as things stand."""

    title = serializers.CharField(source="__str__")
    missing = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = ["id", "exhibit", "title", "order", "missing"]

    def get_missing(self, entry: Entry) -> str:
        """Why the document cannot go in, with the remedy; empty where it can."""
        return sources.of(entry).missing


class SectionSerializer(serializers.ModelSerializer[Section]):
    """A section with its entries."""

    entries = EntrySerializer(many=True)

    class Meta:
        model = Section
        fields = ["id", "title", "order", "entries"]


class WholeBundleSerializer(serializers.Serializer[Any]):
    """A bundle with its sections; ``seen`` goes back with a new order, so that nobody's move is undone."""

    bundle = BundleSerializer()
    sections = SectionSerializer(many=True)
    pages = serializers.IntegerField(help_text="Pages of the documents, before the index.")
    size = serializers.IntegerField(help_text="Bytes of the documents' PDFs.")
    seen = serializers.CharField()


class TitleSerializer(serializers.Serializer[Any]):
    """A section's heading or an entry's title in the index."""

    title = serializers.CharField(max_length=300, allow_blank=True)


class AddExhibitsSerializer(serializers.Serializer[Any]):
    """Which exhibits go to the end of which section, in this order."""

    section = serializers.IntegerField()
    exhibits = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=1000)


class SectionOrderSerializer(serializers.Serializer[Any]):
    """A section and its entries in order, by id."""

    section = serializers.IntegerField()
    entries = serializers.ListField(child=serializers.IntegerField())


class ArrangeSerializer(serializers.Serializer[Any]):
    """Every section with every entry, each exactly once."""

    order = SectionOrderSerializer(many=True)
    seen = serializers.CharField(required=False, allow_blank=True, default="")


class AskForBuildSerializer(serializers.Serializer[Any]):
    """How to build, this once."""

    on_failure = serializers.ChoiceField(
        choices=Bundle.OnFailure.choices, required=False, allow_blank=True, default=""
    )
    privileged_confirmed = serializers.BooleanField(required=False, default=False)
    variant = serializers.ChoiceField(
        choices=Build.Variant.choices, required=False, default=Build.Variant.FULL
    )


class BuildSerializer(serializers.ModelSerializer[Build]):
    """How far a build has come, and what became of each document."""

    version = serializers.SerializerMethodField()

    class Meta:
        model = Build
        fields = [
            "id", "state", "asked_by", "asked_at", "on_failure", "done", "total", "what", "message",
            "documents", "version",
        ]  # fmt: skip

    def get_version(self, build: Build) -> int | None:
        """The number of the version that it made."""
        return build.version.number if hasattr(build, "version") else None


class VersionSerializer(serializers.ModelSerializer[Version]):
    """A built version; ``report`` holds the page map, the settings and the checker's verdict."""

    report = serializers.JSONField(read_only=True)
    asked_by = serializers.CharField(source="build.asked_by")
    file = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = [
            "number", "built_at", "asked_by", "file_name", "sha256",
            "size", "pages", "passed", "file", "report",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_file(self, version: Version) -> str:
        """The address of its PDF."""
        return reverse("api:bundle-version-file", args=[version.bundle_id, version.number])
