"""Numbers that stand alone near a page's edges: what may be its page, Bates or exhibit number."""

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from bundles.pdf.check.display import Display
from bundles.pdf.geometry import View

EDGE, EDGE_LEAST = 0.14, 70.0  # part of the displayed height, and points at least, in which numbers stand
SIDE = 0.4  # part of the displayed width that counts as left or right
ENDS = 10  # numbers looked at from the beginning and from the end of a page's text
EQUALS = 6  # and of those that equal the page's own number
DIGITS = re.compile(r"\d{1,9}(?!\d)")
TOKEN = re.compile(
    r"[\[({-]?(?P<prefix>[a-z][a-z&]{0,11}(?:[-_.][a-z]{1,11})?)?[-_.]?(?P<digits>\d{1,9})(?:/\d{1,6})?[\])}-]?",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(?<!\S)(?:page|pg\.?|p\.)[ \xa0]$", re.IGNORECASE)
AFTER = re.compile(r"[ \xa0]of[ \xa0]\d{1,6}(?!\S)", re.IGNORECASE)
LONGEST = 40  # characters of a number with its letters
Box = tuple[float, float, float, float]
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
    box: Box
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

    def box(self, start: int, end: int) -> Box:
        """The displayed box around the characters from ``start`` up to ``end`` of one line."""
        return around(self.one(start), self.one(end - 1))

    def one(self, place: int) -> Box:
        """The displayed box of one character."""
        pdfium.FPDFText_GetCharBox(self.text, self._index(place), *self._edges)
        left, right, bottom, top = self._edges
        return self.display.box(left.value, bottom.value, right.value, top.value)

    def turn(self, place: int) -> int:
        """Degrees, to the nearest quarter, by which a character is turned anticlockwise as displayed."""
        return self.turn_of(self._index(place))

    def turn_of(self, index: int) -> int:
        """The same of a character by its index in PDFium's own count."""
        pdfium.FPDFText_GetMatrix(self.text, index, self._matrix)
        angle = math.degrees(math.atan2(self._matrix.b, self._matrix.a))
        return round((angle - self.rotate) / 90) * 90 % 360

    def within(self, box: Box, view: View) -> int:
        """How many characters stand in a displayed box, spaces included."""
        x0, y0 = view.to_user(box[0], box[1])
        x1, y1 = view.to_user(box[2], box[3])
        edges = (min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1))
        return int(pdfium.FPDFText_GetBoundedText(self.text, *edges, None, 0))

    def _index(self, place: int) -> int:
        found = pdfium.FPDFText_GetCharIndexFromTextIndex(self.text, place)
        return int(found) if found >= 0 else place


def marks_of(words: str, number: int, letters: Letters, view: View) -> tuple[Mark, ...]:
    """The numbers near the edges of page ``number``, in the order in which they are drawn."""
    found = [match.span() for match in DIGITS.finditer(words)]
    if len(found) > 2 * ENDS:
        middle = [span for span in found[ENDS:-ENDS] if int(words[span[0] : span[1]]) == number][:EQUALS]
        found = [*found[:ENDS], *middle, *found[-ENDS:]]
    marks, done = [], 0
    for first, last in found:
        if first < done:
            continue
        start, end = _token(words, first, last)
        token = TOKEN.fullmatch(words, start, end) if end - start <= LONGEST else None
        if token is None:
            continue
        done = end
        if not (int(token["digits"]) == number or _at_line_end(words, start, end)):
            continue
        zone = zone_of(letters.one(token.end("digits") - 1), letters.display)
        if zone:
            marks.append(_mark(words, token, zone, letters, view))
    return tuple(marks)


def _token(words: str, first: int, last: int) -> tuple[int, int]:
    """From where to where the number's word reaches."""
    while first > 0 and not words[first - 1].isspace():
        first -= 1
    while last < len(words) and not words[last].isspace():
        last += 1
    return first, last


def _at_line_end(words: str, start: int, end: int) -> bool:
    """Whether the word is the first or the last of its line; a number within a sentence is no stamp."""
    before, after = words[max(0, start - 5) : start], words[end : end + 4]
    return (
        not before
        or before[-1] == "\n"
        or not after
        or after[0] in "\r\n"
        or before.lower() == "page "
        or after == " of "
    )


def _mark(words: str, token: re.Match[str], zone: str, letters: Letters, view: View) -> Mark:
    start, box = _drawn_last(token, letters)
    before = BEFORE.search(words, max(0, token.start() - LONGEST), token.start())
    after = AFTER.match(words, token.end())
    prefix = (token["prefix"] or "").upper() if start == token.start("digits") else ""
    return Mark(
        prefix="" if prefix.lower().strip(".") in PAGE_WORDS else prefix,
        digits=words[start : token.end("digits")],
        start=before.start() if before else token.start(),
        end=after.end() if after else token.end(),
        box=box,
        zone=zone,
        turn=letters.turn(start),
        crowded=letters.within(box, view) > len(token[0]) + 2,
    )


def _drawn_last(token: re.Match[str], letters: Letters) -> tuple[int, Box]:
    """Where the last number in a run of digits begins, and its box.

    An old number under a new one reads as one run, in which the new one's figures step back to the left.
    """
    start, end = token.span("digits")
    boxes = [letters.one(place) for place in range(start, end)]
    if end - start > 1 and not letters.turn(start):
        for nth in range(len(boxes) - 1, 0, -1):
            if boxes[nth][0] < boxes[nth - 1][0] + 0.5:
                return start + nth, around(boxes[nth], boxes[-1])
    return start, around(boxes[0], boxes[-1])


def around(one: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def zone_of(box: Box, display: Display) -> str | None:
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
