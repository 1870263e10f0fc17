"""One named thing at one place of a text."""

from dataclasses import dataclass
from enum import StrEnum


class EntityKind(StrEnum):
    """What sort of thing a text names."""

    PARTY = "party"
    PERSON = "person"
    ORGANISATION = "organisation"
    COURT = "court"
    DATE = "date"
    MONEY = "money"
    PERCENTAGE = "percentage"
    MODEL = "model"
    CITATION = "citation"


class Source(StrEnum):
    """Who found it: a written rule, or the statistical model, whose finds nobody has checked."""

    RULE = "rule"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing.

    Args:
        kind: what it is.
        text: the characters as they stand.
        normal: one spelling for all mentions: dates in ISO 8601 as precise as written (``2023-12``), money as
            ``GBP 80000000000``, percentages as ``98.7``, AI models as vendor, name and version, neutral
            citations as ``[2025] EWHC 2863 (Ch)``.
        start: offset of the first character.
        end: offset after the last character.
        source: rule or statistical model.
    """

    kind: EntityKind
    text: str
    normal: str
    start: int
    end: int
    source: Source
