"""Geometry of a finding's drawings: its value on the histogram of its null, and a test's map of layers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BINS, WIDE, TALL, FOOT, EDGE = 24, 264.0, 48.0, 16.0, 8.0
CELL, LEFT, TOP = 14.0, 120.0, 24.0
SHADES = (1.0, 4.0, 12.0, 50.0)
"""Powers of ten below which a cell of the map takes the next shade."""
MOST_CELLS = 2500


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram, in drawing units."""

    x: float
    y: float
    width: float
    height: float
    word: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """The null's values as bars, and where the suspect's stands."""

    bars: Sequence[Bar]
    value_x: float
    low: str
    high: str
    word: str
    width: float = WIDE
    height: float = TALL + FOOT
    floor: float = TALL
    foot: float = TALL + FOOT - 3
    edge: float = EDGE
    right: float = WIDE - EDGE


def histogram(value: float, null: Sequence[float]) -> Histogram:
    """The drawing of a value among those of the null; the scale spans them all.

    Args:
        value: the suspect's.
        null: one value of each independent lineage, at least one.
    """
    low, high = min(value, *null), max(value, *null)
    span = (high - low) or 1.0
    counts = [0] * BINS
    for one in null:
        counts[min(int((one - low) / span * BINS), BINS - 1)] += 1
    step = (WIDE - 2 * EDGE) / BINS
    bars = [
        Bar(
            x=EDGE + step * number,
            y=TALL - (TALL - 6) * count / max(counts),
            width=step - 1,
            height=(TALL - 6) * count / max(counts),
            word=f"{count} of {len(null)} from {low + span * number / BINS:.3g}",
        )
        for number, count in enumerate(counts)
        if count
    ]
    place = EDGE + (WIDE - 2 * EDGE) * (value - low) / span
    word = f"The value {value:.4g} among {len(null)} lineages from {min(null):.4g} to {max(null):.4g}"
    return Histogram(bars, place, f"{low:.3g}", f"{high:.3g}", word)


@dataclass(frozen=True, slots=True)
class Cell:
    """Two blocks compared; ``shade`` 0 to 4 is how small the p-value is, -1 where there is none."""

    x: float
    y: float
    shade: int
    word: str


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """Blocks of the reference downwards, of the suspect to the right."""

    method: str
    rows: Sequence[tuple[float, str]]
    cells: Sequence[Cell]
    width: float
    height: float
    side: float = CELL - 1


def drawn_map(method: str, detail: Mapping[str, Any]) -> DrawnMap | None:
    """The map of a test over layers; None where it has more cells than can be told apart."""
    reference, suspect = detail["reference"], detail["suspect"]
    if len(reference) * len(suspect) > MOST_CELLS:
        return None
    cells = [
        Cell(
            LEFT + CELL * column,
            TOP + CELL * row,
            -1 if p is None else sum(p <= -least for least in SHADES),
            f"{reference[row]} of the reference, {suspect[column]} of the suspect: "
            + ("not compared" if p is None else f"p is 10 to the power {p:.1f}"),
        )
        for row, ps in enumerate(detail["log10_p"])
        for column, p in enumerate(ps)
    ]
    return DrawnMap(
        method=method,
        rows=[(TOP + CELL * row + 10, name) for row, name in enumerate(reference)],
        cells=cells,
        width=LEFT + CELL * len(suspect) + 8,
        height=TOP + CELL * len(reference) + 8,
    )
