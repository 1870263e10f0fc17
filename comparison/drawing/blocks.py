"""The map of a test over layers: every block of one model against every block of the other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

CELL, LEFT, TOP = 14.0, 120.0, 24.0
SHADES = (1.0, 4.0, 12.0, 50.0)
"""Powers of ten below which a cell of the map takes the next shade."""
MOST_CELLS = 2500
LINE, NUMBER = 12.0, 24.0
"""Room that a label needs downwards, and that a number needs across."""


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
    columns: Sequence[tuple[float, str]]
    cells: Sequence[Cell]
    width: float
    height: float
    side: float

    @property
    def shaded(self) -> Sequence[tuple[int, str]]:
        """One outline for each shade, cells that touch along a row in one piece: short for a large map."""
        pieces: dict[int, list[str]] = defaultdict(list)
        for _, row in groupby(self.cells, key=lambda cell: cell.y):
            for shade, run in groupby(row, key=lambda cell: cell.shade):
                cells = list(run)
                first, last = cells[0], cells[-1]
                wide = last.x - first.x + self.side
                pieces[shade].append(f"M{first.x:.6g} {first.y:.6g}h{wide:.6g}v{self.side:.6g}h{-wide:.6g}z")
        return [(shade, "".join(pieces[shade])) for shade in sorted(pieces)]


def drawn_map(
    method: str, detail: Mapping[str, Any], *, cell: float = CELL, most: int = MOST_CELLS
) -> DrawnMap | None:
    """The map of a test over layers; None where it has more cells than can be told apart.

    Args:
        method: that gave it.
        detail: names of both sides' blocks, and log10 p for each two of them or None.
        cell: width and height of a cell.
        most: cells that are drawn at most.
    """
    reference, suspect = detail["reference"], detail["suspect"]
    if len(reference) * len(suspect) > most:
        return None
    cells = [
        Cell(
            LEFT + cell * column,
            TOP + cell * row,
            -1 if p is None else sum(p <= -least for least in SHADES),
            f"{reference[row]} of the reference, {suspect[column]} of the suspect: "
            + ("not compared" if p is None else f"p is 10 to the power {p:.1f}"),
        )
        for row, ps in enumerate(detail["log10_p"])
        for column, p in enumerate(ps)
    ]
    step, stride = max(1, round(LINE / cell)), max(1, round(NUMBER / cell))
    return DrawnMap(
        method=method,
        rows=[(TOP + cell * (row + 0.72), reference[row]) for row in range(0, len(reference), step)],
        columns=[(LEFT + cell * (column + 0.5), str(column)) for column in range(0, len(suspect), stride)],
        cells=cells,
        width=LEFT + cell * len(suspect) + 8,
        height=TOP + cell * len(reference) + 8,
        side=cell - min(1.0, cell / 14),
    )
