"""Geometry of the chronology: a lane for each kind of event, dots stacked where days are near."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.drawings import Mark, timeline

DOT = 11.0
HEAD = 24.0
MARGIN = 72.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One event placed; lengths in drawing units."""

    event: Mapping[str, Any]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one kind above their line."""

    word: str
    line: float
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The whole drawing; ``axis`` is the lowest line, and the lanes' words stand in ``margin``, left of 0."""

    lanes: Sequence[Lane]
    ticks: Sequence[tuple[float, str]]
    today: float | None
    axis: float
    height: float
    width: float
    margin: float = MARGIN


def lanes(events: Sequence[Mapping[str, Any]], today: date) -> Lanes:
    """Events stand in the lane of their kind (``word``) at their dates, none on top of another."""
    scale = timeline(events, today)
    drawn: list[Lane] = []
    top = 0.0
    for word in dict.fromkeys(event["word"] for event in events):
        placed = _stacked([mark for mark in scale.marks if mark.event["word"] == word])
        line = top + HEAD + DOT * (1 + max(level for _, level in placed))
        drawn.append(
            Lane(word, line, [Dot(mark.event, mark.x, line - 8 - DOT * level) for mark, level in placed])
        )
        top = line
    return Lanes(drawn, scale.ticks, scale.today, axis=top, height=top + 42, width=scale.width)


def _stacked(marks: Sequence[Mark]) -> list[tuple[Mark, int]]:
    ends: list[float] = []
    placed: list[tuple[Mark, int]] = []
    for mark in marks:
        level = next((number for number, end in enumerate(ends) if mark.x - end >= DOT), len(ends))
        ends[level : level + 1] = [mark.x]
        placed.append((mark, level))
    return placed
