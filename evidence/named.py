"""What the pages of an exhibit name, gathered: suggestions that nobody has checked."""

from dataclasses import dataclass, field
from datetime import date

from evidence.entities import EntityKind
from evidence.models import Entity, Exhibit

WORDS = {
    EntityKind.PARTY: "Parties", EntityKind.PERSON: "People", EntityKind.ORGANISATION: "Organisations",
    EntityKind.COURT: "Courts", EntityKind.DATE: "Dates", EntityKind.MONEY: "Money",
    EntityKind.PERCENTAGE: "Percentages", EntityKind.MODEL: "AI models",
    EntityKind.CITATION: "Judgments cited",
}  # fmt: skip
PLACES = 6
"""Mentions of one name that are linked; the rest are counted."""


@dataclass(slots=True)
class Name:
    """One name, how often it stands in the exhibit, who found it, and its first places."""

    normal: str
    source: str
    shown: str
    count: int = 0
    places: list[tuple[int, int, int]] = field(default_factory=list)


def spelt(kind: str, normal: str) -> str:
    """The normal form as people write it: ``3 Jun 2026`` for ``2026-06-03``, ``GBP 63,800,000``."""
    parts = normal.split("-")
    if kind == EntityKind.DATE and len(parts) in (2, 3) and all(part.isdecimal() for part in parts):
        day = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
        return f"{day:%-d %b %Y}" if len(parts) == 3 else f"{day:%b %Y}"
    currency, _, amount = normal.partition(" ")
    if kind == EntityKind.MONEY and amount.replace(".", "", 1).isdecimal():
        whole, point, pence = amount.partition(".")
        return f"{currency} {int(whole):,}{point}{pence}"
    return normal


def gathered(exhibit: Exhibit) -> list[tuple[str, list[Name]]]:
    """The names of each kind, the most frequent first; a place is (page number, start, end)."""
    kinds: dict[str, dict[str, Name]] = {kind: {} for kind in WORDS}
    rows = Entity.objects.filter(page__exhibit=exhibit).order_by("page__number", "start")
    for kind, normal, source, *place in rows.values_list(
        "kind", "normal", "source", "page__number", "start", "end"
    ):
        name = kinds.setdefault(kind, {}).setdefault(normal, Name(normal, source, spelt(kind, normal)))
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
