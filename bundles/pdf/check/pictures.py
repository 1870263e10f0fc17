"""The pictures on a page: how much of it they cover and how fine they are."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from bundles.pdf.geometry import View

OBJECTS = 3_000  # drawn things looked at on one page
DEPTH = 8  # forms within forms
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# A logo may be finer than any scan and costs next to nothing; a picture of a page has more dots than these.
FEW_DOTS = 250_000


@dataclass(frozen=True, slots=True)
class Pictures:
    """What pictures a page shows.

    Args:
        cover: part of the page that they cover, 0 to 1.
        dpi: dots per inch of the finest large one as placed; 0 for none.
        coarse: the same of the coarsest large one.
        whole: whether every drawn thing on the page was looked at.
    """

    cover: float = 0.0
    dpi: float = 0.0
    coarse: float = 0.0
    whole: bool = True


def pictures_of(page: Any, view: View) -> Pictures:
    """The pictures on the loaded page."""
    area = (view.x1 - view.x0) * (view.y1 - view.y0)
    covered, finest, coarsest = 0.0, 0.0, math.inf
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    seen = _Seen()
    for thing, matrix in _placed(_on_page(page), PLAIN, 0, seen):
        covered += _shown(matrix, view)
        pdfium.FPDFImageObj_GetImagePixelSize(thing, wide, high)
        inches = [view.unit * math.hypot(*side) / 72 for side in (matrix[0:2], matrix[2:4])]
        if wide.value * high.value >= FEW_DOTS and min(inches) > 0:
            dpi = max(wide.value / inches[0], high.value / inches[1])
            finest, coarsest = max(finest, dpi), min(coarsest, dpi)
    return Pictures(
        min(1.0, covered / area),
        finest,
        0.0 if math.isinf(coarsest) else coarsest,
        seen.things <= OBJECTS,
    )


class _Seen:
    """How many drawn things were looked at so far."""

    things = 0


def _on_page(page: Any) -> Iterator[Any]:
    get = pdfium.FPDFPage_GetObject
    return (get(page, nth) for nth in range(pdfium.FPDFPage_CountObjects(page)))


def _placed(things: Iterator[Any], outer: Matrix, depth: int, seen: _Seen) -> Iterator[tuple[Any, Matrix]]:
    """Every picture with the matrix that places it, those in forms too, up to the limit of things."""
    kind_of, image, form = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
    for thing in things:
        seen.things += 1
        if seen.things > OBJECTS:
            return
        kind = kind_of(thing)
        if kind == image:
            yield thing, _times(_matrix(thing), outer)
        elif kind == form and depth < DEPTH:
            within = pdfium.FPDFFormObj_CountObjects(thing)
            inner = (pdfium.FPDFFormObj_GetObject(thing, nth) for nth in range(within))
            yield from _placed(inner, _times(_matrix(thing), outer), depth + 1, seen)


def _matrix(thing: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _shown(matrix: Matrix, view: View) -> float:
    """The visible area of a placed picture, in user space."""
    a, b, c, d, e, f = matrix
    across, up = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    wide = min(max(across), view.x1) - max(min(across), view.x0)
    high = min(max(up), view.y1) - max(min(up), view.y0)
    return max(0.0, wide) * max(0.0, high)
