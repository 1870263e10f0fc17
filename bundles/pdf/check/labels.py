"""Page labels, read by hand: PDFium follows a circle in them until the process falls over."""

from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary

NODES = 20_000
LONGEST = 30  # letters of one label
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def labels_of(root: Any, pages: int) -> list[str]:
    """The label of each page; empty strings where the file has none."""
    ranges = sorted(_ranges(root.get("/PageLabels")), key=lambda found: found[0])
    labels = [""] * pages
    for (start, style), (end, _) in pairwise([*ranges, (pages, None)]):
        kind, prefix = str(style.get("/S", "")), str(style.get("/P", ""))
        first = style.get("/St", 1)
        first = first if isinstance(first, int) else 1
        for page in range(max(0, start), min(end, pages)):
            labels[page] = prefix + _figures(kind, first + page - start)
    return labels


def _ranges(tree: Any) -> list[tuple[int, Any]]:
    """Where each run of labels begins, and how it is written."""
    found: list[tuple[int, Any]] = []
    seen: set[tuple[int, int]] = set()
    stack = [tree]
    while stack and len(seen) < NODES:
        node = stack.pop()
        if not isinstance(node, Dictionary) or node.objgen in seen:
            continue
        if node.objgen != (0, 0):
            seen.add(node.objgen)
        kids, pairs = node.get("/Kids"), node.get("/Nums")
        if isinstance(kids, Array):
            stack += list(kids)[:NODES]
        if isinstance(pairs, Array):
            flat: list[Any] = list(pairs)[: 2 * NODES]
            found += [
                (start, style)
                for start, style in zip(flat[::2], flat[1::2], strict=False)
                if isinstance(start, int) and isinstance(style, Dictionary)
            ]
    return found


def _figures(kind: str, number: int) -> str:
    if kind == "/D":
        return str(number)
    if kind in ("/R", "/r"):
        roman = _roman(number)
        return roman.upper() if kind == "/R" else roman
    if kind in ("/A", "/a") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min(LONGEST, (number - 1) // 26 + 1)
        return letters.upper() if kind == "/A" else letters
    return ""


def _roman(number: int) -> str:
    parts = []
    number = max(0, min(number, 1000 * LONGEST))
    for value, letters in ROMAN:
        parts.append(letters * (number // value))
        number %= value
    return "".join(parts)
