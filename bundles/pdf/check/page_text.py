"""One page's text as PDFium sees it: its number at the bottom right, how much else, and which way up."""

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from bundles.pdf.geometry import View

REGION_LEFT, REGION_TOP = 0.55, 0.14  # the number's region: parts of the displayed width and height
REGION_LEAST = 70.0  # points that the region measures at least each way, for slips of pages
LONGEST_STAMP = 24  # characters
SAMPLES = 40
NUMBER = re.compile(r"(?:^|\D)(\d{1,6})(?:\s*(?:of|/)\s*\d{1,6})?$")
FEW_CHARACTERS = 5


@dataclass(frozen=True)
class PageText:
    """What one page shows.

    Args:
        view: how the page is displayed.
        stamp: the number drawn last at the bottom right, or None.
        stamp_turn: degrees by which that number is turned as displayed; 0 is upright.
        stamp_start: index of its first character; all text before it is the page's own.
        characters: how many visible characters there are besides it.
        turns: how many of the sampled characters are turned by 0, 90, 180 and 270 degrees as displayed.
        image_cover: part of the page covered by images, 0 to 1; only measured where there is hardly any text.
    """

    view: View
    stamp: int | None
    stamp_turn: int
    stamp_start: int
    characters: int
    turns: Counter[int]
    image_cover: float


def read_page(document: Any, index: int, view: View) -> PageText:
    """The text facts of the page at ``index`` (from 0) of the PDFium document."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return PageText(view, None, 0, 0, 0, Counter(), 0.0)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        total = pdfium.FPDFText_CountChars(text)
        stamp, start = _stamp(text, total, view)
        characters, turns = _own_text(text, start, view)
        cover = _image_cover(page, view) if characters < FEW_CHARACTERS else 0.0
        return PageText(
            view, stamp, _turn(text, start, view) if stamp else 0, start, characters, turns, cover
        )
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _stamp(text: Any, total: int, view: View) -> tuple[int | None, int]:
    """The page number and the index of its first character.

    Numbers are put on top of finished pages, so the characters drawn last are looked at first; where they
    are elsewhere on the page, any text in the corner counts.
    """
    drawn, start, right = "", total, math.inf
    while start > 0 and total - start < LONGEST_STAMP:
        letter = chr(pdfium.FPDFText_GetUnicode(text, start - 1))
        blank = letter.isspace() or letter == "\0"
        if blank and letter in "\r\n" and drawn.strip():
            break
        if not blank:
            middle = char_centre(text, start - 1, view)
            # A character that does not stand left of the one after it belongs to a number drawn underneath.
            if not _in_corner(middle, view) or middle[0] > right - 1.0:
                break
            right = middle[0]
        drawn, start = letter + drawn, start - 1
    number = NUMBER.search(drawn.strip())
    if number:
        return int(number[1]), start + drawn.index(number[1])
    lines = _corner_text(text, view).split("\n")
    found = [match for line in lines if (match := NUMBER.search(line.strip()))]
    return (int(found[-1][1]) if found else None), total


def _in_corner(place: tuple[float, float], view: View) -> bool:
    left, top = _region(view)
    return place[0] > left and place[1] < top


def _region(view: View) -> tuple[float, float]:
    """The left and the upper edge of the corner that a page number may stand in, as displayed."""
    left = min(REGION_LEFT * view.width, view.width - REGION_LEAST)
    return left, max(REGION_TOP * view.height, REGION_LEAST)


def char_centre(text: Any, index: int, view: View) -> tuple[float, float]:
    """Where a character is displayed, in points."""
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(text, index, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    return view.to_display((left + right) / 2, (bottom + top) / 2)


def _corner_text(text: Any, view: View) -> str:
    left, top = _region(view)
    x0, y0 = view.to_user(left, 0)
    x1, y1 = view.to_user(view.width, top)
    box = (min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1))
    length = pdfium.FPDFText_GetBoundedText(text, *box, None, 0)
    buffer = (ctypes.c_ushort * (length + 1))()
    pdfium.FPDFText_GetBoundedText(text, *box, buffer, length)
    return bytes(buffer)[: 2 * length].decode("utf-16-le", errors="replace").strip("\0")


def _own_text(text: Any, end: int, view: View) -> tuple[int, Counter[int]]:
    """How many visible characters come before ``end``, and which way up a sample of them is."""
    step = max(1, end // SAMPLES)
    turns: Counter[int] = Counter()
    visible = 0
    for index in range(0, end, step):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code > ord(" ") and code != 0xA0:
            visible += 1
            turns[_turn(text, index, view)] += 1
    return visible * step, turns


def _turn(text: Any, index: int, view: View) -> int:
    """Degrees, to the nearest quarter, by which a character is turned anticlockwise as displayed."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    return round((math.degrees(math.atan2(matrix.b, matrix.a)) - view.rotate) / 90) * 90 % 360


def _image_cover(page: Any, view: View) -> float:
    area = (view.x1 - view.x0) * (view.y1 - view.y0)
    covered = 0.0
    edges = [ctypes.c_float() for _ in range(4)]
    for nth in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, nth)
        if not _holds_image(thing):
            continue
        pdfium.FPDFPageObj_GetBounds(thing, *edges)
        left, bottom, right, top = (edge.value for edge in edges)
        wide = min(right, view.x1) - max(left, view.x0)
        high = min(top, view.y1) - max(bottom, view.y0)
        covered += max(0.0, wide) * max(0.0, high)
    return min(1.0, covered / area)


def _holds_image(thing: Any) -> bool:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        inner = range(pdfium.FPDFFormObj_CountObjects(thing))
        return any(_holds_image(pdfium.FPDFFormObj_GetObject(thing, nth)) for nth in inner)
    return bool(kind == pdfium.FPDF_PAGEOBJ_IMAGE)
