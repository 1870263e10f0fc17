"""The rows of a bundle's index, found from the outside: the column of page numbers on its first pages."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from bundles.pdf.check.page_text import PageText
from bundles.pdf.check.reading import Bundle

COLUMN_LEFT = 0.7  # part of the displayed width right of which page numbers stand
ALIGNED = 4.0  # points by which the right edges of one column may differ
COVERS = 5  # pages before the index that may have no rows


@dataclass(frozen=True)
class Row:
    """One row: the index page it stands on, its printed page number, and its height on the page in points."""

    page: int
    number: int
    middle: float


def index_rows(bundle: Bundle) -> tuple[Row, ...]:
    """The rows of the index in order; the index ends before the first page that it names."""
    rows: list[Row] = []
    end = len(bundle.pages)
    for page, seen in enumerate(bundle.pages, 1):
        if page >= end or (not rows and page > COVERS):
            break
        found = _rows_of_page(bundle, page, seen)
        rows += found
        end = min([end, *(row.number for row in found)])
    return tuple(rows)


def _rows_of_page(bundle: Bundle, page: int, seen: PageText) -> list[Row]:
    last = len(bundle.pages)
    numbers = []
    for word, right, middle in _words(bundle.document, page - 1, seen):
        first = word.replace("–", "-").split("-")[0]
        if first.isascii() and first.isdigit() and page < int(first) <= last:
            numbers.append((int(first), right, middle))
    columns = Counter(round(right / ALIGNED) for _, right, _ in numbers)
    if not columns:
        return []
    edge = columns.most_common(1)[0][0] * ALIGNED
    return [Row(page, number, middle) for number, right, middle in numbers if abs(right - edge) <= ALIGNED]


def _words(document: Any, index: int, seen: PageText) -> list[tuple[str, float, float]]:
    """Each word on the right of the page with its displayed right edge and middle height."""
    page = pdfium.FPDF_LoadPage(document, index)
    text = pdfium.FPDFText_LoadPage(page)
    words: list[tuple[str, float, float]] = []
    letters, right, middle = "", 0.0, 0.0
    try:
        for char in range(seen.stamp_start):
            letter = chr(pdfium.FPDFText_GetUnicode(text, char))
            if letter.isspace() or letter == "\0":
                words.append((letters, right, middle))
                letters = ""
                continue
            letters += letter
            right, middle = _edge(text, char, seen)
        words.append((letters, right, middle))
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    return [word for word in words if word[0] and word[1] > COLUMN_LEFT * seen.view.width]


def _edge(text: Any, char: int, seen: PageText) -> tuple[float, float]:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, char, box)
    u0, v0 = seen.view.to_display(box.left, box.bottom)
    u1, v1 = seen.view.to_display(box.right, box.top)
    return max(u0, u1), (v0 + v1) / 2
