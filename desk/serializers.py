"""What the desk's endpoints read and answer."""

from rest_framework import serializers

from ledger.models import Event


class SearchQuery(serializers.Serializer[None]):
    """What to search for."""

    q = serializers.CharField(help_text="The query, as in the search box.")
    kind = serializers.ChoiceField(choices=["exhibit", "authority"], required=False)
    matter = serializers.UUIDField(required=False, help_text="Search this matter alone.")
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)
    offset = serializers.IntegerField(min_value=0, max_value=10000, default=0)


class HitSerializer(serializers.Serializer[None]):
    """One thing found; ``snippet`` is HTML whose only element is ``<mark>``."""

    kind = serializers.CharField()
    id = serializers.CharField()
    title = serializers.CharField()
    citation = serializers.CharField()
    paragraph = serializers.CharField()
    score = serializers.FloatField()
    snippet = serializers.CharField()
    url = serializers.CharField()


class AnswerSerializer(serializers.Serializer[None]):
    """What a query found."""

    query = serializers.CharField()
    tree = serializers.CharField(help_text="How the query was understood, in words.")
    engine = serializers.CharField()
    milliseconds = serializers.FloatField()
    total = serializers.IntegerField()
    partial = serializers.BooleanField()  # type: ignore[assignment]
    hits = HitSerializer(many=True)


class SuggestionSerializer(serializers.Serializer[None]):
    """A way to go on: what is shown, and the query that finds it."""

    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class SuggestionsSerializer(serializers.Serializer[None]):
    """Ways to go on, best first."""

    results = SuggestionSerializer(many=True)


class EventSerializer(serializers.ModelSerializer[Event]):
    """One event of a matter's chain."""

    facts = serializers.DictField(source="read_facts", read_only=True)

    class Meta:
        model = Event
        fields = (
            "sequence", "previous_hash", "hash", "at", "actor", "origin", "verb", "thing_type", "thing_id",
            "thing_label", "thing_digest", "facts",
        )  # fmt: skip
