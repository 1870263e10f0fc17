"""The tree that a query becomes, and the same tree in words."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class Word:
    """Any grammatical form of one word."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """These words exactly, in this order, side by side, small words included."""

    text: str


@dataclass(frozen=True)
class Prefix:
    """Any word that begins with these letters."""

    text: str


@dataclass(frozen=True)
class Citation:
    """A neutral citation in normal form: the case itself, then whoever cites it."""

    text: str


@dataclass(frozen=True)
class Field:
    """A value looked for in one named field, letter for letter."""

    name: str
    value: Word | Phrase | Prefix


@dataclass(frozen=True)
class DateRange:
    """A document dated within these days, both included; None leaves that side open."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class And:
    """Every part matches."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    """At least one part matches."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """The part does not match."""

    part: "Node"


Node: TypeAlias = Word | Phrase | Prefix | Citation | Field | DateRange | And | Or | Not


def as_text(tree: Node) -> str:
    """The tree in words, so that the reader sees how the query was understood."""
    match tree:
        case And(parts):
            return " and ".join(_bracketed(part) for part in parts)
        case Or(parts):
            return " or ".join(_bracketed(part) for part in parts)
        case Not(part):
            return f"not {_bracketed(part)}"
        case Field(name, value):
            return f"{name}: {_value_as_text(value)}"
        case DateRange(first, last):
            return _range_as_text(first, last)
        case Citation(text):
            return f"the case {text} or a mention of it"
        case _:
            return _value_as_text(tree)


def _bracketed(tree: Node) -> str:
    return f"({as_text(tree)})" if isinstance(tree, And | Or) else as_text(tree)


def _value_as_text(value: Word | Phrase | Prefix) -> str:
    match value:
        case Word(text):
            return text
        case Phrase(text):
            return f"exactly “{text}”"
        case Prefix(text):
            return f"words beginning “{text}”"


def _range_as_text(first: date | None, last: date | None) -> str:
    if first and last:
        return f"dated {_day(first)}" if first == last else f"dated from {_day(first)} to {_day(last)}"
    if first:
        return f"dated from {_day(first)}"
    return f"dated up to {_day(last)}" if last else "with any date"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
