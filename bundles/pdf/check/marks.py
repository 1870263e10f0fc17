"""Numbers that stand alone near a page's edges: what may be its page, Bates or exhibit number."""

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from bundles.pdf.check.display import Display

EDGE, EDGE_LEAST = 0.14, 70.0  # part of the displayed height, and points at least, in which numbers stand
SIDE = 0.4  # part of the displayed width that counts as left or right
ENDS = 10  # numbers looked at from the beginning and from the end of a page's text
EQUALS = 6  # and of those that equal the page's own number
NUMBER = re.compile(
    r"(?<!\S)(?:page |pg\.? |p\.? ?)?[\[({-]?([a-z][a-z&]{0,11}(?:[-_.][a-z]{1,11})?)?[-_.]?(\d{1,9})"
    r"(?: of \d{1,6}|/\d{1,6})?[\])}-]?(?!\S)",
    re.IGNORECASE,
)
PAGE_WORDS = ("page", "pg", "p")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number near an edge.

    Args:
        prefix: letters before it, in capitals; empty for none.
        digits: the number as printed, with its noughts.
        start: where in the page's text it begins; likewise ``end``.
        box: its left, bottom, right and top as displayed, in points.
        zone: ``bottom right`` and the like.
        turn: degrees, to a quarter, by which it is turned as displayed; 0 is upright.
        crowded: whether other text stands within its box.
    """

    prefix: str
    digits: str
    start: int
    end: int
    box: tuple[float, float, float, float]
    zone: str
    turn: int
    crowded: bool

    @property
    def value(self) -> int:
        """The number."""
        return int(self.digits)

    @property
    def shown(self) -> str:
        """Prefix and number, for a sentence."""
        return f"{self.prefix}{self.digits}"


class Letters:
    """Where and how turned the letters of one text page are; reuses its buffers, as there are many."""

    def __init__(self, text: Any, display: Display, rotate: int) -> None:
        self.text, self.display, self.rotate = text, display, rotate
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._matrix = pdfium.FS_MATRIX()

    def box(self, start: int, end: int) -> tuple[float, float, float, float]:
        """The displayed box around the characters from ``start`` up to ``end`` of one line."""
        first, last = self._box(start), self._box(end - 1)
        return (
            min(first[0], last[0]),
            min(first[1], last[1]),
            max(first[2], last[2]),
            max(first[3], last[3]),
        )

    def _box(self, place: int) -> tuple[float, float, float, float]:
        pdfium.FPDFText_GetCharBox(self.text, self._index(place), *self._edges)
        left, right, bottom, top = (edge.value for edge in self._edges)
        return self.display.box(left, bottom, right, top)

    def turn(self, place: int) -> int:
        """Degrees, to the nearest quarter, by which a character is turned anticlockwise as displayed."""
        pdfium.FPDFText_GetMatrix(self.text, self._index(place), self._matrix)
        angle = math.degrees(math.atan2(self._matrix.b, self._matrix.a))
        return round((angle - self.rotate) / 90) * 90 % 360

    def within(self, box: tuple[float, float, float, float], view: Any) -> int:
        """How many characters stand in a displayed box, spaces included."""
        x0, y0 = view.to_user(box[0], box[1])
        x1, y1 = view.to_user(box[2], box[3])
        edges = (min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1))
        return int(pdfium.FPDFText_GetBoundedText(self.text, *edges, None, 0))

    def _index(self, place: int) -> int:
        found = pdfium.FPDFText_GetCharIndexFromTextIndex(self.text, place)
        return int(found) if found >= 0 else place


def marks_of(words: str, number: int, letters: Letters, view: Any) -> tuple[Mark, ...]:
    """The numbers near the edges of page ``number``, in the order in which they are drawn."""
    found = list(NUMBER.finditer(words))
    if len(found) > 2 * ENDS:
        middle = [match for match in found[ENDS:-ENDS] if int(match[2]) == number][:EQUALS]
        found = [*found[:ENDS], *middle, *found[-ENDS:]]
    marks = []
    for match in found:
        zone = zone_of(letters.box(match.end(2) - 1, match.end(2)), letters.display)
        if zone is None:
            continue
        start, end = _drawn_last(match, letters)
        prefix = (match[1] or "").upper() if start == match.start(2) else ""
        marks.append(
            Mark(
                prefix="" if prefix.lower().strip(".") in PAGE_WORDS else prefix,
                digits=words[start:end],
                start=match.start(),
                end=match.end(),
                box=(box := letters.box(start, end)),
                zone=zone,
                turn=letters.turn(start),
                crowded=letters.within(box, view) > len(match[0]) + 2,
            )
        )
    return tuple(marks)


def _drawn_last(match: re.Match[str], letters: Letters) -> tuple[int, int]:
    """The digits of the last number in a match: an old number under a new one reads as one run of digits."""
    start, end = match.span(2)
    if end - start < 2:
        return start, end
    lefts = [letters.box(place, place + 1) for place in range(start, end)]
    if letters.turn(start):
        return start, end
    for nth in range(len(lefts) - 1, 0, -1):
        if lefts[nth][0] < lefts[nth - 1][0] + 0.5:
            return start + nth, end
    return start, end


def zone_of(box: tuple[float, float, float, float], display: Display) -> str | None:
    """Where on the page a box stands, or None for its middle."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    edge = max(EDGE * display.height, EDGE_LEAST)
    if up < edge:
        row = "bottom"
    elif up > display.height - edge:
        row = "top"
    else:
        return None
    if across > min((1 - SIDE) * display.width, display.width - EDGE_LEAST):
        return f"{row} right"
    return f"{row} left" if across < SIDE * display.width else f"{row} centre"
