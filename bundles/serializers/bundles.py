"""Bundles as the API reads and writes them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bundles import sources
from bundles.certificate import FORMS
from bundles.models import Build, Bundle, Delivery, Entry, Section, Version, VersionFile


class NewBundleSerializer(serializers.Serializer[Any]):
    """What a bundle is begun or changed with."""

    title = serializers.CharField(max_length=200)
    hearing = serializers.IntegerField(required=False, allow_null=True, default=None)
    hearing_date = serializers.DateField(required=False, allow_null=True, default=None)
    profile = serializers.CharField(required=False, allow_blank=True, default="")
    on_failure = serializers.ChoiceField(
        choices=Bundle.OnFailure.choices, required=False, default=Bundle.OnFailure.STOP
    )
    letter = serializers.CharField(max_length=4, required=False, allow_blank=True)
    late = serializers.ChoiceField(choices=Bundle.Late.choices, required=False)
    largest_mib = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    bates_prefix = serializers.CharField(max_length=20, required=False, allow_blank=True)
    bates_start = serializers.IntegerField(min_value=1, required=False)
    master = serializers.UUIDField(required=False, allow_null=True)
    statement = serializers.UUIDField(required=False, allow_null=True)
    exhibit_mark = serializers.CharField(max_length=20, required=False, allow_blank=True)
    statement_marks = serializers.CharField(required=False, allow_blank=True)


class BeginBundleSerializer(NewBundleSerializer):
    """A bundle with its kind and the titles of its first sections."""

    kind = serializers.ChoiceField(choices=Bundle.Kind.choices, required=False, default=Bundle.Kind.HEARING)
    sections = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, default=list
    )


class BundleSerializer(serializers.ModelSerializer[Bundle]):
    """A bundle in a list."""

    class Meta:
        model = Bundle
        fields = [
            "id", "case", "title", "kind", "hearing", "hearing_date", "profile", "on_failure", "letter",
            "late", "largest_mib", "bates_prefix", "bates_start", "master", "statement", "exhibit_mark",
            "statement_marks",
        ]  # fmt: skip


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """A document in its place; ``missing`` says why it cannot go in as things stand."""

    title = serializers.CharField(source="__str__")
    missing = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = ["id", "exhibit", "authority", "title", "pages", "signpost", "order", "missing"]

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


class EntryChangeSerializer(serializers.Serializer[Any]):
    """An entry's title in the index, its pages (``1-3, 7``; empty for all) and where it is kept instead."""

    title = serializers.CharField(max_length=300, allow_blank=True)
    pages = serializers.CharField(max_length=400, required=False, allow_blank=True)
    signpost = serializers.CharField(max_length=400, required=False, allow_blank=True)


class AddAuthoritiesSerializer(serializers.Serializer[Any]):
    """Which authorities go under the headings of their kinds."""

    authorities = serializers.ListField(child=serializers.IntegerField(), min_length=1, max_length=1000)


class TakeSerializer(serializers.Serializer[Any]):
    """What a core bundle takes: whole documents by number, or pages by their numbers in the main bundle."""

    documents = serializers.ListField(child=serializers.IntegerField(), required=False, default=list)
    pages = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class DeliverSerializer(serializers.Serializer[Any]):
    """Who has been given a version, how and when; now where no time is given."""

    to = serializers.CharField(max_length=200)
    channel = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """That somebody has a version."""

    class Meta:
        model = Delivery
        fields = ["to", "channel", "at", "by"]


class CertifySerializer(serializers.Serializer[Any]):
    """Which form of certificate; that of the bundle's court where none is given."""

    form = serializers.ChoiceField(choices=list(FORMS.items()), required=False, allow_blank=True, default="")


class VersionFileSerializer(serializers.ModelSerializer[VersionFile]):
    """A volume, a delta, a certificate or a signed copy of a version."""

    report = serializers.JSONField(read_only=True)
    file = serializers.SerializerMethodField()

    class Meta:
        model = VersionFile
        fields = [
            "kind", "number", "made_at", "made_by", "file_name", "sha256", "size", "first_page", "last_page",
            "report", "file",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_file(self, file: VersionFile) -> str:
        """The address of its PDF."""
        version = file.version
        return reverse(
            "api:bundle-further-file", args=[version.bundle_id, version.number, file.kind, file.number]
        )


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
            "id", "state", "asked_by", "asked_at", "on_failure", "variant", "done", "total", "what",
            "message", "documents", "version",
        ]  # fmt: skip

    def get_version(self, build: Build) -> int | None:
        """The number of the version that it made."""
        return build.version.number if hasattr(build, "version") else None


class VersionSerializer(serializers.ModelSerializer[Version]):
    """A built version; ``report`` holds the page map, the settings and the checker's verdict."""

    report = serializers.JSONField(read_only=True)
    asked_by = serializers.CharField(source="build.asked_by")
    variant = serializers.CharField(source="build.variant")
    deliveries = DeliverySerializer(many=True, read_only=True)
    files = VersionFileSerializer(many=True, read_only=True)
    file = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = [
            "number", "variant", "built_at", "asked_by", "deliveries", "files", "file_name", "sha256",
            "size", "pages", "passed", "file", "report",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_file(self, version: Version) -> str:
        """The address of its PDF."""
        return reverse("api:bundle-version-file", args=[version.bundle_id, version.number])
