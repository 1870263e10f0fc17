"""Pictures whose own mask hides something: a background that was taken away but is still stored."""

import numpy as np
import pikepdf
from pikepdf import Array, Object
from PIL import Image, ImageOps

_FAINT = 26  # of 255: a tenth, below which a point cannot be made out
_EVEN = 24  # steps of 255 within which the points under a mask are one plain colour


def hides_under_mask(image: Object) -> bool:
    """True when the points that the image's own mask hides are not all of one colour, or cannot be told."""
    soft, hard = image.get("/SMask"), image.get("/Mask")
    if image.get("/SMaskInData", 0) != 0:
        return True
    if isinstance(hard, Array):
        ranges = hard.as_list()
        return any(low != high for low, high in zip(ranges[::2], ranges[1::2], strict=False))
    if not isinstance(soft, pikepdf.Stream) and not isinstance(hard, pikepdf.Stream):
        return False
    try:
        colours = _picture(image).convert("RGB")
        opacity = (
            _picture(soft).convert("L")
            if isinstance(soft, pikepdf.Stream)
            else ImageOps.invert(_picture(hard).convert("L"))
        )
    except (pikepdf.PikepdfError, OSError, ValueError, TypeError, NotImplementedError):
        return True
    veil = np.asarray(opacity.resize(colours.size, Image.Resampling.BOX)) < _FAINT
    under = np.asarray(colours)[veil]
    return bool(under.size) and int(np.ptp(under, axis=0).max()) > _EVEN


def _picture(image: Object | None) -> Image.Image:
    return pikepdf.PdfImage(image).as_pil_image()  # type: ignore[arg-type]  # an image stream, or refused
