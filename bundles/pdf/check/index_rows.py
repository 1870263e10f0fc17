"""The rows of a bundle's index, found from the outside: the column of page numbers on its first pages."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from bundles.pdf.check.display import Display
from bundles.pdf.check.page_text import PageText
from bundles.pdf.check.reading import Bundle, bounded
from bundles.pdf.check.series import page_called

COLUMN_LEFT = 0.7  # part of the displayed width right of which page numbers stand
ALIGNED = 4.0  # points by which the right edges of one column may differ
COVERS = 5  # pages before the index that may have no rows
FULL = 0.8  # part of the fullest column's numbers from which a column may be the pages'
LINE = 4.0  # points above and below a row's middle that belong to its line
HEADING = re.compile(r"\b(?:index|contents|pages?)\b", re.IGNORECASE)
# A run of pages never goes on with a nought: "IL-2026-000123" is a claim number.
NUMBER = re.compile(r"(?<!\S)[A-Z]{0,3}-?(\d{1,6}[A-Z]{0,2})(?:[-–][1-9]\d{0,5})?(?!\S)")
RISING = 0.8  # part of the rows that must not go back in the file, for a column to be an index


@dataclass(frozen=True)
class Row:
    """One row.

    Args:
        page: the index page that it stands on.
        number: the page that it names, counted in this file; in a later volume less than what is printed.
        middle: its height on that page in points.
        words: the text of its line, the number included.
    """

    page: int
    number: int
    middle: float
    words: str


def index_rows(bundle: Bundle) -> tuple[Row, ...]:
    """The rows of the index in order; the index ends before the first page that it names."""
    if "index" not in bundle.kept:
        bundle.kept["index"] = _read(bundle)
    rows: tuple[Row, ...] = bundle.kept["index"]
    return rows


def _read(bundle: Bundle) -> tuple[Row, ...]:
    rows: list[Row] = []
    end = len(bundle.pages)
    for page, seen in enumerate(bundle.pages, 1):
        if page >= end or (not rows and page > COVERS):
            break
        if not rows and not HEADING.search(seen.text):
            continue
        found = _rows_of_page(bundle, page, seen)
        rising = sum(first.number <= then.number for first, then in pairwise(found))
        if not rows and rising < RISING * (len(found) - 1):
            continue
        rows += found
        end = min([end, *(row.number for row in found)])
    return tuple(rows)


def _rows_of_page(bundle: Bundle, page: int, seen: PageText) -> list[Row]:
    last = len(bundle.pages)
    loaded = pdfium.FPDF_LoadPage(bundle.document, page - 1)
    text = pdfium.FPDFText_LoadPage(loaded)
    try:
        numbers = [
            (called, *_edge(text, match.end() - 1, seen))
            for match in NUMBER.finditer(seen.text)
            if (called := page_called(bundle, match[1])) and page < called <= last
        ]
        columns = Counter(
            round(right / ALIGNED) for _, right, _ in numbers if right > COLUMN_LEFT * seen.view.width
        )
        if not columns:
            return []
        # Left of the pages may stand a column of volumes.
        full = FULL * max(columns.values())
        edge = max(column for column, count in columns.items() if count >= full) * ALIGNED
        return [
            Row(page, number, middle, _line(text, middle, seen))
            for number, right, middle in numbers
            if abs(right - edge) <= ALIGNED
        ]
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(loaded)


def _line(text: Any, middle: float, seen: PageText) -> str:
    box = (0.0, middle - LINE, seen.view.width, middle + LINE)
    return " ".join(bounded(text, box, seen.view).split())


def _edge(text: Any, place: int, seen: PageText) -> tuple[float, float]:
    """The displayed right edge and middle height of the character at ``place`` of the page's text."""
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(text, place)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index if index >= 0 else place, box)
    _, low, right, high = Display(seen.view).box(box.left, box.bottom, box.right, box.top)
    return right, (low + high) / 2
