"""References found in the text layer of a PDF, with the places of their characters."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from bundles.pdf.references.cited import Box, Found
from bundles.pdf.references.grammar import Match, read
from evidence.files import pdfium

# Pdfium's marks for a hyphen at a line's end and for spaces; one character each, so that offsets stay true.
_PLAIN = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0xA0: " ", 0x00: " ", 0x2011: "-"}


def find(pdf_path: Path, password: str | None = None) -> list[Found]:
    """Every reference in the document's text, in the order of its pages.

    References that run over a page's end are not seen; those over a line's end are.

    Args:
        pdf_path: the document.
        password: opens it where it is locked.

    Raises:
        PdfiumError: pdfium cannot open the file.
    """
    found: list[Found] = []
    with _opened(pdf_path, password) as document:
        for number in range(1, len(document) + 1):
            with pdfium.page_of(document, number) as page:
                found += _on_page(page, number)
    return found


@contextmanager
def _opened(pdf_path: Path, password: str | None) -> Iterator[Any]:
    with pdfium.LOCK:
        document = pypdfium2.PdfDocument(pdf_path, password=password)
    try:
        yield document
    finally:
        with pdfium.LOCK:
            document.close()


def _on_page(page: Any, number: int) -> Iterator[Found]:
    textpage = page.get_textpage()
    try:
        text = _text(textpage.raw)
        for match in read(text):
            yield Found(
                _on_one_line(text[match.start : match.end]),
                number,
                _boxes(textpage.raw, text, match),
                match.cited,
            )
    finally:
        textpage.close()


def _on_one_line(words: str) -> str:
    """The words as written, without a line's end; one after a stroke or a hyphen is no space either."""
    return " ".join(re.sub(r"(?<=[/-])\s*\n\s*", "", words).split())


def _text(textpage: Any) -> str:
    count = raw.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (
        ctypes.c_ushort * (2 * count + 1)
    )()  # a character can take two units; the text ends with a zero
    units = raw.FPDFText_GetText(textpage, 0, count, buffer)
    return bytes(buffer)[: max(0, units - 1) * 2].decode("utf-16-le", "replace").translate(_PLAIN)


def _boxes(textpage: Any, text: str, match: Match) -> tuple[Box, ...]:
    """One box for each line that the reference stands on."""
    boxes: list[Box] = []
    position = match.start
    for line in text[match.start : match.end].splitlines(keepends=True):
        written = line.strip()
        if written:
            start = position + line.index(written)
            boxes += _line_box(textpage, _units(text[:start]), _units(written))
        position += len(line)
    return tuple(boxes)


def _line_box(textpage: Any, start: int, length: int) -> Iterator[Box]:
    first = raw.FPDFText_GetCharIndexFromTextIndex(textpage, start)
    last = raw.FPDFText_GetCharIndexFromTextIndex(textpage, start + length - 1)
    if first < 0 or last < first:
        return
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    rectangles = []
    for index in range(raw.FPDFText_CountRects(textpage, first, last - first + 1)):
        raw.FPDFText_GetRect(textpage, index, left, top, right, bottom)
        rectangles.append((left.value, bottom.value, right.value, top.value))
    if rectangles:
        lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
        yield (round(min(lefts), 2), round(min(bottoms), 2), round(max(rights), 2), round(max(tops), 2))


def _units(text: str) -> int:
    """Length in UTF-16 units, in which pdfium counts."""
    return len(text) + sum(character > "\uffff" for character in text)
