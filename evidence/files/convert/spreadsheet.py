"""CSV files and Excel workbooks as printed tables."""

import csv
import io
import warnings
from collections.abc import Iterator
from html import escape
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.errors import NotConverted
from evidence.files.convert.charset import decode
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.numberformat import shown
from evidence.files.convert.package import open_package
from evidence.files.convert.pages import print_pages
from evidence.files.convert.tables import Cell, Sheet, set_sheet

RENDITION = (
    "Text rendition: the values as displayed. Formulas, charts, colours and column widths are not shown."
)


def convert(job: Job) -> Conversion:
    """Every cell that holds something stands in a table with its row number and column letter."""
    notes: tuple[str, ...]
    tools: tuple[str, ...]
    with job.source.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        sheets, notes = _workbook(job)
        tools = ("openpyxl", "weasyprint")
    else:
        sheets, notes = _delimited(job)
        tools = ("weasyprint",)
    if not any(sheet.rows for sheet in sheets):
        raise NotConverted(
            "The table has no cells with anything in them.",
            reason="empty",
            remedy="Ask the sender for the complete file.",
        )
    pages = "".join(set_sheet(sheet, RENDITION) for sheet in sheets)
    print_pages(pages, job.pdf, title=escape(job.name))
    return made_by(job, *tools, notes=(RENDITION, *notes))


def _delimited(job: Job) -> tuple[list[Sheet], tuple[str, ...]]:
    text, notes = decode(job.source.read_bytes())
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    sheet = Sheet(job.name)
    count = 0
    csv.field_size_limit(job.limits.text_characters)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), dialect), start=1):
            count += len(row)
            _check_cells(count, job)
            cells = {
                column: Cell(value, number=_numeric(value)) for column, value in enumerate(row, 1) if value
            }
            if cells:
                sheet.rows[number] = cells
    except csv.Error as error:
        raise NotConverted(
            "The table is broken: its columns cannot be told apart.",
            reason="broken",
            remedy="Open it in a spreadsheet program and export it to PDF.",
        ) from error
    return [sheet], notes


def _numeric(value: str) -> bool:
    # A number with a leading zero is a code, which is set like a word.
    plain = value.strip().lstrip("-+£$€").removesuffix("%").replace(",", "").replace(".", "", 1)
    return plain.isdigit() and not (len(plain) > 1 and plain.startswith("0") and "." not in value)


def _workbook(job: Job) -> tuple[list[Sheet], tuple[str, ...]]:
    with open_package(job) as archive:
        charts = sum(name.startswith(("xl/charts/chart", "xl/media/")) for name in archive.namelist())
    try:
        with warnings.catch_warnings():
            # Openpyxl warns of parts that it does not read; none of them holds cell values.
            warnings.simplefilter("ignore")
            # Opened here, because openpyxl judges a path by its extension and stored originals have none.
            with job.source.open("rb") as file:
                values = load_workbook(file, data_only=True)
                formulas = load_workbook(file)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise NotConverted(
            "The workbook is broken: its parts do not fit together.",
            reason="broken",
            remedy="Open it in Excel, save it again and send that, or send a PDF.",
        ) from error
    notes = [f"{charts} charts or pictures are not shown."] if charts else []
    sheets: list[Sheet] = []
    for worksheet, written in zip(values.worksheets, formulas.worksheets, strict=True):
        sheet = Sheet(worksheet.title, hidden=worksheet.sheet_state != "visible")
        if sheet.hidden:
            notes.append(f"The sheet “{sheet.title}” is hidden in the workbook; it is shown here and marked.")
        if _hides(worksheet):
            notes.append(f"The sheet “{sheet.title}” has hidden rows or columns, which are shown here.")
        count = sum(len(each.rows) for each in sheets)
        for row, column, cell in _cells(worksheet, written):
            count += 1
            _check_cells(count, job)
            sheet.rows.setdefault(row, {})[column] = cell
        sheets.append(sheet)
    if any(cell.formula for sheet in sheets for row in sheet.rows.values() for cell in row.values()):
        notes.append("Where the workbook holds no computed value the formula itself is shown, in italics.")
    return sheets, tuple(notes)


def _cells(worksheet: Any, written: Any) -> Iterator[tuple[int, int, Cell]]:
    for line, originals in zip(worksheet.iter_rows(), written.iter_rows(), strict=False):
        for cell, original in zip(line, originals, strict=False):
            if cell.value is not None:
                number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
                yield cell.row, cell.column, Cell(shown(cell.value, cell.number_format), number=number)
            elif original.value is not None:
                yield cell.row, cell.column, Cell(str(original.value), formula=True)


def _hides(worksheet: Any) -> bool:
    rows, columns = worksheet.row_dimensions, worksheet.column_dimensions
    return any(each.hidden for each in rows.values()) or any(each.hidden for each in columns.values())


def _check_cells(count: int, job: Job) -> None:
    if count > job.limits.cells:
        raise NotConverted(
            f"The table has more than the {job.limits.cells:,} cells that are set as pages.",
            reason="too-large",
            remedy="Send the rows that matter as a sheet of their own; the original is kept whole.",
        )
