"""How wide the columns of a table are, by the length of what stands in them."""

from dataclasses import dataclass

from comparison.report.document import REFERENCE, Table

NARROWEST, WIDEST = 7.0, 46.0
"""Characters that a column is given room for at least and at most."""
HASH = 27.0
"""Characters of running text as wide as half a hash."""
ROOM = {"name": 1.15, "figure": 1.1, "value": 1.0, "words": 1.0}
FLEXIBLE = ("words", "value")
LINE = 86.0
"""Characters on a full line of a table."""
LEAST = 60.0
"""Per cent of the line that a table takes at least."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Per cent of the line that the table takes, and of the table that each column does."""

    line: str
    columns: list[str]


def widths(table: Table) -> Shares:
    """The table's width and its columns', so that figures stand on one line where they can."""
    needs = [_need(table, column) for column in range(len(table.head))]
    flexible = [style in FLEXIBLE for style in table.styles]
    fixed = sum(need for need, bends in zip(needs, flexible, strict=True) if not bends)
    if sum(needs) > LINE > fixed and any(flexible):
        shrink = (LINE - fixed) / (sum(needs) - fixed)
        needs = [need * shrink if bends else need for need, bends in zip(needs, flexible, strict=True)]
    line = min(100.0, max(LEAST, 100 * sum(needs) / LINE))
    return Shares(f"{line:.0f}", [f"{100 * need / sum(needs):.1f}" for need in needs])


def _need(table: Table, column: int) -> float:
    style = table.styles[column]
    if style == "hash":
        return HASH
    texts = [REFERENCE.sub("paragraph 00", row[column]) for row in table.rows] or [""]
    longest = max((len(word) for text in (*texts, table.head[column]) for word in text.split()), default=0)
    lengths = [len(text) for text in texts]
    length = max(lengths) if style in ("name", "figure") else sum(lengths) / len(lengths)
    need = ROOM[style] * max(length, min(longest, HASH))
    return min(max(need + 1.5, NARROWEST), WIDEST)
