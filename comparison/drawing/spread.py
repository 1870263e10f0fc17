"""A group of accounts beside all others: by a measure, by the hours of a day, by days in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDE, TALL, FOOT, EDGE, TOP = 360.0, 96.0, 18.0, 8.0, 6.0
LEAST = 1.5
"""Height of the smallest bar that is not nothing."""
MOST_BARS = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in drawing units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Bars of all others, of the group in front of them, and a line where the group's figure stands.

    Args:
        others: bars of all other accounts.
        own: the group's bars.
        value_x: where the group's figure stands; None where there is none.
        low: word at the left end.
        high: word at the right end.
        rows: the table behind: word, all others, the group.
    """

    others: Sequence[Bar]
    own: Sequence[Bar]
    value_x: float | None
    low: str
    high: str
    rows: Sequence[tuple[str, str, str]]
    width: float = WIDE
    height: float = TALL + FOOT
    floor: float = TALL
    foot: float = TALL + FOOT - 4
    edge: float = EDGE
    right: float = WIDE - EDGE


def distribution(
    edges: Sequence[float], counts: Sequence[int], members: Sequence[int], value: float | None
) -> Spread:
    """Accounts by how they measure; the root of each count is drawn, so that few stand out beside many.

    Args:
        edges: bounds of the bins.
        counts: of all accounts.
        members: of the group, at most those.
        value: the group's figure.
    """
    others = [whole - own for whole, own in zip(counts, members, strict=True)]
    most = max(max(counts), 1) ** 0.5
    place = None
    if value is not None:
        inside = next((n for n, edge in enumerate(edges[1:]) if value <= edge), len(counts) - 1)
        low, high = edges[inside], edges[inside + 1]
        share = min(max((value - low) / ((high - low) or 1.0), 0.0), 1.0)
        place = EDGE + (inside + share) * _step(len(counts))
    return Spread(
        others=_bars([count**0.5 / most for count in others]),
        own=_bars([count**0.5 / most for count in members]),
        value_x=place,
        low=_figure(edges[0]),
        high=_figure(edges[-1]),
        rows=[
            (f"{_figure(edges[n])} to {_figure(edges[n + 1])}", f"{other:,}", f"{own:,}")
            for n, (other, own) in enumerate(zip(others, members, strict=True))
            if other or own
        ],
    )


def by_hour(everybody: Sequence[int], own: Sequence[int]) -> Spread:
    """The share of the exchanges in each hour of the day (UTC), of all others and of the group."""
    others = [whole - part for whole, part in zip(everybody, own, strict=True)]
    first, second = _shares(others), _shares(own)
    most = max(*first, *second, 1e-9)
    return Spread(
        others=_bars([share / most for share in first]),
        own=_bars([share / most for share in second], 0.5),
        value_x=None,
        low="0:00",
        high="24:00 UTC",
        rows=[
            (f"{n}:00", f"{one:.1%}", f"{two:.1%}")
            for n, (one, two) in enumerate(zip(first, second, strict=True))
        ],
    )


def by_day(everybody: Sequence[tuple[str, int]], own: Sequence[tuple[str, int]]) -> Spread | None:
    """The exchanges of each day, or of as many days as make one bar; None where no day can be read."""
    try:
        whole = {date.fromisoformat(day): count for day, count in everybody}
        part = {date.fromisoformat(day): count for day, count in own}
    except ValueError:
        return None
    first, last = min(whole), max(whole)
    days = (last - first).days + 1
    step = -(-days // MOST_BARS)
    all_counts, own_counts = [0] * -(-days // step), [0] * -(-days // step)
    for counts, found in ((all_counts, whole), (own_counts, part)):
        for day, count in found.items():
            if first <= day <= last:
                counts[(day - first).days // step] += count
    most = max(*all_counts, 1)
    starts = [first + timedelta(days=step * n) for n in range(len(all_counts))]
    return Spread(
        others=_bars([count / most for count in all_counts]),
        own=_bars([count / most for count in own_counts]),
        value_x=None,
        low=f"{first:%-d %b %Y}",
        high=f"{last:%-d %b %Y}",
        rows=[
            (f"{start:%-d %b %Y}", f"{whole_count - own_count:,}", f"{own_count:,}")
            for start, whole_count, own_count in zip(starts, all_counts, own_counts, strict=True)
            if whole_count
        ],
    )


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts) or 1
    return [max(count, 0) / total for count in counts]


def _step(bars: int) -> float:
    return (WIDE - 2 * EDGE) / bars


def _bars(heights: Sequence[float], part: float = 1.0) -> list[Bar]:
    """Bars from left to right; heights are shares of the room, ``part`` how much of its step each fills."""
    step = _step(len(heights))
    room = TALL - TOP
    return [
        Bar(
            EDGE + step * n + step * (1 - part) / 2,
            TALL - tall,
            max(step * part - min(1.0, step / 4), 0.5),
            tall,
        )
        for n, share in enumerate(heights)
        if share > 0 and (tall := max(room * share, LEAST))
    ]


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"
