"""A page as a reader sees it: cropped, turned and scaled, with the origin at the bottom left."""

from dataclasses import dataclass
from typing import Any

import pikepdf

LETTER = (0.0, 0.0, 612.0, 792.0)
MAX_DEPTH = 50


@dataclass(frozen=True)
class View:
    """Maps between what is displayed and the page's own user space.

    Args:
        x0: left edge of the visible box in user space; likewise ``y0``, ``x1``, ``y1``.
        rotate: clockwise turn for display: 0, 90, 180 or 270 degrees.
        unit: points per user-space unit.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    rotate: int
    unit: float

    @property
    def width(self) -> float:
        """Displayed width in points."""
        return self.unit * (self.y1 - self.y0 if self.rotate in (90, 270) else self.x1 - self.x0)

    @property
    def height(self) -> float:
        """Displayed height in points."""
        return self.unit * (self.x1 - self.x0 if self.rotate in (90, 270) else self.y1 - self.y0)

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """The PDF matrix that takes displayed points to user space."""
        k = 1 / self.unit
        return {
            0: (k, 0.0, 0.0, k, self.x0, self.y0),
            90: (0.0, k, -k, 0.0, self.x1, self.y0),
            180: (-k, 0.0, 0.0, -k, self.x1, self.y1),
            270: (0.0, -k, k, 0.0, self.x0, self.y1),
        }[self.rotate]

    def to_user(self, u: float, v: float) -> tuple[float, float]:
        """The user-space point shown ``u`` points from the left and ``v`` from the bottom."""
        a, b, c, d, e, f = self.matrix
        return a * u + c * v + e, b * u + d * v + f

    def to_display(self, x: float, y: float) -> tuple[float, float]:
        """Where a user-space point is shown, in points from the left and from the bottom."""
        a, b, c, d, e, f = self.matrix
        determinant = a * d - b * c
        x, y = x - e, y - f
        return (d * x - c * y) / determinant, (a * y - b * x) / determinant


def view_of(page: pikepdf.Object) -> View:
    """How readers display the page object; broken or missing boxes count as US Letter, as they do there."""
    media = _box(inherited(page, "/MediaBox")) or LETTER
    crop = _box(inherited(page, "/CropBox")) or media
    seen = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if seen[0] >= seen[2] or seen[1] >= seen[3]:
        seen = media
    turn = _number(inherited(page, "/Rotate")) or 0.0
    unit = _number(page.get("/UserUnit")) or 1.0
    return View(*seen, rotate=round(turn / 90) * 90 % 360, unit=unit if unit > 0 else 1.0)


def inherited(page: pikepdf.Object, key: str) -> Any:
    """The page's value for ``key``, taken from its ancestors in the page tree when it has none."""
    node = page
    for _ in range(MAX_DEPTH):
        value = node.get(key)
        if value is not None:
            return value
        parent = node.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return None
        node = parent
    return None


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _box(value: Any) -> tuple[float, float, float, float] | None:
    try:
        a, b, c, d = (float(edge) for edge in value)
    except (TypeError, ValueError):
        return None
    box = (min(a, c), min(b, d), max(a, c), max(b, d))
    return box if box[0] < box[2] and box[1] < box[3] else None
