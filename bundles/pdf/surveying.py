"""Looking at a document's pages with PDFium: where there is ink, and which images there are."""

import ctypes
import io
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, UnidentifiedImageError

from bundles.pdf.survey import BAND, PageSurvey, Picture

A4_SHORT_SIDE = 595.0
CELL = 2  # points of A4
INK = 240  # a cell darker than this on white paper holds ink
SCAN_INK = 34  # a cell this much darker than a scan's own paper holds ink
SMALLEST = 40_000  # pixels of an image that is worth looking at
MOST_OBJECTS = 4000  # on one page; images behind so many others are not looked for
BATCH = 200  # pages after which PDFium is told to let go of what it has read
NESTED = 4

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def survey(path: str, password: str | None) -> tuple[PageSurvey, ...]:
    """What each page of the PDF shows along its edges, and its images; empty for an unreadable file."""
    pages: list[PageSurvey] = []
    try:
        while True:
            with pypdfium2.PdfDocument(path, password=password) as document:
                last = len(document)
                pages += [_page(document, n) for n in range(len(pages), min(len(pages) + BATCH, last))]
            if len(pages) >= last:
                return tuple(pages)
    except pypdfium2.PdfiumError:
        return ()


def _page(document: Any, index: int) -> PageSurvey:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return PageSurvey(0)
    try:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = 1 / max(1.0, min(width, height) / A4_SHORT_SIDE)
        across, high = max(CELL, math.ceil(width * scale)), max(1.0, height * scale)
        band = min(BAND, max(CELL, math.ceil(high)))
        strips = [(0.0, "top"), (high - band, "bottom")]
        pictures, scans = [], []
        for image, matrix in _images(page):
            pictures.append(_picture(image, matrix))
            if matrix == _matrix(image) and (scan := _scan(image, matrix)):
                scans.append(scan)
                pdfium.FPDFPage_RemoveObject(page, image)
        found = {}
        for start, name in strips:
            shown = _strip(page, scale, start, across, band)
            for picture, place in scans:
                scan_ink = _scan_strip(page, picture, place, (scale, start), shown.size)
                shown = ImageChops.darker(shown, scan_ink)
            found[name] = _bits(shown)
        return PageSurvey(-(-across // CELL), found["bottom"], found["top"], tuple(pictures))
    finally:
        pdfium.FPDF_ClosePage(page)


def _strip(page: Any, scale: float, start: float, across: int, band: int) -> Image.Image:
    """The page from ``start`` (down from its top) on, drawn in grey, one pixel a point of A4."""
    bitmap = pdfium.FPDFBitmap_CreateEx(across, band, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, band, 0xFFFFFFFF)
        matrix = pdfium.FS_MATRIX(scale, 0, 0, scale, 0, -start)
        clip = pdfium.FS_RECTF(0, 0, across, band)
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * band)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("L", (across, band), pixels, "raw", "L", stride, 1)


def _bits(strip: Image.Image) -> bytes:
    cells = strip.reduce(CELL).point(lambda grey: 255 if grey < INK else 0)
    return cells.convert("1").tobytes() if cells.getbbox() else b""


def _images(page: Any) -> Iterator[tuple[Any, Matrix]]:
    count = pdfium.FPDFPage_CountObjects(page)
    if count <= MOST_OBJECTS:
        things = [pdfium.FPDFPage_GetObject(page, nth) for nth in range(count)]
        yield from _images_among(things, IDENTITY, 0)


def _images_among(things: list[Any], outer: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    for thing in things:
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            wide, high = ctypes.c_uint(), ctypes.c_uint()
            pdfium.FPDFImageObj_GetImagePixelSize(thing, wide, high)
            if wide.value * high.value >= SMALLEST:
                yield thing, _within(_matrix(thing), outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < NESTED:
            inner = range(pdfium.FPDFFormObj_CountObjects(thing))
            parts = [pdfium.FPDFFormObj_GetObject(thing, nth) for nth in inner]
            yield from _images_among(parts, _within(_matrix(thing), outer), depth + 1)


def _matrix(thing: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _within(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _picture(image: Any, matrix: Matrix) -> Picture:
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(image, wide, high)
    a, b, c, d, _, _ = matrix
    return Picture(wide.value, high.value, round(math.hypot(a, b) / 72, 3), round(math.hypot(c, d) / 72, 3))


def _scan(image: Any, matrix: Matrix) -> tuple[Image.Image, Matrix] | None:
    """A JPEG decoded at a fraction of its size, several times as fast as PDFium draws it."""
    if pdfium.FPDFImageObj_GetImageFilterCount(image) != 1:
        return None
    name = ctypes.create_string_buffer(20)
    pdfium.FPDFImageObj_GetImageFilter(image, 0, name, len(name))
    if name.value != b"DCTDecode" or pdfium.FPDFPageObj_HasTransparency(image):
        return None
    length = pdfium.FPDFImageObj_GetImageDataRaw(image, None, 0)
    content = ctypes.create_string_buffer(length)
    pdfium.FPDFImageObj_GetImageDataRaw(image, content, length)
    try:
        picture = Image.open(io.BytesIO(content.raw))
        if picture.mode not in ("L", "RGB"):
            return None
        part = max(1, min(picture.size) * CELL // int(A4_SHORT_SIDE))
        picture.draft("L", (picture.width // part, picture.height // part))
        return picture.convert("L"), matrix
    except (OSError, UnidentifiedImageError, ValueError):
        return None


def _paper(picture: Image.Image) -> int:
    """The grey of a scan's own paper."""
    counts = picture.histogram()
    left = sum(counts) // 4  # at least a quarter of a page with writing on it is paper
    return next(grey for grey in range(255, -1, -1) if (left := left - counts[grey]) <= 0)


def _scan_strip(
    page: Any, picture: Image.Image, place: Matrix, view: tuple[float, float], size: tuple[int, int]
) -> Image.Image:
    """The part of a scan that lies on the strip, black where it is clearly darker than its paper."""
    scale, start = view
    x, y = ctypes.c_double(), ctypes.c_double()
    wide, high = (math.ceil(edge * 1000) for edge in (size[0] / scale, size[1] / scale))

    def to_user(u: float, v: float) -> tuple[float, float]:
        page_wide = pdfium.FPDF_GetPageWidthF(page)
        page_high = pdfium.FPDF_GetPageHeightF(page)
        pdfium.FPDF_DeviceToPage(
            page, 0, 0, round(page_wide * 1000), round(page_high * 1000), 0, round(u), round(v), x, y
        )
        return x.value, y.value

    top = start / scale * 1000
    x0, y0 = to_user(0, top)
    x1, y1 = to_user(wide, top)
    x2, y2 = to_user(0, top + high)
    to_unit = _inverse(place)
    corners = [_apply(to_unit, *point) for point in ((x0, y0), (x1, y1), (x2, y2))]
    pixels = [(u * picture.width, (1 - v) * picture.height) for u, v in corners]
    (a0, b0), (a1, b1), (a2, b2) = pixels
    across, down = size
    affine = (
        (a1 - a0) / across,
        (a2 - a0) / down,
        a0,
        (b1 - b0) / across,
        (b2 - b0) / down,
        b0,
    )
    paper = _paper(picture)
    shown = picture.transform(size, Image.Transform.AFFINE, affine, fillcolor=255)
    return shown.point(lambda grey: 255 if grey > paper - SCAN_INK else 0)


def _inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    area = a * d - b * c or 1e-9
    return (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
