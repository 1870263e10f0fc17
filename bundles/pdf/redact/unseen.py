"""Pages that hold what cannot be seen: text under a picture, off the edge or in the page's own colour."""

from typing import Any

import numpy as np
import pikepdf
from PIL import Image

from bundles.pdf.geometry import inherited, view_of
from bundles.pdf.redact.words import Word

_CONTRAST = 24  # steps of 255 between the darkest and the brightest point of a word that can be seen
_MARGIN = 1.0  # points by which a crop may differ from the whole page without hiding anything


def unseen_words(words: list[Word], picture: Image.Image) -> int:
    """How many words of two letters or more leave no trace where they stand on the page's picture."""
    samples = np.asarray(picture.convert("L"))
    return sum(len(word.text) > 1 and not _shows(word, samples) for word in words)


def is_cropped(page: pikepdf.Object) -> bool:
    """True when the visible part of the page leaves out an edge that may hold something."""
    seen = view_of(page)
    media = inherited(page, "/MediaBox")
    if not isinstance(media, pikepdf.Array) or len(media) != 4:
        return False
    left, right = sorted((float(media[0]), float(media[2])))
    low, high = sorted((float(media[1]), float(media[3])))
    return max(seen.x0 - left, seen.y0 - low, right - seen.x1, high - seen.y1) > _MARGIN


def _shows(word: Word, samples: Any) -> bool:
    height, width = samples.shape
    left, top, right, bottom = word.place
    part = samples[
        max(0, int(top * height) - 1) : max(0, int(bottom * height) + 2),
        max(0, int(left * width) - 1) : max(0, int(right * width) + 2),
    ]
    return bool(part.size) and int(part.max()) - int(part.min()) >= _CONTRAST
