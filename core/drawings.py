"""Geometry of the small drawings: plain numbers, so that templates only place them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WIDTH = 1200.0
MARGIN = 40.0
LANE = 34.0
CHARACTER = 6.9
GAP = 14.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One event placed on the line; lengths in drawing units."""

    event: Mapping[str, Any]
    x: float
    y: float
    text_x: float
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Marks above one axis, with month or year ticks; lengths in drawing units."""

    marks: Sequence[Mark]
    ticks: Sequence[tuple[float, str]]
    axis: float
    height: float
    today: float | None
    width: float = WIDTH


def timeline(events: Sequence[Mapping[str, Any]], today: date | None = None) -> Timeline:
    """Events stand at their dates, in as few lanes as keep their labels apart.

    Args:
        events: mappings with ``date`` (datetime.date) and ``label``.
        today: drawn as a line when it lies within the span.
    """
    ordered = sorted(events, key=lambda event: event["date"])
    if not ordered:
        return Timeline(marks=[], ticks=[], axis=LANE, height=2 * LANE, today=None)
    first, last = ordered[0]["date"], ordered[-1]["date"]
    days = max((last - first).days, 1)

    def place(day: date) -> float:
        share: float = (day - first).days / days
        return round(MARGIN + (WIDTH - 2 * MARGIN) * share, 1)

    ends: list[float] = []
    placed: list[tuple[Mapping[str, Any], float, int, bool]] = []
    for event in ordered:
        x = place(event["date"])
        extent = len(_short(event["label"])) * CHARACTER
        leftwards = x + extent > WIDTH
        start, end = (x - extent, x) if leftwards else (x, x + extent)
        lane = next((number for number, taken in enumerate(ends) if start > taken + GAP), len(ends))
        ends[lane : lane + 1] = [end]
        placed.append((event, x, lane, leftwards))
    axis = LANE * len(ends) + 12
    marks = [
        Mark(
            event,
            x,
            axis - LANE * (lane + 0.6),
            x - 7 if left else x + 7,
            "end" if left else "start",
            _short(event["label"]),
        )
        for event, x, lane, left in placed
    ]
    line = place(today) if today and first <= today <= last else None
    return Timeline(marks, [(place(day), word) for day, word in _ticks(first, last)], axis, axis + 42, line)


def _short(label: str) -> str:
    return label if len(label) <= 44 else f"{label[:43].rstrip()}…"


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / step <= 12)
    ticks: list[tuple[date, str]] = []
    for number in range(months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        day = date(year, month + 1, 1)
        if month % min(step, 12) == 0 and (step <= 12 or year % (step // 12) == 0) and first <= day <= last:
            ticks.append((day, str(year) if step >= 12 else f"{day:%b %Y}"))
    return ticks


def weeks(
    items: Sequence[Mapping[str, Any]], start: date, days: int = 14, closed: Collection[date] = ()
) -> list[dict[str, Any]]:
    """Each day from the Monday on or before ``start`` holds the items dated to it.

    Args:
        items: mappings with ``date``.
        start: any day of the first week.
        days: how many days, a multiple of 7.
        closed: days besides Saturdays and Sundays on which the court is closed.
    """
    monday = start - timedelta(days=start.weekday())
    strip = [monday + timedelta(days=number) for number in range(days)]
    return [
        {
            "date": day,
            "today": day == start,
            "closed": day.weekday() >= 5 or day in closed,
            "items": [item for item in items if item["date"] == day],
        }
        for day in strip
    ]
