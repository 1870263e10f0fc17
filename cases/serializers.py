"""What the API answers of a matter, and what it takes; values only, every write is an action's."""

from typing import Any

from rest_framework import serializers

from cases.kinds import FilingKind
from cases.models import Case, Claim, DueDate, Filing, Membership, Party
from cases.standing import due_standing, standing
from jurisdictions.models import CauseOfAction, Court

KINDS = [(kind.value, kind.label) for kind in FilingKind]


class MatterSerializer(serializers.ModelSerializer[Case]):
    """A matter."""

    court = serializers.PrimaryKeyRelatedField(queryset=Court.objects.all())
    claim_number = serializers.CharField(max_length=60, allow_blank=True, required=False, default="")

    class Meta:
        model = Case
        fields = ["id", "title", "court", "claim_number", "opened_on"]
        read_only_fields = ["opened_on"]


class PartySerializer(serializers.ModelSerializer[Party]):
    """A party to a matter."""

    aliases = serializers.ListField(child=serializers.CharField(max_length=300), required=False)

    class Meta:
        model = Party
        fields = [
            "id",
            "name",
            "role",
            "order",
            "aliases",
            "representation",
            "address_for_service",
            "place_of_service",
        ]
        read_only_fields = ["order"]


class OfThisMatter(serializers.PrimaryKeyRelatedField[Party]):
    """A party of the matter in the address, by its number."""

    def get_queryset(self) -> Any:
        """The parties of the matter, and none of another."""
        return Party.objects.filter(case=self.context["case"])


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """Who claims what against whom."""

    cause = serializers.PrimaryKeyRelatedField(queryset=CauseOfAction.objects.all())
    claimants = OfThisMatter(many=True, queryset=Party.objects.none())
    defendants = OfThisMatter(many=True, queryset=Party.objects.none())

    class Meta:
        model = Claim
        fields = [
            "id",
            "number",
            "cause",
            "claimants",
            "defendants",
            "is_counterclaim",
            "in_the_alternative",
            "governing_law",
            "relief",
        ]
        read_only_fields = ["number"]


OF_A_FILING = ("kind", "title", "party", "dated", "contains_particulars")
"""What a filing is, as against what happened to it."""


class FilingSerializer(serializers.ModelSerializer[Filing]):
    """A filing and the separate things that happened to it; ``standing`` says it in words."""

    kind = serializers.ChoiceField(choices=KINDS)
    party = OfThisMatter(queryset=Party.objects.none(), allow_null=True, required=False, default=None)
    dated = serializers.DateField(allow_null=True, required=False, default=None)
    contains_particulars = serializers.BooleanField(required=False, default=False)
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Filing
        fields = [
            "id",
            "number",
            "kind",
            "title",
            "party",
            "dated",
            "contains_particulars",
            "standing",
            "prepared_at",
            "submitted_at",
            "submitted_by",
            "accepted_at",
            "rejected_at",
            "rejected_because",
            "served_at",
            "served_by",
            "logged_at",
        ]
        read_only_fields = [name for name in fields if name not in OF_A_FILING]

    def get_standing(self, filing: Filing) -> str:
        """How the filing stands, in words."""
        return standing(filing, self.context["case"].court).words


class MomentSerializer(serializers.Serializer[Any]):
    """When something happened."""

    at = serializers.DateTimeField()


class SubmissionSerializer(MomentSerializer):
    """When and how a filing went to the court."""

    method = serializers.ChoiceField(choices=Filing.Method.choices)


class ServiceSerializer(SubmissionSerializer):
    """When and how a filing was served and, of a claim form, whether its particulars are inside."""

    contains_particulars = serializers.BooleanField(required=False)


class RejectionSerializer(MomentSerializer):
    """When and why the court rejected a filing."""

    because = serializers.CharField(max_length=300)


class DueDateSerializer(serializers.ModelSerializer[DueDate]):
    """A due date with its rule and its working; ``standing`` says in words how near it is."""

    standing = serializers.SerializerMethodField()

    class Meta:
        model = DueDate
        fields = [
            "id",
            "title",
            "party",
            "due_on",
            "due_time",
            "rule_id",
            "rule_source",
            "rule_version",
            "rule_verified",
            "trigger",
            "working",
            "warnings",
            "state",
            "standing",
        ]
        read_only_fields = fields

    def get_standing(self, due: DueDate) -> str:
        """The state in words, and how near the date is."""
        return due_standing(due, self.context["case"].today).words


class DueStateSerializer(serializers.Serializer[Any]):
    """What a person says of a due date."""

    state = serializers.ChoiceField(
        choices=[DueDate.State.CONFIRMED, DueDate.State.DONE, DueDate.State.MISSED]
    )


class EnteredDateSerializer(serializers.Serializer[Any]):
    """A date that an order, a notice or an agreement gives."""

    title = serializers.CharField(max_length=300)
    due_on = serializers.DateField()
    due_time = serializers.TimeField(allow_null=True, required=False, default=None)
    party = OfThisMatter(queryset=Party.objects.none(), allow_null=True, required=False, default=None)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A member of a matter."""

    email = serializers.EmailField(source="user.email")
    name = serializers.CharField(source="user.name", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "email", "name", "role"]


class RoleSerializer(serializers.Serializer[Any]):
    """Another role for a member."""

    role = serializers.ChoiceField(choices=Membership.Role.choices)
