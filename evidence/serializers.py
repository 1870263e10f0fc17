"""Exhibits, links and filings as the API says them."""

from typing import Any

from rest_framework import serializers

from cases.kinds import FilingKind
from cases.models import Claim, Filing, Party
from cases.serializers import OfThisMatter
from evidence.models import ElementLink, Entity, Exhibit, Page
from evidence.selectors import intake_words
from jurisdictions.models import Element


class ExhibitOut(serializers.ModelSerializer[Exhibit]):
    """An exhibit with how far its intake has come."""

    state = serializers.CharField(source="intake.state")
    state_words = serializers.SerializerMethodField()
    reason = serializers.CharField(source="intake.reason")
    remedy = serializers.CharField(source="intake.remedy")

    class Meta:
        model = Exhibit
        fields = (
            "id", "case", "number", "mark", "title", "dated", "original_name", "media_type", "type_name",
            "size", "sha256", "parent", "attachment_number", "filing", "produced_by", "custodian",
            "collected_how", "collected_on", "privilege", "confidentiality", "received_at", "withdrawn_at",
            "withdrawn_because", "state", "state_words", "reason", "remedy",
        )  # fmt: skip
        read_only_fields = fields

    def get_state_words(self, exhibit: Exhibit) -> str:
        """The state in the words of the pages."""
        return intake_words(exhibit.intake)


class DescribeIn(serializers.ModelSerializer[Exhibit]):
    """What a person says of an exhibit; what is left out stays."""

    produced_by = OfThisMatter(queryset=Party.objects.none(), allow_null=True, required=False)

    class Meta:
        model = Exhibit
        fields = (
            "title", "mark", "dated", "produced_by", "custodian", "collected_how", "collected_on",
            "privilege", "confidentiality",
        )  # fmt: skip


class WithdrawIn(serializers.Serializer[Any]):
    """Why an exhibit is withdrawn."""

    because = serializers.CharField(max_length=300)


class UnlockIn(serializers.Serializer[Any]):
    """What opens a locked PDF."""

    password = serializers.CharField(max_length=200, trim_whitespace=False, write_only=True)


class FilesIn(serializers.Serializer[Any]):
    """One or many files."""

    files = serializers.ListField(child=serializers.FileField(allow_empty_file=True), min_length=1)


class PageOut(serializers.ModelSerializer[Page]):
    """A page's size in points, its text, and where each line starts and stands."""

    class Meta:
        model = Page
        fields = ("number", "width", "height", "text", "lines", "recognised", "confidence")
        read_only_fields = fields


class EntityOut(serializers.ModelSerializer[Entity]):
    """A name on a page; a suggestion until a person has checked it."""

    page = serializers.IntegerField(source="page.number")

    class Meta:
        model = Entity
        fields = ("page", "kind", "text", "normal", "start", "end", "source")
        read_only_fields = fields


class LinkOut(serializers.ModelSerializer[ElementLink]):
    """A page that bears on an element."""

    class Meta:
        model = ElementLink
        fields = ("id", "exhibit", "page_number", "claim", "element", "weight", "note")
        read_only_fields = fields


class ClaimOfThisMatter(serializers.PrimaryKeyRelatedField[Claim]):
    """A claim of the matter in the address, by its number."""

    def get_queryset(self) -> Any:
        """The claims of the matter, and none of another."""
        return Claim.objects.filter(case=self.context["case"])


class ElementOfThisMatter(serializers.PrimaryKeyRelatedField[Element]):
    """An element of what is claimed in the matter in the address, by its number."""

    def get_queryset(self) -> Any:
        """The elements of the causes of action that the matter's claims rest on."""
        causes = Claim.objects.filter(case=self.context["case"]).values("cause")
        return Element.objects.filter(cause__in=causes)


class LinkIn(serializers.ModelSerializer[ElementLink]):
    """A page of the exhibit, the element it bears on, and which way."""

    claim = ClaimOfThisMatter(queryset=Claim.objects.none())
    element = ElementOfThisMatter(queryset=Element.objects.none())
    page_number = serializers.IntegerField(min_value=1, default=1)

    class Meta:
        model = ElementLink
        fields = ("page_number", "claim", "element", "weight", "note")


class LogIn(FilesIn):
    """A filing: its documents, the main one first, and what was done with it so far."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in FilingKind])
    title = serializers.CharField(max_length=300)
    party = serializers.IntegerField(required=False)
    dated = serializers.DateField(required=False)
    submitted_at = serializers.DateTimeField(required=False)
    submitted_by = serializers.ChoiceField(choices=Filing.Method.choices, required=False)
    served_at = serializers.DateTimeField(required=False)
    served_by = serializers.ChoiceField(choices=Filing.Method.choices, required=False)
    contains_particulars = serializers.BooleanField(required=False, default=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """A moment and its method come together."""
        for act in ("submitted", "served"):
            if (f"{act}_at" in given) != (f"{act}_by" in given):
                raise serializers.ValidationError({f"{act}_at": "When and how belong together: give both."})
        return given


class LoggedOut(serializers.Serializer[Any]):
    """The filing that was logged, and its documents."""

    id = serializers.UUIDField(source="filing.pk")
    number = serializers.IntegerField(source="filing.number")
    title = serializers.CharField(source="filing.title")
    exhibits = ExhibitOut(many=True)
