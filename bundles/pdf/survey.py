"""What is drawn along the edges of a document's pages, and how fine its images are."""

import base64
from dataclasses import asdict, dataclass
from typing import Any

BAND = 96
"""Height of the strips that are looked at, in points of a page whose short side is that of A4 or less."""


NEARLY = 0.99
"""Images this near to the finest that is allowed stay as they are."""


@dataclass(frozen=True)
class Coarser:
    """How many images were made coarser, and the bytes of the file that holds them now."""

    images: int
    size: int


@dataclass(frozen=True)
class Picture:
    """An image as placed on a page: its pixels, and the inches that they cover."""

    width: int
    height: int
    across: float
    down: float


@dataclass(frozen=True)
class PageSurvey:
    """One page as displayed.

    Args:
        across: cells in each row of the two strips; a cell is as high as it is wide.
        bottom: one bit a cell, set where something is drawn: rows from the top, each padded to whole
            bytes, the leftmost cell first; empty where nothing is drawn at all. Likewise ``top``.
        pictures: the page's larger images.
        unseen: whether a scan lies on the strips of which only the recognised text was looked at.
        broken: whether one of the larger images is deflated and not all there.
    """

    across: int
    bottom: bytes = b""
    top: bytes = b""
    pictures: tuple[Picture, ...] = ()
    unseen: bool = False
    broken: bool = False


def too_fine(page: PageSurvey, dpi: int) -> dict[tuple[int, int], float]:
    """The part of its size that each image finer than ``dpi`` keeps, by its pixels.

    An image that is shown in two sizes goes by the larger.
    """
    parts: dict[tuple[int, int], float] = {}
    for picture in page.pictures:
        if picture.across <= 0 or picture.down <= 0:
            continue
        has = max(picture.width / picture.across, picture.height / picture.down)
        size = (picture.width, picture.height)
        parts[size] = max(parts.get(size, 0.0), dpi / has)
    return {size: part for size, part in parts.items() if part < NEARLY}


def as_json(pages: tuple[PageSurvey, ...]) -> list[dict[str, Any]]:
    """The pages as plain values."""
    return [
        {
            "across": page.across,
            "bottom": base64.b64encode(page.bottom).decode(),
            "top": base64.b64encode(page.top).decode(),
            "pictures": [asdict(picture) for picture in page.pictures],
            "unseen": page.unseen,
            "broken": page.broken,
        }
        for page in pages
    ]


def from_json(pages: list[dict[str, Any]]) -> tuple[PageSurvey, ...]:
    """The pages from plain values."""
    return tuple(
        PageSurvey(
            page["across"],
            base64.b64decode(page["bottom"]),
            base64.b64decode(page["top"]),
            tuple(Picture(**picture) for picture in page["pictures"]),
            page["unseen"],
            page["broken"],
        )
        for page in pages
    )
