"""A sheet of cells as tables that fit the page, cut into blocks of columns where it is wide."""

from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from openpyxl.utils import get_column_letter

# Characters of the table's type size that fit across an A4 page, upright and on its side.
_UPRIGHT, _ACROSS = 105, 175
_NARROWEST, _WIDEST = 5, 42
# WeasyPrint lays out one long table slowly; a table for so many rows costs nothing to the eye.
_ROWS_IN_TABLE = 250


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; whether that is a number, or a formula without a value."""

    text: str
    number: bool = False
    formula: bool = False


@dataclass(slots=True)
class Sheet:
    """Cells by row and column, both counted from 1; rows without any are left out."""

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden: bool = False


def set_sheet(sheet: Sheet, note: str) -> str:
    """HTML of the sheet under its name and the note, on its side where it is wide."""
    widths = _widths(sheet)
    blocks = _blocks(widths, _UPRIGHT)
    wide = len(blocks) > 1
    if wide:
        blocks = _blocks(widths, _ACROSS)
    title = escape(sheet.title) + (" (hidden sheet)" if sheet.hidden else "")
    parts = [f"<h1>{title}</h1>", f'<p class="rendition">{note}</p>']
    if not sheet.rows:
        parts.append("<p>This sheet is empty.</p>")
    for block in blocks:
        if len(blocks) > 1:
            first, last = get_column_letter(block[0]), get_column_letter(block[-1])
            parts.append(f'<p class="block">Columns {first} to {last}</p>')
        parts.append(_tables(sheet, block, widths))
    return f'<section class="sheet{" landscape" if wide else ""}">{"".join(parts)}</section>'


def _widths(sheet: Sheet) -> dict[int, int]:
    """Characters that each used column asks for."""
    widths: dict[int, int] = {}
    for row in sheet.rows.values():
        for column, cell in row.items():
            longest = max((len(line) for line in cell.text.split("\n")), default=0)
            widths[column] = max(widths.get(column, _NARROWEST), min(longest + 2, _WIDEST))
    return dict(sorted(widths.items()))


def _blocks(widths: dict[int, int], room: int) -> list[list[int]]:
    blocks: list[list[int]] = []
    used = room + 1
    for column, width in widths.items():
        if used + width > room:
            blocks.append([])
            used = _NARROWEST
        blocks[-1].append(column)
        used += width
    return blocks


def _tables(sheet: Sheet, columns: list[int], widths: dict[int, int]) -> str:
    total = sum(widths[column] for column in columns) + _NARROWEST
    # One fixed layout for all tables of a block keeps their columns in line.
    size = min(100.0, total / (_ACROSS if total > _UPRIGHT else _UPRIGHT) * 100)
    shares = [_NARROWEST, *(widths[column] for column in columns)]
    frame = "".join(f'<col style="width:{share / total * 100:.2f}%">' for share in shares)
    letters = "".join(f"<th>{get_column_letter(column)}</th>" for column in columns)
    head = f"<colgroup>{frame}</colgroup><thead><tr><th></th>{letters}</tr></thead>"
    numbers = list(sheet.rows)
    cuts = [*range(0, len(numbers), _ROWS_IN_TABLE), len(numbers)]
    tables = []
    for first, last in pairwise(cuts):
        body = "".join(_row(number, sheet.rows[number], columns) for number in numbers[first:last])
        tables.append(
            f'<table style="table-layout:fixed;width:{size:.1f}%;margin:0">{head if not first else ""}'
            f"{'' if not first else f'<colgroup>{frame}</colgroup>'}<tbody>{body}</tbody></table>"
        )
    return "".join(tables)


def _row(number: int, cells: dict[int, Cell], columns: list[int]) -> str:
    written = []
    for column in columns:
        cell = cells.get(column)
        if cell is None:
            written.append("<td></td>")
            continue
        style = ' class="number"' if cell.number else ' class="formula"' if cell.formula else ""
        written.append(f"<td{style}>{escape(cell.text)}</td>")
    return f"<tr><th>{number}</th>{''.join(written)}</tr>"
