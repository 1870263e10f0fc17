"""Office documents where LibreOffice is not installed: a reading copy that says so."""

import pytest

from tests.integration.evidence_files.conftest import Convert, Words
from tests.integration.evidence_files.test_office import open_document, slides, word

pytestmark = pytest.mark.usefixtures("without_office")

_TEXT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    "<office:text><text:tracked-changes><text:p>struck out</text:p></text:tracked-changes>"
    '<text:h text:outline-level="1">Terms</text:h><text:list><text:list-item><text:p>One'
    '<text:s text:c="2"/>&amp;<text:span> two</text:span></text:p></text:list-item></text:list>'
    "</office:text></office:body>"
    "</office:document-content>"
)


@pytest.mark.parametrize(
    ("name", "content", "shown", "tool", "note"),
    [
        (
            "a.docx",
            word(),
            "1. Lumen 2 was distilled from Aurelia.",
            "mammoth",
            "Reading rendition",
        ),
        ("c.pptx", slides(), "Slide 2 (hidden slide) Held back", "python-pptx", "Reading copy of a pres"),
        (
            "d.rtf",
            rb"{\rtf1\ansi Lumen 2 \'e9 mod\u232?le.}",
            "Lumen 2 é modèle.",
            "striprtf",
            "Reading copy",
        ),
        ("e.odt", open_document(_TEXT), "Terms • One & two", "lxml", "Reading copy of an OpenDocument"),
    ],
)
def test_the_words_are_there_and_the_copy_is_marked(
    convert: Convert, words: Words, name: str, content: bytes, shown: str, tool: str, note: str
) -> None:
    made = convert(name, content)
    assert shown in words(made.pdf)
    assert made.tool.startswith(tool)
    assert made.notes[0].startswith(note)
