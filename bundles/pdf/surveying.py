"""Looking at a document's pages with PDFium: where there is ink, and which images there are."""

import ctypes
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw, UnidentifiedImageError

from bundles.pdf.deflated import unpacks
from bundles.pdf.survey import BAND, PageSurvey, Picture

A4_SHORT_SIDE = 595.0
CELL = 2  # points of A4
INK = 240  # a cell darker than this on white paper holds ink
DARK = [255 if grey < INK else 0 for grey in range(256)]
SCAN_INK = 34  # a cell this much darker than a scan's own paper holds ink
SMALLEST = 40_000  # pixels of an image that is worth looking at
MOST_OBJECTS = 4000  # on one page; images behind so many others are not looked for
BATCH = 200  # pages after which PDFium is told to let go of what it has read
NESTED = 4
COVERS = 0.5  # of the page that an image covers which is the page itself
FAR, FINE = 1000, 1000  # points that are mapped to find a page's turn, and parts of a pixel

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def survey(path: str, password: str | None, *, pixels: bool = False) -> tuple[PageSurvey, ...]:
    """What each page of the PDF shows along its edges, and its images; empty for an unreadable file.

    Args:
        path: the PDF.
        password: opens it where it is locked.
        pixels: whether a scan with recognised text is decoded too, which takes a few milliseconds a page;
            otherwise its text says where there is writing. A scan without text is always decoded.
    """
    pages: list[PageSurvey] = []
    try:
        while True:
            with pypdfium2.PdfDocument(path, password=password) as document:
                last = len(document)
                batch = range(len(pages), min(len(pages) + BATCH, last))
                pages += [_page(document, number, pixels) for number in batch]
            if len(pages) >= last:
                return tuple(pages)
    except pypdfium2.PdfiumError:
        return ()


def _page(document: Any, index: int, pixels: bool) -> PageSurvey:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return PageSurvey(0)
    try:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = 1 / max(1.0, min(width, height) / A4_SHORT_SIDE)
        across, high = max(CELL, math.ceil(width * scale)), max(1.0, height * scale)
        band = min(BAND, max(CELL, math.ceil(high)))
        found = _things(page)
        pictures = tuple(_picture(image, matrix) for image, matrix in found.images)
        broken = any(_breaks_off(image) for image, _ in found.images)
        scans = [image for image, matrix in found.images if matrix == _matrix(image)]
        on_page = _on_page(page, scale) if scans else IDENTITY
        words = found.words if scans and not pixels else []
        decoded: list[tuple[Image.Image, Matrix]] = []
        for image in scans:
            if words and _covers(image, width * height):
                pdfium.FPDFPage_RemoveObject(page, image)
            elif scan := _scan(image):
                decoded.append((scan, _matrix(image)))
                pdfium.FPDFPage_RemoveObject(page, image)
        unseen = bool(words) and any(_covers(image, width * height) for image in scans)
        strips = []
        for start in (high - band, 0.0):
            shown = _strip(page, scale, start, across, band)
            for scan, place in decoded:
                shown = ImageChops.darker(
                    shown, _scan_strip(scan, _within(place, on_page), start, shown.size)
                )
            if unseen:
                _write_words(shown, words, on_page, start)
            strips.append(_bits(shown))
        return PageSurvey(-(-across // CELL), strips[0], strips[1], pictures, unseen, broken)
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
    cells = strip.reduce(CELL).point(DARK, "1")
    return cells.tobytes() if cells.getbbox() else b""


@dataclass
class _Things:
    """What lies on a page: its larger images as placed, and its text objects where there is an image."""

    images: list[tuple[Any, Matrix]]
    words: list[Any]


def _things(page: Any) -> _Things:
    count = pdfium.FPDFPage_CountObjects(page)
    if count > MOST_OBJECTS:
        return _Things([], [])
    things = [pdfium.FPDFPage_GetObject(page, nth) for nth in range(count)]
    kinds = [pdfium.FPDFPageObj_GetType(thing) for thing in things]
    special = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    marked = [thing for thing, kind in zip(things, kinds, strict=True) if kind in special]
    images = list(_images_among(marked, IDENTITY, 0))
    text = pdfium.FPDF_PAGEOBJ_TEXT
    words = [thing for thing, kind in zip(things, kinds, strict=True) if kind == text] if images else []
    return _Things(images, words)


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


def _covers(image: Any, area: float) -> bool:
    """Whether the image is the page itself, as a scan is."""
    a, b, c, d, _, _ = _matrix(image)
    return abs(a * d - b * c) > COVERS * area


def _write_words(strip: Image.Image, words: list[Any], on_page: Matrix, start: float) -> None:
    """Black boxes on the strip where text was recognised."""
    pen = ImageDraw.Draw(strip)
    edges = [ctypes.c_float() for _ in range(4)]
    for word in words:
        pdfium.FPDFPageObj_GetBounds(word, *edges)
        left, bottom, right, top = (edge.value for edge in edges)
        (x0, y0), (x1, y1) = _apply(on_page, left, bottom), _apply(on_page, right, top)
        box = (min(x0, x1), min(y0, y1) - start, max(x0, x1), max(y0, y1) - start)
        if box[3] > 0 and box[1] < strip.height:
            pen.rectangle(box, fill=0)


def _on_page(page: Any, scale: float) -> Matrix:
    """From the page's own space to pixels from its displayed top left corner."""
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x, y = ctypes.c_int(), ctypes.c_int()
    points = []
    for u, v in ((0, 0), (FAR, 0), (0, FAR)):
        pdfium.FPDF_PageToDevice(page, 0, 0, round(wide * FINE), round(high * FINE), 0, u, v, x, y)
        points.append((x.value / FINE * scale, y.value / FINE * scale))
    (e, f), (a, b), (c, d) = points
    return ((a - e) / FAR, (b - f) / FAR, (c - e) / FAR, (d - f) / FAR, e, f)


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


def _breaks_off(image: Any) -> bool:
    """Whether the image is deflated and not all there; JPEG shows its end without being unpacked."""
    return _filters(image) == ["FlateDecode"] and not unpacks(_raw(image))


def _filters(image: Any) -> list[str]:
    """How the image is packed, the outermost way first."""
    name = ctypes.create_string_buffer(20)
    found = []
    for nth in range(pdfium.FPDFImageObj_GetImageFilterCount(image)):
        pdfium.FPDFImageObj_GetImageFilter(image, nth, name, len(name))
        found.append(name.value.decode("ascii", "replace"))
    return found


def _raw(image: Any) -> bytes:
    length = pdfium.FPDFImageObj_GetImageDataRaw(image, None, 0)
    content = ctypes.create_string_buffer(length)
    pdfium.FPDFImageObj_GetImageDataRaw(image, content, length)
    return content.raw


def _scan(image: Any) -> Image.Image | None:
    """A JPEG decoded at a fraction of its size, several times as fast as PDFium draws it."""
    if _filters(image) != ["DCTDecode"] or pdfium.FPDFPageObj_HasTransparency(image):
        return None
    try:
        picture = Image.open(io.BytesIO(_raw(image)))
        if picture.mode not in ("L", "RGB"):
            return None
        part = max(1, min(picture.size) * CELL // int(A4_SHORT_SIDE))
        picture.draft("L", (picture.width // part, picture.height // part))
        return picture.convert("L")
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
        return None


def _paper(picture: Image.Image) -> int:
    """The grey of a scan's own paper."""
    counts = picture.histogram()
    left = sum(counts) // 4  # at least a quarter of a page with writing on it is paper
    return next(grey for grey in range(255, -1, -1) if (left := left - counts[grey]) <= 0)


def _scan_strip(picture: Image.Image, place: Matrix, start: float, size: tuple[int, int]) -> Image.Image:
    """The part of a scan that lies on the strip, black where it is clearly darker than its paper."""
    # From a pixel of the strip to the unit square of the image, whose first row is at its top.
    a, b, c, d, e, f = _inverse(place)
    wide, high = picture.size
    affine = (
        a * wide,
        c * wide,
        (c * start + e) * wide,
        -b * high,
        -d * high,
        (1 - d * start - f) * high,
    )
    paper = _paper(picture)
    shown = picture.transform(size, Image.Transform.AFFINE, affine, fillcolor=255)
    return shown.point([255 if grey > paper - SCAN_INK else 0 for grey in range(256)])


def _inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    area = a * d - b * c or 1e-9
    return (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
