"""Geometry of the layer map: one row for each layer, one column for each part of a layer."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

LAYER = re.compile(r"(?:^|\.)(?:layers|layer|h|blocks|block)\.(\d+)\.")
NUMBER = re.compile(r"\.\d+(?=\.|$)")
STEP, SIDE, ROW, TALL = 30.0, 22.0, 24.0, 18.0
LEFT, TOP = 96.0, 150.0
SAME, OTHER, SILENT, ABSENT = "identical", "differs", "says nothing", "in one model only"
MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of one layer; lengths in drawing units, ``fill`` the height of its identical share."""

    x: float
    y: float
    fill: float
    kind: str
    word: str

    @property
    def bottom(self) -> float:
        """Where the filled part begins, so that it stands on the cell's floor."""
        return self.y + TALL - self.fill


@dataclass(frozen=True, slots=True)
class Row:
    """A layer: its name and its cells from left to right."""

    name: str
    y: float
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class LayerMap:
    """The drawing; lengths in drawing units."""

    columns: Sequence[tuple[float, str]]
    rows: Sequence[Row]
    width: float
    height: float
    side: float = SIDE
    tall: float = TALL


def layer_map(tensors: Sequence[tuple[str, str, int]]) -> LayerMap | None:
    """The tensors stand by layer and part; None where their names tell no layers, or too many parts.

    Args:
        tensors: name, kind (``SAME``, ``OTHER``, ``SILENT`` or ``ABSENT``) and elements of each.
    """
    cells: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for name, kind, elements in tensors:
        layer, part = _place(name)
        if layer >= 0:
            cells[layer, part][kind] += max(elements, 1)
    parts = sorted({part for _, part in cells})
    if not cells or len(parts) > MOST_COLUMNS:
        return None
    layers = sorted({layer for layer, _ in cells})
    rows = [
        Row(
            name=f"Layer {layer}",
            y=TOP + ROW * number,
            cells=[
                _cell(cells[layer, part], LEFT + STEP * column, TOP + ROW * number, f"Layer {layer}, {part}")
                for column, part in enumerate(parts)
                if (layer, part) in cells
            ],
        )
        for number, layer in enumerate(layers)
    ]
    return LayerMap(
        columns=[(LEFT + STEP * column + SIDE / 2, part) for column, part in enumerate(parts)],
        rows=rows,
        width=LEFT + STEP * len(parts) + 110,
        height=TOP + ROW * len(layers) + 8,
    )


def _place(name: str) -> tuple[int, str]:
    """The layer's number, -1 outside the layers, and the part within it; numbered experts are one part."""
    found = LAYER.search(name)
    if not found:
        return -1, name
    part = NUMBER.sub("", name[found.end() :])
    return int(found.group(1)), part.removesuffix(".weight")


def _cell(counts: Counter[str], x: float, y: float, where: str) -> Cell:
    speaking = counts[SAME] + counts[OTHER]
    if speaking:
        share = counts[SAME] / speaking
        kind = SAME if share == 1 else OTHER if share == 0 else "part"
        word = kind if share in (0, 1) else f"{share:.0%} identical"
    else:
        share = 0.0
        kind = ABSENT if counts[ABSENT] else SILENT
        word = kind
    return Cell(x, y, round(TALL * share, 1), kind.split()[0], f"{where}: {word}")
