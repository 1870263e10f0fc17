"""The order in which a person reads the lines of a page, whatever order they were drawn in."""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

Box = tuple[float, float, float, float]

_OVERLAP = 0.25  # of its height, by which a line may reach into its neighbour above or below
_GUTTER = 1.0  # points between two columns at least
_DEEPEST = 40  # cuts within cuts; only a page made to waste time asks for more

_Span = Callable[[Box], tuple[float, float]]


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """The places of the lines in ``boxes``, as they are read: a permutation of all of them.

    The page is cut along a band of white that crosses it, what is above or left comes first, and each part
    is cut again. Of the possible cuts the one is taken that splits what was drawn in one go the least, so
    columns drawn one after the other are read so, and rows of a table drawn row by row too. Where nothing
    can be cut, and on pages whose text runs up or down, the order of drawing stays.

    Args:
        boxes: left, top, right, bottom of each line in the order of drawing, from the top left corner of
            the page as displayed; a line without a place (0, 0, 0, 0) stays behind the line before it.
    """
    places = list(range(len(boxes)))
    known = _placed(boxes)
    if sum(bottom - top > right - left for left, top, right, bottom in known) * 2 > len(known):
        return places
    return _ordered(places, known)


def _placed(boxes: Sequence[Box]) -> list[Box]:
    last = next((box for box in boxes if any(box)), (0.0, 0.0, 0.0, 0.0))
    found = []
    for box in boxes:
        last = box if any(box) else last
        found.append(last)
    return found


def _ordered(lines: list[int], boxes: Sequence[Box], depth: int = 0) -> list[int]:
    if depth > _DEEPEST or all(_follows(boxes[line], boxes[after]) for line, after in pairwise(lines)):
        return lines
    rows = _cut(lines, boxes, _height, 0.0)
    columns = _cut(lines, boxes, _width, _GUTTER)
    # At the same cost what is higher comes first: an address at the right is above the letter at the left.
    best = min((cut for cut in (rows, columns) if cut), key=lambda cut: cut[0], default=None)
    if best is None:
        return lines
    return [line for part in best[1] for line in _ordered(part, boxes, depth + 1)]


def _follows(box: Box, after: Box) -> bool:
    """The second line is below the first, or beside it at the right."""
    return _height(after)[0] >= _height(box)[1] or (
        _height(after)[1] >= _height(box)[0] and after[0] >= box[2]
    )


def _height(box: Box) -> tuple[float, float]:
    _, top, _, bottom = box
    within = (bottom - top) * _OVERLAP
    return top + within, bottom - within


def _width(box: Box) -> tuple[float, float]:
    return box[0], box[2]


def _cut(
    lines: list[int], boxes: Sequence[Box], span: _Span, gap: float
) -> tuple[int, list[list[int]]] | None:
    """The cheapest cuts across one direction: how often the drawing goes over each, and the parts between."""
    strips = _strips(lines, boxes, span, gap)
    count = max(strips.values())
    if not count:
        return None
    changes = [0] * (count + 2)
    for line, after in pairwise(lines):
        low, high = sorted((strips[line], strips[after]))
        changes[low + 1] += 1
        changes[high + 1] -= 1
    crossed = list(accumulate(changes))[1 : count + 1]
    cost = min(crossed)
    part_of = [0, *accumulate(crossing == cost for crossing in crossed)]
    parts: list[list[int]] = [[] for _ in range(part_of[-1] + 1)]
    for line in lines:
        parts[part_of[strips[line]]].append(line)
    return cost, parts


def _strips(lines: list[int], boxes: Sequence[Box], span: _Span, gap: float) -> dict[int, int]:
    """The number of the strip in which each line lies, from 0; white bands divide the strips."""
    number, reach = 0, None
    strips = {}
    for low, high, line in sorted((*span(boxes[line]), line) for line in lines):
        if reach is not None and low >= reach + gap:
            number += 1
        reach = high if reach is None else max(reach, high)
        strips[line] = number
    return strips
