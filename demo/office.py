"""The spreadsheet of API calls and the witness statement in Word's format."""

import re
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from demo.accounts import calls_of_16_march
from demo.court_paper import CLAIM_NUMBER, CLAIMANTS, COURT, DEFENDANTS
from demo.fixed_bytes import write_zip_dated
from demo.markup import LETTERED, NUMBERED, read_source

STATEMENT_WRITTEN = datetime(2026, 10, 16, 9, 0, tzinfo=UTC)
CALLS_WRITTEN = datetime(2026, 9, 30, 14, 5, tzinfo=UTC)
COLUMNS = (("Time (UTC)", 21), ("Account", 14), ("Undertaking", 24), ("Endpoint", 14), ("Tokens in", 11),
           ("Tokens out", 12), ("Network", 44), ("Prompt “label for ST25 round”", 20))  # fmt: skip


def _head(sheet: Worksheet, columns: tuple[tuple[str, int], ...]) -> None:
    sheet.append([title for title, _ in columns])
    for number, (_, width) in enumerate(columns, 1):
        cell = sheet.cell(1, number)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE3EC")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"


def write_calls(out: Path) -> None:
    """``out`` holds the 200 calls of 16 March 2026 with a row of totals, and a sheet of totals by network."""
    calls = calls_of_16_march()
    book = Workbook()
    sheet = book.create_sheet("Calls 16 March 2026", 0)
    del book["Sheet"]
    _head(sheet, COLUMNS)
    for call in calls:
        account = call.account
        sheet.append([
            call.at.strftime("%Y-%m-%d %H:%M:%S"), account.number, account.undertaking, call.endpoint,
            call.tokens_in, call.tokens_out, account.network, "yes" if account.same_prompt else "no",
        ])  # fmt: skip
    totals = [
        f"Total of {len(calls)} calls",
        "",
        "",
        "",
        sum(c.tokens_in for c in calls),
        sum(c.tokens_out for c in calls),
    ]
    sheet.append(totals)
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2, min_col=5, max_col=6):
        for cell in row:
            cell.number_format = "#,##0"
    by_network = book.create_sheet("By network")
    _head(by_network, (("Network", 44), ("Calls", 10), ("Share", 10)))
    for network, count in Counter(call.account.network for call in calls).most_common():
        by_network.append([network, count, count / len(calls)])
        by_network.cell(by_network.max_row, 3).number_format = "0.0%"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = "1:1"
    book.properties.creator, book.properties.title = (
        "Aurelia Model Services Limited",
        "Exhibit HP2: API calls, extract",
    )
    buffer = BytesIO()
    book.save(buffer)
    write_zip_dated(buffer.getvalue(), CALLS_WRITTEN, out)


def _add(document: Document, text: str, align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    for part in re.split(r"(\*\*.+?\*\*|\*.+?\*)", text):
        run = paragraph.add_run(part.strip("*"))
        run.bold, run.italic = part.startswith("**"), part.startswith("*") and not part.startswith("**")
    return paragraph


def _add_block(document: Document, block: str) -> None:
    text = " ".join(block.split())
    if text.startswith("# "):
        heading = document.add_heading(text[2:], 1)
        heading.paragraph_format.keep_with_next = True
    elif text.startswith("!sign"):
        name, capacity, date = (part.strip() for part in text.removeprefix("!sign").split("|"))
        written = _add(document, f"*{name}*", WD_ALIGN_PARAGRAPH.LEFT)
        written.runs[1].font.size = Pt(17)
        written.paragraph_format.keep_with_next = True
        for line in (f"Signed: {name}", capacity, f"Dated: {date}"):
            _add(document, line, WD_ALIGN_PARAGRAPH.LEFT).paragraph_format.space_after = Pt(0)
    elif found := NUMBERED.match(text) or LETTERED.match(text):
        paragraph = _add(document, f"{text.split(' ', 1)[0]}\t{found[found.lastindex or 1]}")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = (
            Cm(1.15),
            Cm(-1.15),
        )
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(1.15))
    else:
        _add(document, text)


def _court_heading(document: Document, title: str) -> None:
    left, centre, right = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    _add(document, f"**Claim No. {CLAIM_NUMBER}**", right).paragraph_format.space_after = Pt(0)
    for line in COURT:
        _add(document, f"**{line}**", left).paragraph_format.space_after = Pt(0)
    _add(document, "**BETWEEN:**", left).paragraph_format.space_before = Pt(12)
    for names, role in ((CLAIMANTS, "Claimants"), (DEFENDANTS, "Defendants")):
        for number, name in enumerate(names, 1):
            company, _, where = name.partition("|")
            _add(
                document, f"({number}) **{company}** {where}".strip(), centre
            ).paragraph_format.space_after = Pt(2)
        _add(document, role, right).runs[0].underline = True
        if role == "Claimants":
            _add(document, "– and –", centre)
    _add(document, f"**{title.upper()}**", centre).paragraph_format.space_before = Pt(10)


def write_statement(source: Path, out: Path) -> None:
    """``out`` holds the witness statement in ``source`` as DOCX, corner marks first."""
    paper = read_source(source)
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3.5), Cm(2.5)
    for style in ("Normal", "Heading 1"):
        font = document.styles[style].font
        font.name, font.size, font.color.rgb = "Noto Serif", Pt(11.5), None
        document.styles[style].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:ascii"), "Noto Serif")
    document.styles["Normal"].paragraph_format.line_spacing = 1.3
    for mark in paper.fields["corner"].split(" / "):
        _add(document, mark, WD_ALIGN_PARAGRAPH.RIGHT).paragraph_format.space_after = Pt(0)
    _court_heading(document, paper.fields["title"])
    for block in paper.blocks:
        _add_block(document, block)
    properties = document.core_properties
    properties.author, properties.title = paper.fields["author"], paper.fields["title"]
    properties.last_modified_by, properties.comments = paper.fields["author"], ""
    buffer = BytesIO()
    document.save(buffer)
    write_zip_dated(buffer.getvalue(), STATEMENT_WRITTEN, out)
