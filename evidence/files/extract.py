"""The text of a PDF with the place of each line, as the page is displayed."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdfium2 import raw

from core.errors import InvalidInput
from evidence.files import pdfium
from evidence.files.order import Box, reading_order

# Pdfium marks a hyphen at a line's end and characters without meaning; each becomes one plain character,
# so that offsets stay true.
_PLAIN = dict.fromkeys(range(32), " ") | {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0xA0: " ", 0x7F: " "}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its number from 1, its text, its box, and where it starts in the page's text.

    The box is left, top, right, bottom in points, from the top left corner of the page as displayed.
    ``drawn`` is its place, from 0, among the lines as the PDF draws them.
    """

    number: int
    text: str
    box: Box
    start: int
    drawn: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text: number from 1, displayed size in points, rotation in degrees clockwise, and its lines.

    The lines stand in the order in which they are read, which need not be that of drawing.
    ``text`` is the lines joined by line feeds. ``pdf`` is where it was read, for ``find_box``.
    """

    number: int
    width: float
    height: float
    rotation: int
    text: str
    lines: tuple[Line, ...]
    pdf: Path = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Frame:
    """How a page's own coordinates turn into displayed ones."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def displayed(self, left: float, bottom: float, right: float, top: float) -> Box:
        match self.rotation:
            case 90:
                box = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
            case 180:
                box = (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
            case 270:
                box = (self.top - top, self.right - right, self.top - bottom, self.right - left)
            case _:
                box = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def read_pages(pdf: Path) -> Iterator[PageText]:
    """Each page's text in order, read one page at a time."""
    with pdfium.document(pdf) as document:
        for number in range(1, len(document) + 1):
            yield _read(document, number, pdf)


def read_page(pdf: Path, number: int) -> PageText:
    """One page's text, the number counted from 1.

    Raises:
        InvalidInput: the PDF has no such page.
    """
    with pdfium.document(pdf) as document:
        if not 1 <= number <= len(document):
            raise InvalidInput(
                f"There is no page {number}.",
                remedy=f"Choose a page from 1 to {len(document)}.",
                field="page",
            )
        return _read(document, number, pdf)


def find_box(page: PageText, start: int, end: int) -> list[Box]:
    """The boxes that cover the characters from ``start`` up to ``end`` of the page's text, one a line.

    Args:
        page: a page as ``read_pages`` gave it, its PDF still in place.
        start: offset of the first character.
        end: offset after the last character.
    """
    boxes: list[Box] = []
    with pdfium.document(page.pdf) as document, pdfium.page_of(document, page.number) as opened:
        textpage = opened.get_textpage()
        try:
            frame = _frame(opened)
            starts = _raw_starts(_raw_text(textpage))
            for line in page.lines:
                low, high = max(start, line.start), min(end, line.start + len(line.text))
                if low >= high:
                    continue
                before = starts[line.drawn] + _units(line.text[: low - line.start])
                length = _units(line.text[low - line.start : high - line.start])
                if found := _boxes(textpage.raw, before, length, frame):
                    boxes.append(_around(found))
        finally:
            textpage.close()
    return boxes


def _read(document: Any, number: int, pdf: Path) -> PageText:
    with pdfium.page_of(document, number) as page:
        textpage = page.get_textpage()
        try:
            width, height = page.get_size()
            frame = _frame(page)
            lines = tuple(_lines(textpage, frame))
        finally:
            textpage.close()
    text = "\n".join(line.text for line in lines)
    return PageText(number, round(width, 2), round(height, 2), frame.rotation, text, lines, pdf)


def _lines(textpage: Any, frame: _Frame) -> Iterator[Line]:
    content = _raw_text(textpage)
    written = _split(content)
    boxes = [
        _around(_boxes(textpage.raw, first, _units(text), frame))
        for first, text in zip(_raw_starts(content), written, strict=True)
    ]
    start = 0
    for number, drawn in enumerate(reading_order(boxes), start=1):
        text = written[drawn].translate(_PLAIN).rstrip()
        yield Line(number, text, boxes[drawn], start, drawn)
        start += len(text) + 1


def _raw_text(textpage: Any) -> bytes:
    """Pdfium's text of the page, in UTF-16 little-endian."""
    count = raw.FPDFText_CountChars(textpage.raw)
    if count <= 0:
        return b""
    # A character can take two units, and the text ends with a zero.
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    units = raw.FPDFText_GetText(textpage.raw, 0, count, buffer)
    return bytes(buffer)[: max(0, units - 1) * 2]


def _split(content: bytes) -> list[str]:
    text = content.decode("utf-16-le", "replace")
    return [line for line in text.split("\r\n") if line.strip()]


def _raw_starts(content: bytes) -> list[int]:
    """Where each line that holds something starts, in units of pdfium's text."""
    starts, position = [], 0
    for line in content.decode("utf-16-le", "replace").split("\r\n"):
        if line.strip():
            starts.append(position)
        position += _units(line) + 2
    return starts


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def _boxes(textpage: Any, first: int, length: int, frame: _Frame) -> list[Box]:
    """The displayed boxes of a span given in units of pdfium's text."""
    start = raw.FPDFText_GetCharIndexFromTextIndex(textpage, first)
    last = raw.FPDFText_GetCharIndexFromTextIndex(textpage, first + length - 1)
    if start < 0 or last < start:
        return []
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    boxes = []
    for index in range(raw.FPDFText_CountRects(textpage, start, last - start + 1)):
        raw.FPDFText_GetRect(textpage, index, left, top, right, bottom)
        boxes.append(frame.displayed(left.value, bottom.value, right.value, top.value))
    return boxes


def _around(boxes: list[Box]) -> Box:
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _frame(page: Any) -> _Frame:
    left, bottom, right, top = page.get_bbox()
    return _Frame(left, bottom, right, top, page.get_rotation())
