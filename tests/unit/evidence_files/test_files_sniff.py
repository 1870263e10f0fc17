import io
import zipfile
from pathlib import Path

import pytest

from evidence.files import sniff


def package(*members: tuple[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"", "claim.pdf", sniff.EMPTY),
        (b"%PDF-1.7\n1 0 obj", "letter.txt", sniff.PDF),
        (b"\n\n%PDF-1.4\n", "scan", sniff.PDF),
        (package(("word/document.xml", "<w/>")), "report.xlsx", sniff.DOCX),
        (package(("xl/workbook.xml", "<x/>")), "report.zip", sniff.XLSX),
        (package(("ppt/presentation.xml", "<p/>")), "", sniff.PPTX),
        (package(("mimetype", "application/vnd.oasis.opendocument.text")), "", sniff.ODT),
        (package(("mimetype", "application/vnd.oasis.opendocument.text-template")), "", sniff.ODT),
        (package(("mimetype", "application/vnd.oasis.opendocument.spreadsheet")), "", sniff.ODS),
        (package(("mimetype", "application/vnd.oasis.opendocument.presentation")), "", sniff.ODP),
        (package(("xl/workbook.bin", "x")), "report.xlsx", sniff.XLSB),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "IMG_0001.jpg", sniff.HEIC),
        (package(("letter.txt", "Dear Sirs")), "letter.docx", sniff.ZIP),
        (b"PK\x03\x04 cut off", "x.docx", sniff.ZIP),
        (b"{\\rtf1 Dear Sirs}", "letter.doc", sniff.RTF),
        (b"Dear Sirs,\nWe act for the claimant.\n", "letter.eml", sniff.TEXT),
        (b"From: a@example.org\nTo: b@example.org\nSubject: Disclosure\n\nDear b\n", "x.txt", sniff.EML),
        (b"To: the Registrar\n\nDear Sir\n", "x.txt", sniff.TEXT),
        (b"To: the Registrar\n\nDear Sir\n", "x.eml", sniff.EML),
        (b"From a@example.org Tue Feb 21 10:04:06 2017\nFrom: a@example.org\n\nHi\n", "", sniff.MBOX),
        (b"<!DOCTYPE html><html><body>x</body></html>", "x.txt", sniff.HTML),
        (b"<!-- saved --><html><p>x</p></html>", "", sniff.HTML),
        (b"date,calls\n2026-01-02,17\n", "calls.csv", sniff.CSV),
        ("“Überraschung”\n".encode("utf-16"), "note.txt", sniff.TEXT),
        (bytes(range(256)) * 4, "strange.pdf", sniff.UNKNOWN),
    ],
)
def test_the_content_decides(tmp_path: Path, content: bytes, name: str, kind: sniff.FileType) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert sniff.sniff(path, name) == kind


def test_a_damaged_compound_file_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\xfe" * 600)
    assert sniff.sniff(path) == sniff.UNKNOWN
