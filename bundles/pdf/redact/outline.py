"""Outlines that clip what a page draws, and whether something reaches beyond them."""

from collections.abc import Sequence

from pikepdf import Matrix

Point = tuple[float, float]
Outline = tuple[Point, ...]
"""Corners in order; it encloses no place when there are fewer than three."""

NOWHERE: Outline = ()
_CORNERS = 4


class PathInHand:
    """The path that the page is drawing: whether it is one plain outline, and which.

    ``clips`` is true when what follows is clipped to it.
    """

    def __init__(self) -> None:
        self.clips = False
        self._parts: list[list[Point]] = []
        self._curved = False

    def move(self, matrix: Matrix, numbers: Sequence[float]) -> None:
        """A new part starts at the point ``numbers``."""
        x, y = numbers
        self._parts.append([matrix.transform((x, y))])

    def line(self, matrix: Matrix, numbers: Sequence[float]) -> None:
        """The last part goes on straight to the point ``numbers``."""
        x, y = numbers
        self._parts[-1].append(matrix.transform((x, y)))

    def curve(self, _matrix: Matrix, _numbers: Sequence[float]) -> None:
        """The path is no plain outline any more."""
        self._curved = True

    def rectangle(self, matrix: Matrix, numbers: Sequence[float]) -> None:
        """A part is the rectangle of these left and lower edges, width and height."""
        x, y, width, height = numbers
        self._parts.append(list(rectangle(matrix, (x, y, x + width, y + height))))

    def clip(self, _matrix: Matrix, _numbers: Sequence[float]) -> None:
        """The path clips what is drawn after it."""
        self.clips = True

    def outline(self) -> Outline:
        """The one convex part of up to four corners; NOWHERE for all that is harder to judge."""
        parts = [part for part in self._parts if len(part) > 1]
        if self._curved or len(parts) != 1:
            return NOWHERE
        part = [point for at, point in enumerate(parts[0]) if point != parts[0][at - 1]]
        # With more corners a path can wind twice around the same place, which then may be left out.
        return tuple(part) if len(part) <= _CORNERS and _convex(part) else NOWHERE


def rectangle(matrix: Matrix, edges: Sequence[float]) -> Outline:
    """The corners of the rectangle of these left, lower, right and upper edges, in their order around it."""
    left, low, right, high = edges
    corners = ((left, low), (right, low), (right, high), (left, high))
    return tuple(matrix.transform(corner) for corner in corners)


def reaches_beyond(shape: Outline, clip: Outline, margin: float) -> bool:
    """True when a corner of the shape is outside the convex clip by more than ``margin``."""
    turn = _area(clip)
    if not turn:
        return True
    for at, end in enumerate(clip):
        start = clip[at - 1]
        length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
        inward = 1 if turn > 0 else -1
        if any(length and inward * _cross(start, end, corner) / length < -margin for corner in shape):
            return True
    return False


def _convex(corners: Sequence[Point]) -> bool:
    turns = [_cross(corners[at - 2], corners[at - 1], corner) for at, corner in enumerate(corners)]
    return min(turns, default=0.0) >= 0 or max(turns) <= 0


def _area(corners: Sequence[Point]) -> float:
    return sum(
        corners[at - 1][0] * corner[1] - corner[0] * corners[at - 1][1] for at, corner in enumerate(corners)
    )


def _cross(start: Point, end: Point, point: Point) -> float:
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
