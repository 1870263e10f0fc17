"""Finding a place for a mark along a page's edge where nothing is drawn yet."""

from dataclasses import dataclass
from typing import Literal

from bundles.pdf.geometry import View
from bundles.pdf.survey import BAND, PageSurvey

Edge = Literal["bottom", "top"]

A4_SHORT_SIDE = 595.0
NEAREST = 8.0  # points of A4 that a mark keeps from the page's edges
CLEAR = 2.5  # points of A4 that a mark keeps from ink
UPWARDS = 2.0  # how much worse it is to move into the page than along its edge


@dataclass(frozen=True)
class Box:
    """A place on the page as displayed, in points from its left and bottom edges."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any part of the page."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


class Margins:
    """The two strips along the top and bottom of one page, and what is put there meanwhile."""

    def __init__(self, view: View, survey: PageSurvey | None) -> None:
        self.view = view
        self.scale = max(1.0, min(view.width, view.height) / A4_SHORT_SIDE)
        self._across = survey.across if survey and survey.across else max(1, round(view.width / 2))
        self._cell = view.width / self._across
        self._rows = {
            "bottom": self._drawn(survey.bottom)[::-1] if survey else [],
            "top": self._drawn(survey.top) if survey else [],
        }
        self._taken: list[Box] = []
        self.known = bool(survey and survey.across)
        self.unseen = bool(survey and survey.unseen)

    def clear(self, box: Box) -> None:
        """What is drawn there counts no longer: an earlier bundle's number, which goes."""
        edge = 2 * self._cell  # its frame is drawn half outside the box, and blurs into the next cell
        around = Box(box.x - edge, box.y - edge, box.width + 2 * edge, box.height + 2 * edge)
        self._paint(around, drawn=False)

    def take(self, box: Box) -> None:
        """Nothing else is put there."""
        self._taken.append(box)

    def place(self, wanted: Box, edge: Edge, reach: tuple[float, float]) -> Box:
        """The free place nearest to the one that is wanted, or that one where there is none.

        Args:
            wanted: the usual place.
            edge: along which edge.
            reach: leftmost and rightmost point that the box may cover.
        """
        if self.known:
            found = self._free(wanted, edge, reach)
            if found:
                return found
        return self._beside_taken(wanted, reach)

    def _free(self, wanted: Box, edge: Edge, reach: tuple[float, float]) -> Box | None:
        cell, pad = self._cell, CLEAR * self.scale
        height = self.view.height
        wide = max(1, -int(-(wanted.width + 2 * pad) // cell))
        high = max(1, -int(-(wanted.height + 2 * pad) // cell))
        first = max(0, int(reach[0] / cell))
        last = min(self._across, int(reach[1] / cell)) - wide
        if last < first:
            return None
        near = wanted.y if edge == "bottom" else height - wanted.y - wanted.height
        usual = min(max(first, round((wanted.x - pad) / cell)), last)
        level = max(0, round((near - pad) / cell))
        lowest = min(level, max(0, round((NEAREST * self.scale - pad) / cell)))
        rows = self._with_taken(edge)
        top = round(min(BAND * self.scale, height) / cell) - high
        best: tuple[float, int, int] | None = None
        for up in sorted(range(lowest, max(top, level) + 1), key=lambda at: abs(at - level)):
            away = abs(up - level) * UPWARDS
            if best and away >= best[0]:
                break
            column = self._nearest(rows[up : up + high], wide, usual, first, last)
            if column is not None and (best is None or away + abs(column - usual) < best[0]):
                best = (away + abs(column - usual), column, up)
        if best is None:
            return None
        if best[0] == 0:
            return wanted
        x, y = best[1] * cell + pad, best[2] * cell + pad
        return Box(x, y if edge == "bottom" else height - y - wanted.height, wanted.width, wanted.height)

    def _nearest(self, rows: list[int], wide: int, usual: int, first: int, last: int) -> int | None:
        """The column nearest to the usual one from which ``wide`` cells are free in all rows."""
        drawn = 0
        for row in rows:
            drawn |= row
        free, have = ~drawn & ((1 << self._across) - 1), 1
        while have < wide:
            step = min(have, wide - have)
            free &= free >> step
            have += step
        # Bit n now says that columns n to n + wide are free; the leftmost column is bit 0.
        free &= ((1 << (last + 1)) - 1) & ~((1 << first) - 1)
        if not free:
            return None
        if free >> usual & 1:
            return usual
        above, below = free >> usual, free & ((1 << usual) - 1)
        right = usual + (above & -above).bit_length() - 1 if above else None
        left = below.bit_length() - 1 if below else None
        return min((at for at in (left, right) if at is not None), key=lambda at: abs(at - usual))

    def _beside_taken(self, wanted: Box, reach: tuple[float, float]) -> Box:
        gap = 3.0 * self.scale
        for box in sorted(self._taken, key=lambda taken: -taken.x):
            if wanted.overlaps(box):
                left = box.x - gap - wanted.width
                x = left if left >= reach[0] else box.x + box.width + gap
                wanted = Box(x, wanted.y, wanted.width, wanted.height)
        return wanted

    def _with_taken(self, edge: Edge) -> list[int]:
        if not self._taken:
            return self._rows[edge]
        kept = list(self._rows[edge])
        for box in self._taken:
            self._paint_rows(kept, edge, box, drawn=True)
        return kept

    def _paint(self, box: Box, *, drawn: bool) -> None:
        edges: tuple[Edge, Edge] = ("bottom", "top")
        for edge in edges:
            self._paint_rows(self._rows[edge], edge, box, drawn=drawn)

    def _paint_rows(self, rows: list[int], edge: Edge, box: Box, *, drawn: bool) -> None:
        near = box.y if edge == "bottom" else self.view.height - box.y - box.height
        left, right = int(box.x / self._cell), int((box.x + box.width) / self._cell) + 1
        mask = ((1 << max(0, right)) - 1) & ~((1 << max(0, left)) - 1)
        low, high = max(0, int(near / self._cell)), int((near + box.height) / self._cell) + 1
        if drawn:
            rows += [0] * (high - len(rows))
        for at in range(low, min(high, len(rows))):
            rows[at] = rows[at] | mask if drawn else rows[at] & ~mask

    def _drawn(self, band: bytes) -> list[int]:
        """One number for each row of cells from the top, the leftmost cell as its lowest bit."""
        wide = -(-self._across // 8)
        return [
            int.from_bytes(band[start : start + wide].translate(MIRRORED), "little")
            for start in range(0, len(band), wide)
        ]


MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
