"""A page as a picture, boxed in black, and the picture as an object of a PDF."""

import io
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Name, Pdf, Stream
from PIL import Image

from bundles.pdf.redact.box import Box

_MOST_PIXELS = 40_000_000
BLACK, WHITE = 0, 255
_COLOURED = 12  # steps of 255 between a pixel's channels from which the page counts as coloured
_LOSSLESS = 1_500_000  # bytes up to which a picture is kept exact
_QUALITY = 90


def draw(page: Any, *, dpi: float, size: tuple[float, float]) -> Image.Image:
    """An opened pdfium page as displayed, grey unless coloured; the caller holds pdfium's lock.

    Args:
        page: drawn with its annotations and filled-in fields.
        dpi: pixels an inch, fewer on a page so large that it would exceed 40 million pixels.
        size: displayed width and height in points; pdfium itself ignores ``UserUnit``.
    """
    width, height = size
    scale = min(dpi / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale * width / page.get_width(), may_draw_forms=True, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    return picture if _is_coloured(picture) else picture.convert("L")


def fill(picture: Image.Image, boxes: Iterable[Box], shade: int) -> Image.Image:
    """A copy of the picture in which every pixel that a box touches has the shade, from 0 to 255."""
    boxed = picture.copy()
    for box in boxes:
        left, top, right, bottom = box.pixels(*boxed.size)
        boxed.paste(shade if boxed.mode == "L" else (shade, shade, shade), (left, top, right, bottom))
    return boxed


def embed(pdf: Pdf, picture: Image.Image) -> Stream:
    """The picture as an image of the PDF: exact where that is small, otherwise a JPEG of high quality."""
    content, coding = zlib.compress(picture.tobytes(), 6), Name.FlateDecode
    if len(content) > _LOSSLESS:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
        content, coding = min(
            (content, coding), (buffer.getvalue(), Name.DCTDecode), key=lambda it: len(it[0])
        )
    return pikepdf.Stream(
        pdf,
        content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=coding,
    )


def brightest(picture: Image.Image, box: Box) -> int:
    """The brightest sample, of 255, among the pixels that the box touches."""
    left, top, right, bottom = box.pixels(*picture.size)
    return int(np.asarray(picture)[top:bottom, left:right].max(initial=0))


def _is_coloured(picture: Image.Image) -> bool:
    samples = np.asarray(
        picture.resize((max(1, picture.width // 4), max(1, picture.height // 4)), Image.Resampling.BOX)
    )
    return bool((samples.max(axis=2).astype(int) - samples.min(axis=2)).max(initial=0) > _COLOURED)
