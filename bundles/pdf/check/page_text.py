"""One page as PDFium sees it: its text, the numbers near its edges, which way up it is, its pictures."""

import ctypes
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from bundles.pdf.check.display import Display
from bundles.pdf.check.marks import Letters, Mark, marks_of
from bundles.pdf.check.pictures import Pictures, pictures_of
from bundles.pdf.geometry import View

SAMPLES = 6
FEW_CHARACTERS = 5
MOST_CHARACTERS = 100_000  # of one page's text; a page of a book has 3,000


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page shows.

    Args:
        view: how the page is displayed.
        text: its text, line by line.
        marks: the numbers near its edges.
        characters: how many visible characters there are besides those.
        turns: how many of the sampled characters are turned by 0, 90, 180 and 270 degrees as displayed.
        pictures: what pictures it shows.
        read: whether PDFium could read it at all.
    """

    view: View
    text: str = ""
    marks: tuple[Mark, ...] = ()
    characters: int = 0
    turns: Counter[int] = field(default_factory=Counter)
    pictures: Pictures = field(default_factory=Pictures)
    read: bool = True

    @property
    def own(self) -> str:
        """The text without the numbers near the edges."""
        parts, done = [], 0
        for mark in self.marks:
            parts.append(self.text[done : mark.start])
            done = max(done, mark.end)
        return "".join([*parts, self.text[done:]])


def read_page(document: Any, index: int, view: View, *, pictures: bool = True) -> PageText:
    """What the page at ``index`` (from 0) of the PDFium document shows.

    Args:
        document: the opened document.
        index: of the page.
        view: how it is displayed.
        pictures: whether it may hold any; a page with hardly any text is looked through in any case.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return PageText(view, read=False)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        words = _words(text)
        letters = Letters(text, Display(view), view.rotate)
        marks = marks_of(words, index + 1, letters, view)
        places = _own_places(words, marks)
        characters = len("".join(words.split())) - sum(
            len("".join(words[mark.start : mark.end].split())) for mark in marks
        )
        return PageText(
            view,
            words,
            marks,
            characters,
            # A sample: the neighbour of a letter is as good as the letter.
            Counter(letters.turn_of(place) for place in places),
            pictures_of(page, view) if pictures or characters < FEW_CHARACTERS else Pictures(),
        )
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _words(text: Any) -> str:
    total = min(pdfium.FPDFText_CountChars(text), MOST_CHARACTERS)
    if total <= 0:
        return ""
    buffer = (ctypes.c_ushort * (total + 1))()
    written = max(0, pdfium.FPDFText_GetText(text, 0, total, buffer) - 1)
    decoded = bytes(buffer)[: 2 * written].decode("utf-16-le", errors="replace")
    # A place in the string must be a place in PDFium's text, also where a letter takes two of its units.
    return decoded if len(decoded) == written else "".join(map(chr, buffer[:written]))


def _own_places(words: str, marks: tuple[Mark, ...]) -> list[int]:
    """Where a sample of the visible characters stands that belong to no number near an edge."""
    taken = [(mark.start, mark.end) for mark in marks]
    step = max(1, len(words) // SAMPLES)
    return [
        place
        for place in range(0, len(words), step)
        if words[place] > " " and words[place] != "\xa0" and not any(a <= place < b for a, b in taken)
    ]
