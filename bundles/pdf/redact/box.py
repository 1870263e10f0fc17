"""A rectangle to be blacked out, on the page as displayed."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor
from typing import Self

from core.errors import InvalidInput

Place = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page; edges are fractions, from 0 to 1, of the page as displayed, from its top left.

    Args:
        page: the page's number, from 1.
        left: the left edge; likewise ``top``, ``right`` and ``bottom``.
        label: a few words shown in white on the black, such as ``Privilege``; may be empty.

    Raises:
        InvalidInput: the rectangle is empty or leaves the page.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    label: str = ""

    def __post_init__(self) -> None:
        if self.page < 1 or not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise InvalidInput(
                f"The rectangle on page {self.page} is empty or leaves the page.",
                remedy="Draw it inside the page, from its top left corner to its bottom right one.",
                field="boxes",
            )

    @classmethod
    def in_points(cls, page: int, place: Place, size: tuple[float, float], label: str = "") -> Self:
        """The same for edges in points on a displayed page of ``size`` points (width, height)."""
        width, height = size
        left, top, right, bottom = place
        return cls(page, left / width, top / height, right / width, bottom / height, label)

    @property
    def place(self) -> Place:
        """Left, top, right, bottom as fractions."""
        return (self.left, self.top, self.right, self.bottom)

    def holds(self, x: float, y: float) -> bool:
        """True when the point, in fractions of the page, lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right, bottom on a picture of the page, rounded outwards; the last two excluded."""
        return (
            floor(self.left * width),
            floor(self.top * height),
            ceil(self.right * width),
            ceil(self.bottom * height),
        )


def by_page(boxes: Iterable[Box]) -> dict[int, list[Box]]:
    """The boxes of each page that has any, pages in order."""
    pages: dict[int, list[Box]] = {}
    for box in sorted(boxes, key=lambda box: (box.page, box.top, box.left)):
        pages.setdefault(box.page, []).append(box)
    return pages
