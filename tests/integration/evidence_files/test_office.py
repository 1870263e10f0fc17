"""Office documents with LibreOffice: laid out whole, reaching nowhere, and stopped when they hang."""

import io
import os
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from docx.oxml.ns import qn
from PIL import Image
from pptx import Presentation

from core.errors import NotConverted
from evidence.files import libreoffice, sniff
from evidence.files.limits import Limits
from evidence.files.warm import CONVERTER
from tests.integration.evidence_files.conftest import Convert, Words
from tests.integration.evidence_files.test_warm_converter import wait_for

pytestmark = pytest.mark.skipif(
    not libreoffice.available(), reason="LibreOffice is not installed: make setup OFFICE=1"
)

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_LINKED_ODT = (
    f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0"'
    f' xmlns:draw="{_OASIS}:drawing:1.0" xmlns:svg="{_OASIS}:svg-compatible:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
    '<text:p>The pleaded case</text:p><text:section text:name="S"><text:section-source'
    ' xlink:href="file://{text}" xlink:type="simple"/><text:p>as it was</text:p></text:section><text:p>'
    '<draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="file://{picture}"'
    ' xlink:type="simple"/></draw:frame></text:p></office:text></office:body></office:document-content>'
)


def word(text: str = "Lumen 2 was distilled from Aurelia.") -> bytes:
    document = docx.Document()
    document.add_heading("Witness statement", 1)
    document.add_paragraph(text, style="List Number")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Calls"
    sheet.append(["Date", *(f"A long heading of column {n}" for n in range(12))])
    for row in range(6):
        sheet.append([f"2026-01-0{row + 1}", *(row * 1000 + n for n in range(12))])
    sheet.row_dimensions[4].hidden = True
    sheet.print_area = "A1:B2"
    sheet["A8"] = "=TODAY()"
    hidden = book.create_sheet("Drafts")
    hidden["A1"], hidden.sheet_state = "withheld", "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def slides() -> bytes:
    presentation = Presentation()
    for title in ("Lineage of the model", "Held back"):
        slide = presentation.slides.add_slide(presentation.slide_layouts[0])
        slide.shapes.title.text = title
    slide._element.set("show", "0")
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def open_document(content: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"><manifest:file-entry'
            ' manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    return file.getvalue()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what LibreOffice itself saves in the formats that no library writes."""
    folder = tmp_path_factory.mktemp("old")
    for name, content, wanted in (
        ("a.docx", word(), ("doc",)),
        ("b.xlsx", workbook(), ("xls", "ods")),
        ("c.pptx", slides(), ("ppt", "odp")),
    ):
        (folder / name).write_bytes(content)
        for extension in wanted:
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", extension, "--outdir", str(folder)]
            subprocess.run([*command, str(folder / name)], check=True, capture_output=True, timeout=60)
    (folder / "d.rtf").write_bytes(rb"{\rtf1\ansi Lumen 2 was distilled from Aurelia.}")
    return folder


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.docx", sniff.DOCX), ("a.doc", sniff.DOC), ("d.rtf", sniff.RTF)],
)
def test_texts_are_laid_out(
    old: Path, convert: Convert, words: Words, name: str, kind: sniff.FileType
) -> None:
    assert sniff.sniff(old / name) == kind
    made = convert(old / name)
    assert "Lumen 2 was distilled from Aurelia." in words(made.pdf)
    assert made.tool.startswith("LibreOffice")
    assert made.version.startswith(libreoffice.version())
    assert made.notes[0].startswith("Laid out by LibreOffice")
    with pikepdf.open(made.pdf) as pdf:
        assert "/CreationDate" not in pdf.docinfo


@pytest.mark.parametrize(
    ("name", "kind"), [("b.xlsx", sniff.XLSX), ("b.xls", sniff.XLS), ("b.ods", sniff.ODS)]
)
def test_a_workbook_is_shown_whole(
    old: Path, convert: Convert, words: Words, name: str, kind: sniff.FileType
) -> None:
    assert sniff.sniff(old / name) == kind
    made = convert(old / name)
    text = words(made.pdf)
    for shown in ("A long heading of column 11", "2026-01-03", "5011", "withheld", "Drafts (hidden sheet)"):
        assert shown in text, "outside the print range, hidden, or cut off by its neighbour"
    assert sum("hidden" in note for note in made.notes) == 2
    assert any("the present day" in note for note in made.notes)
    with pikepdf.open(made.pdf) as pdf:
        assert {round(max(map(float, page.mediabox[2:]))) for page in pdf.pages} == {842}


@pytest.mark.parametrize(
    ("name", "kind"), [("c.pptx", sniff.PPTX), ("c.ppt", sniff.PPT), ("c.odp", sniff.ODP)]
)
def test_every_slide_is_a_page(
    old: Path, convert: Convert, words: Words, name: str, kind: sniff.FileType
) -> None:
    assert sniff.sniff(old / name) == kind
    made = convert(old / name)
    text = words(made.pdf)
    assert "Lineage of the model" in text
    assert "Held back" in text
    assert any("hidden in the presentation" in note for note in made.notes) == (kind == sniff.PPTX)


def test_nothing_is_read_from_elsewhere(convert: Convert, words: Words, tmp_path: Path) -> None:
    secret, picture = tmp_path / "secret.txt", tmp_path / "secret.png"
    secret.write_text("privileged advice")
    Image.new("RGB", (300, 300), "red").save(picture)
    made = convert(
        "a.odt", open_document(_LINKED_ODT.replace("{text}", str(secret)).replace("{picture}", str(picture)))
    )
    assert words(made.pdf) == "The pleaded case as it was"
    assert f"Not loaded, because it is not part of the file: file://{picture}" in made.notes
    with pikepdf.open(made.pdf) as pdf:
        assert not pdf.pages[0].get_images()


def test_what_the_pages_do_not_show_is_said(convert: Convert) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Signed on the day of ")
    field = paragraph.add_run()._r.makeelement(qn("w:fldSimple"), {qn("w:instr"): "DATE"})
    paragraph._p.append(field)
    document.add_comment(paragraph.runs, text="Is this right?", author="Ann", initials="A")
    file = io.BytesIO()
    document.save(file)
    notes = convert("a.docx", file.getvalue()).notes
    assert "A margin comment is not shown." in notes
    assert any("the day of conversion" in note for note in notes)


def test_a_locked_document_is_not_called_broken(convert: Convert, old: Path) -> None:
    locked = bytearray((old / "a.doc").read_bytes())
    place = locked.index(b"\xec\xa5")  # where a Word 97-2003 text begins
    locked[place + 11] |= 0x01
    with pytest.raises(NotConverted) as refused:
        convert("a.doc", bytes(locked))
    assert refused.value.reason == "encrypted"
    with pytest.raises(NotConverted) as refused:
        convert("a.docx", word()[:3000])
    assert refused.value.reason in {"unsupported", "broken"}


def test_a_hanging_libreoffice_is_killed_with_its_children_and_named(
    convert: Convert, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that starts another and never ends stands where LibreOffice would."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "soffice").write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/child\nwait\n")
    (programs / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    with (
        CONVERTER.busy,
        pytest.raises(NotConverted, match="LibreOffice took longer than 6 seconds") as refused,
    ):
        convert("a.docx", word(), limits=Limits(seconds=6))
    assert refused.value.reason == "timeout"
    child = Path("/proc") / (tmp_path / "child").read_text().strip()
    wait_for(lambda: not child.exists() or re.search(r"State:\s+Z", (child / "status").read_text()))


def test_the_same_document_gives_the_same_bytes(convert: Convert) -> None:
    made = word()
    assert convert("a.docx", made).pdf.read_bytes() == convert("a.docx", made).pdf.read_bytes()
