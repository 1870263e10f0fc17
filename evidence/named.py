"""What the pages of an exhibit name, gathered: suggestions that nobody has checked."""

from dataclasses import dataclass, field

from evidence.entities import EntityKind
from evidence.models import Entity, Exhibit

WORDS = {
    EntityKind.PARTY: "Parties", EntityKind.PERSON: "People", EntityKind.ORGANISATION: "Organisations",
    EntityKind.COURT: "Courts", EntityKind.DATE: "Dates", EntityKind.MONEY: "Money",
    EntityKind.PERCENTAGE: "Percentages", EntityKind.MODEL: "AI models",
}  # fmt: skip
PLACES = 6
"""Mentions of one name that are linked; the rest are counted."""


@dataclass(slots=True)
class Name:
    """One name, how often it stands in the exhibit, who found it, and its first places."""

    normal: str
    source: str
    count: int = 0
    places: list[tuple[int, int, int]] = field(default_factory=list)


def gathered(exhibit: Exhibit) -> list[tuple[str, list[Name]]]:
    """The names of each kind, the most frequent first; a place is (page number, start, end)."""
    kinds: dict[str, dict[str, Name]] = {kind: {} for kind in WORDS}
    rows = Entity.objects.filter(page__exhibit=exhibit).order_by("page__number", "start")
    for kind, normal, source, *place in rows.values_list(
        "kind", "normal", "source", "page__number", "start", "end"
    ):
        name = kinds.setdefault(kind, {}).setdefault(normal, Name(normal, source))
        name.count += 1
        if source == "rule":
            name.source = source
        if len(name.places) < PLACES:
            name.places.append((place[0], place[1], place[2]))
    return [
        (WORDS.get(EntityKind(kind), kind), sorted(names.values(), key=lambda name: -name.count))
        for kind, names in kinds.items()
        if names
    ]
