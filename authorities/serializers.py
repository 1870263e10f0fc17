"""Authorities as the API gives them."""

from rest_framework import serializers

from authorities.models import Authority, Paragraph


class AuthoritySerializer(serializers.ModelSerializer[Authority]):
    """What a list says of an authority; ``date`` is the first day that ``date_text`` can mean."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    topics = serializers.ListField(child=serializers.CharField(), read_only=True)
    judges = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Authority
        fields: tuple[str, ...] = (
            "id", "kind", "origin", "name", "citation", "neutral_citation", "court", "jurisdiction",
            "date", "date_text", "status", "status_on", "topics", "judges", "verified", "source", "note",
            "uri", "url",
        )  # fmt: skip


class ParagraphSerializer(serializers.ModelSerializer[Paragraph]):
    """One paragraph; ``anchor`` is its place on the authority's page."""

    class Meta:
        model = Paragraph
        fields = ("order", "number", "anchor", "heading", "text")


class WholeAuthoritySerializer(AuthoritySerializer):
    """An authority with its text; ``same_decision`` names its summary or its full text by id."""

    paragraphs = ParagraphSerializer(many=True, read_only=True)
    same_decision = serializers.SerializerMethodField()

    class Meta(AuthoritySerializer.Meta):
        fields = (*AuthoritySerializer.Meta.fields, "paragraphs", "same_decision")

    def get_same_decision(self, authority: Authority) -> list[int]:
        """The ids of its summary or its full text."""
        return list(authority.same_decision.values_list("pk", flat=True))
