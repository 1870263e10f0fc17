"""Proof that nothing else changed: each page of the copy looks as it did, outside its boxes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from bundles.pdf.geometry import View
from bundles.pdf.redact.box import Box
from bundles.pdf.redact.picture import BLACK, draw, fill
from evidence.files import pdfium

_DPI = 72.0
_COARSE = 4  # points to a side of the squares that are compared, so that sharper edges do not count
_STEP = 56  # of 255, by which a square may differ
_SHARE = 0.002  # of the squares that may differ by more: hairlines fall on either side of a pixel


def changed_pages(
    source: Path, draft: Path, views: Sequence[View], boxes: Mapping[int, Sequence[Box]]
) -> list[int]:
    """The numbers, from 1, of pages whose copy looks different outside the boxes.

    Args:
        source: the original.
        draft: its copy, of as many pages.
        views: how the pages are displayed.
        boxes: the boxes of each page that has any.
    """
    changed = []
    with pdfium.document(source) as old, pdfium.document(draft) as new:
        with pdfium.LOCK:
            old.init_forms()
        for number, view in enumerate(views, 1):
            pictures = []
            for document in (old, new):
                with pdfium.page_of(document, number) as page:
                    picture = draw(page, dpi=_DPI, size=(view.width, view.height))
                pictures.append(_coarse(fill(picture, boxes.get(number, ()), BLACK)))
            if not _alike(*pictures):
                changed.append(number)
    return changed


def _coarse(picture: Image.Image) -> Image.Image:
    size = (max(1, picture.width // _COARSE), max(1, picture.height // _COARSE))
    return picture.convert("RGB").resize(size, Image.Resampling.BOX)


def _alike(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    steps = np.abs(np.asarray(one).astype(int) - np.asarray(other)).max(axis=2)
    return bool((steps > _STEP).mean() <= _SHARE)
