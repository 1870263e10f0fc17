"""A small grey picture of a page: scans are decoded small at once, which takes a fraction of drawing them."""

import io
from typing import Any

from PIL import Image
from pypdfium2 import raw

WIDTH = 256  # pixels across, enough for the perceptual hash to see where the words stand
WHOLE = 0.9  # part of the page, each way, that a scan covers
INVISIBLE = 3  # the text rendering mode in which recognised words lie over a scan


def picture_of(page: Any) -> Image.Image:
    """The page as displayed, 256 pixels wide, or less where it is more than four times as tall as wide."""
    across, down = page.get_size()
    scale = WIDTH / max(across, down / 4, 1.0)
    scan = _scan(page)
    if scan:
        size = (max(1, round(across * scale)), max(1, round(down * scale)))
        return _decoded(scan, page.get_rotation(), size) or _drawn(page, scale)
    return _drawn(page, scale)


def _drawn(page: Any, scale: float) -> Image.Image:
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("L")
    finally:
        bitmap.close()
    return picture


def _scan(page: Any) -> Any | None:
    """The JPEG that is all one sees of the page, or None."""
    images = []
    for thing in page.get_objects(max_depth=4):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(thing)
        elif thing.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(thing.raw) != INVISIBLE:
                return None
        elif thing.type != raw.FPDF_PAGEOBJ_FORM:
            return None
    if len(images) != 1 or images[0].container is not None or images[0].get_filters() != ["DCTDecode"]:
        return None
    a, b, c, d, e, f = images[0].get_matrix().get()
    left, bottom, right, top = page.get_bbox()
    wide, high = right - left, top - bottom
    upright = abs(b) + abs(c) < 0.01 and a >= WHOLE * wide and d >= WHOLE * high
    inside = abs(e - left) <= (1 - WHOLE) * wide and abs(f - bottom) <= (1 - WHOLE) * high
    return images[0] if upright and inside else None


def _decoded(scan: Any, rotation: int, size: tuple[int, int]) -> Image.Image | None:
    """The scan at the size of the page's picture; None for colours that need the PDF's own rules."""
    with Image.open(io.BytesIO(bytes(scan.get_data(decode_simple=False)))) as jpeg:
        if jpeg.mode not in {"L", "RGB"}:
            return None
        jpeg.draft("L", (WIDTH, WIDTH))
        return jpeg.convert("L").rotate(-rotation, expand=True).resize(size)
