"""A workbook set to print every sheet, row and column, fitted to the width of A4."""

import math
import re
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from core.errors import NotConverted
from evidence.files.limits import Limits

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_STYLE, _TABLE, _TEXT, _OFFICE, _FO = (
    f"{{{_OASIS}{name}:1.0}}" for name in ("style", "table", "text", "office", "xsl-fo-compatible")
)
_CELL = f"{_TABLE}table-cell"
_TODAY = re.compile(r"\b(?:NOW|TODAY)\(\)")
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72}
_LENGTH = re.compile(r"([\d.]+)(in|cm|mm|pt)")
_UPRIGHT, _ACROSS = 6.6, 10.0  # inches between the margins, less the row numbers
_SMALLEST_UPRIGHT, _SMALLEST = 0.8, 0.5  # of the size on screen
_CHARACTER, _EDGES, _WIDEST = 0.083, 0.12, 4.0  # inches of a column


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its number from 1, its width in inches, and whether it was hidden."""

    number: int
    width: float
    hidden: bool


def show_whole(source: Path, target: Path, limits: Limits) -> list[str]:
    """The target is the workbook with nothing hidden and no print range; the notes say what was hidden.

    Args:
        source: an OpenDocument spreadsheet.
        target: where the changed one goes.
        limits: the cap on its unpacked size.

    Raises:
        NotConverted: it unpacks to more than the limit, or holds nothing.
    """
    with zipfile.ZipFile(source) as archive:
        if sum(member.file_size for member in archive.infolist()) > limits.unpacked_bytes:
            raise NotConverted(
                "The workbook is too large to be set as pages.",
                reason="too-large",
                remedy="Send the rows that matter as a workbook of their own; the original is kept whole.",
            )
        content = etree.fromstring(archive.read("content.xml"), _SAFE)
        styles = etree.fromstring(archive.read("styles.xml"), _SAFE)
        notes = _show(content, styles)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as changed:
            for member in archive.infolist():
                parts = {"content.xml": content, "styles.xml": styles}
                part = parts.get(member.filename)
                changed.writestr(
                    member, etree.tostring(part) if part is not None else archive.read(member.filename)
                )
    return notes


def _show(content: Any, styles: Any) -> list[str]:
    automatic = content.find(f"{_OFFICE}automatic-styles")
    named = {style.get(f"{_STYLE}name"): style for style in automatic.iter(f"{_STYLE}style")}
    notes = []
    tables = content.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    for number, table in enumerate(tables, start=1):
        style = deepcopy(named[table.get(f"{_TABLE}style-name")])
        properties = style.find(f"{_STYLE}table-properties")
        title = table.get(f"{_TABLE}name")
        if _unhide(table):
            notes.append(f"The sheet “{title}” has hidden rows or columns, which are shown here.")
        width = _width(table, automatic, named, number)
        sheet = _Sheet(number, width, properties.get(f"{_TABLE}display") == "false")
        if sheet.hidden:
            notes.append(f"The sheet “{title}” is hidden in the workbook; it is shown here and marked.")
        style.set(f"{_STYLE}name", f"whole-{number}")
        style.set(f"{_STYLE}master-page-name", f"Whole{number}")
        properties.set(f"{_TABLE}display", "true")
        automatic.append(style)
        table.set(f"{_TABLE}style-name", f"whole-{number}")
        _add_page(styles, sheet)
    if any(table.find(f".//{_OFFICE}annotation") is not None for table in tables):
        notes.append("Its cell comments are not shown.")
    if any(_TODAY.search(cell.get(f"{_TABLE}formula", "")) for table in tables for cell in table.iter(_CELL)):
        notes.append("A formula in it gives the present day: the day of conversion is shown there.")
    return notes


def _unhide(table: Any) -> bool:
    """Every row and column of the sheet shows; true where one that holds something did not."""
    table.attrib.pop(f"{_TABLE}print-ranges", None)
    table.attrib.pop(f"{_TABLE}print", None)
    found = False
    for part in table.iter(f"{_TABLE}table-row", f"{_TABLE}table-column"):
        if part.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            del part.attrib[f"{_TABLE}visibility"]
            found = found or part.tag.endswith("column") or any(len(cell) for cell in part)
    for group in table.iter(f"{_TABLE}table-row-group", f"{_TABLE}table-column-group"):
        group.attrib.pop(f"{_TABLE}display", None)
    return found


def _width(table: Any, automatic: Any, named: dict[str, Any], number: int) -> float:
    """Inches from the first column to the last used one, each now wide enough for what stands in it.

    A cell that is cut off by its neighbour on the screen would be lost on paper.
    """
    needed = _needed(table, named)
    width, position = 0.0, 0
    for column in list(table.iter(f"{_TABLE}table-column")):
        count = int(column.get(f"{_TABLE}number-columns-repeated", "1"))
        style = named.get(column.get(f"{_TABLE}style-name"))
        now = _column_width(style)
        used = min(count, len(needed) - position)
        for place in range(used):
            wide = min(max(now, needed[position + place]), max(now, _WIDEST))
            width += wide
            name = f"whole-{number}-{position + place}"
            _add_column(automatic, name, wide)
            own = deepcopy(column)
            own.set(f"{_TABLE}style-name", name)
            own.attrib.pop(f"{_TABLE}number-columns-repeated", None)
            column.addprevious(own)
        if used == count:
            column.getparent().remove(column)
        elif used > 0:
            column.set(f"{_TABLE}number-columns-repeated", str(count - used))
        position += max(0, used)
    return width


def _needed(table: Any, named: dict[str, Any]) -> list[float]:
    """Inches that each column needs, up to the last one used."""
    wrapped = {name for name, style in named.items() if _wraps(style)}
    needed: list[float] = []
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row.iter(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            count = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            if len(cell):
                needed += [0.0] * (column + count - len(needed))
                spans = int(cell.get(f"{_TABLE}number-columns-spanned", "1")) > 1
                if not spans and cell.get(f"{_TABLE}style-name") not in wrapped:
                    lines = ("".join(line.itertext()) for line in cell.findall(f"{_TEXT}p"))
                    inches = max((len(line) for line in lines), default=0) * _CHARACTER + _EDGES
                    for place in range(column, column + count):
                        needed[place] = max(needed[place], inches)
            column += count
    return needed


def _wraps(style: Any) -> bool:
    properties = style.find(f"{_STYLE}table-cell-properties")
    return properties is not None and properties.get(f"{_FO}wrap-option") == "wrap"


def _add_column(automatic: Any, name: str, inches: float) -> None:
    style = etree.SubElement(
        automatic, f"{_STYLE}style", {f"{_STYLE}name": name, f"{_STYLE}family": "table-column"}
    )
    etree.SubElement(style, f"{_STYLE}table-column-properties", {f"{_STYLE}column-width": f"{inches:.4f}in"})


def _column_width(style: Any) -> float:
    properties = style.find(f"{_STYLE}table-column-properties") if style is not None else None
    match = _LENGTH.fullmatch(properties.get(f"{_STYLE}column-width", "")) if properties is not None else None
    return float(match[1]) * _INCHES[match[2]] if match else 0.9


def _add_page(styles: Any, sheet: _Sheet) -> None:
    """The sheet's own A4 page, on its side where the sheet is wide, under the sheet's name."""
    across = sheet.width > _UPRIGHT / _SMALLEST_UPRIGHT
    pages = max(1, math.ceil(sheet.width * _SMALLEST / _ACROSS))
    long, short = "29.7cm", "21cm"
    layout = etree.SubElement(
        styles.find(f"{_OFFICE}automatic-styles"),
        f"{_STYLE}page-layout",
        {f"{_STYLE}name": f"WholeLayout{sheet.number}"},
    )
    settings = {
        f"{_FO}page-width": long if across else short,
        f"{_FO}page-height": short if across else long,
        f"{_STYLE}print-orientation": "landscape" if across else "portrait",
        **{f"{_FO}margin-{side}": "1.5cm" for side in ("top", "bottom", "left", "right")},
        f"{_STYLE}print": "charts drawings grid headers objects zero-values",
    }
    if across or sheet.width > _UPRIGHT:
        settings |= {f"{_STYLE}scale-to-X": str(pages), f"{_STYLE}scale-to-Y": "0"}
    etree.SubElement(layout, f"{_STYLE}page-layout-properties", settings)
    head = etree.SubElement(layout, f"{_STYLE}header-style")
    etree.SubElement(
        head,
        f"{_STYLE}header-footer-properties",
        {f"{_FO}min-height": "0.7cm", f"{_FO}margin-bottom": "0.2cm"},
    )
    master = etree.SubElement(
        styles.find(f"{_OFFICE}master-styles"),
        f"{_STYLE}master-page",
        {
            f"{_STYLE}name": f"Whole{sheet.number}",
            f"{_STYLE}page-layout-name": f"WholeLayout{sheet.number}",
        },
    )
    line = etree.SubElement(etree.SubElement(master, f"{_STYLE}header"), f"{_TEXT}p")
    name = etree.SubElement(line, f"{_TEXT}sheet-name")
    name.text = "???"
    if sheet.hidden:
        name.tail = " (hidden sheet)"
