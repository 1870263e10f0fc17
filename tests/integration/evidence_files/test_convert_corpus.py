from pathlib import Path

import pikepdf
import pytest

from core.errors import NotConverted
from evidence.files import libreoffice
from tests.integration.evidence_files.conftest import Convert, Words

CONVERTED = {
    "acroform.pdf": (1, ""),
    "ccitt.pdf": (1, ""),
    "countries_nonutf.csv": (1, "Lübeck, Hansestadt"),
    "doc.html": (1, "Test web page. The GitHub page."),
    "email_attached_alternative.eml": (1, "This is the body of the email that contains the attachment."),
    "email_base64.eml": (1, "Base64 email payload"),
    "email_multipart_nested.eml": (1, "This is the first part This is the second part"),
    "file.xlsx": (2, "Sheet1"),
    "hello_world_tiff.tif": (1, ""),
    "link.pdf": (2, "Go to page 2"),
    "linn.png": (1, ""),
    "multipage_tiff_example.tif": (10, ""),
    "negzero.pdf": (1, "What follows is an image embedded as a Form XObject"),
    "piste.msg": (7, "Ab auf die Piste!"),
    "plan.mbox": (1, "Re: Our friends has a good plan"),
    "readme.pdf": (1, "Welcome to Ingestors"),
    "regression_webp.webp": (1, ""),
    "rotated_skew.pdf": (1, ""),
    "skew.pdf": (1, ""),
    "toc.pdf": (2, "What follows is an image"),
    "twopage.pdf": (2, "Page one"),
    "typewriter.png": (1, ""),
}
REFUSED = {
    "badzip.zip": "unsupported",
    "empty.pdf": "empty",
    "invalid.pdf": "broken",
    "livecycle.pdf": "unsupported",
    "password-hunter2.pdf": "encrypted",
    "password_protected.xlsx": "encrypted",
}
OLD = {
    "doc.doc": (2, "This is a sample Microsoft Word Document"),
    "rom.xls": (21, "Institutul de Cardiologie"),
    "slides.ppt": (1, "Now"),
}
WORD = {
    "test15.docx": "1.",
    "test27.docx": "1.",
    "test3.docx": "7. On the evening of 8 August 2013, Mr Grant went to the Tonik Bar",
    "test33.docx": "1.",
    "test45.docx": "1.",
    "test9.docx": "1.",
}


def test_every_file_of_the_corpus_is_in_the_table(corpus: Path) -> None:
    assert {
        path.name for path in (corpus / "intake").iterdir()
    } == CONVERTED.keys() | REFUSED.keys() | OLD.keys()
    assert {path.name for path in (corpus / "docx").iterdir()} == WORD.keys()


@pytest.mark.parametrize("name", CONVERTED)
def test_it_becomes_pages_with_its_text(corpus: Path, convert: Convert, words: Words, name: str) -> None:
    pages, text = CONVERTED[name]
    conversion = convert(corpus / "intake" / name)
    with pikepdf.open(conversion.pdf) as pdf:
        assert len(pdf.pages) == pages
    assert text in words(conversion.pdf)
    assert conversion.tool
    assert conversion.version


@pytest.mark.skipif(not libreoffice.available(), reason="LibreOffice is not installed: make setup OFFICE=1")
@pytest.mark.parametrize("name", OLD)
def test_old_office_documents_are_laid_out(corpus: Path, convert: Convert, words: Words, name: str) -> None:
    pages, text = OLD[name]
    conversion = convert(corpus / "intake" / name)
    with pikepdf.open(conversion.pdf) as pdf:
        assert len(pdf.pages) == pages
    assert text in words(conversion.pdf)


@pytest.mark.usefixtures("without_office")
@pytest.mark.parametrize("name", OLD)
def test_without_libreoffice_old_office_documents_are_kept_and_named(
    corpus: Path, convert: Convert, name: str
) -> None:
    with pytest.raises(NotConverted) as refused:
        convert(corpus / "intake" / name)
    assert refused.value.reason == "unsupported"
    assert "make setup OFFICE=1" in refused.value.remedy


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason_and_a_remedy(corpus: Path, convert: Convert, name: str) -> None:
    with pytest.raises(NotConverted) as refused:
        convert(corpus / "intake" / name)
    assert refused.value.reason == REFUSED[name]
    assert refused.value.remedy


@pytest.mark.usefixtures("without_office")
@pytest.mark.parametrize("name", WORD)
def test_a_word_judgment_keeps_its_paragraph_numbers(
    corpus: Path, convert: Convert, words: Words, name: str
) -> None:
    conversion = convert(corpus / "docx" / name)
    assert "may differ from Word" in conversion.notes[0]
    text = words(conversion.pdf)
    assert WORD[name] in text
    numbers = [number for number in range(1, 21) if f" {number}. " in text]
    assert numbers == list(range(1, 21))


@pytest.mark.parametrize("position", [0, 1])
def test_the_press_reports_read_in_full(seeds: Path, convert: Convert, words: Words, position: int) -> None:
    path = sorted(seeds.glob("*.txt"))[position]
    conversion = convert(path)
    assert words(conversion.pdf) == " ".join(path.read_text(encoding="utf-8").split())


def test_a_sound_pdf_stays_byte_for_byte(corpus: Path, convert: Convert) -> None:
    source = corpus / "intake" / "readme.pdf"
    assert convert(source).pdf.read_bytes() == source.read_bytes()
