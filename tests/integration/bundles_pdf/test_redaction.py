"""What stood in a box cannot be recovered from the copy by any route, and the copy is otherwise the same."""

import io
import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageDraw, ImageFont

from bundles.pdf.errors import SourceRefused
from bundles.pdf.geometry import view_of
from bundles.pdf.redact import Box, RedactionFailed, redact
from bundles.pdf.redact.find import find_names
from bundles.pdf.redact.letters import WHOLE_PAGE, read
from core.errors import InvalidInput
from tests.bench.bundle_pdfs import LANDSCAPE, Sheet, make_pdf
from tests.factories.leaky_pdf import LINE, SECRET, everything_in, leaky, plain_page

DPI = 150


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def seen_in(path: Path, folder: Path) -> str:
    """All words that tesseract reads on the pages as displayed."""
    words: list[str] = []
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        picture = page.render(scale=200 / 72).to_pil()
        reading = read(picture, folder, f"seen-{number}", dpi=200, languages=("eng",), mode=WHOLE_PAGE)
        words += [word.text for word in reading.words]
    document.close()
    return " ".join(words)


def test_nothing_of_the_word_is_left_by_any_route(tmp_path: Path) -> None:
    source, out = leaky(tmp_path / "in.pdf"), tmp_path / "out.pdf"
    assert everything_in(source).count(SECRET.lower()) > 12
    report = redact(source, [Box(1, *LINE, "Privilege")], out, dpi=DPI)
    assert report.passed
    assert SECRET.lower() not in everything_in(out)
    assert "smith" not in everything_in(out)
    assert SECRET.lower() not in seen_in(out, tmp_path).lower()
    first, second = text_of(out)
    assert "Privilege" in first
    assert "sum is due" in first
    assert "Yours truly" in second
    assert [page.treatment for page in report.pages] == ["rebuilt", "copied"]
    with Pdf.open(out) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer


def test_the_report_names_where_else_a_removed_word_stands(tmp_path: Path) -> None:
    source = plain_page(tmp_path / "in.pdf", pages=2)
    report = redact(source, [Box(1, *LINE)], tmp_path / "out.pdf", dpi=DPI)
    assert [(found.words, found.page) for found in report.elsewhere] == [(f"Dear {SECRET}", 2), (SECRET, 2)]
    assert SECRET in json.dumps(report.as_json())


def test_turned_and_cropped_pages_keep_their_shape(tmp_path: Path) -> None:
    sheets = [
        Sheet(rotate=90, box=LANDSCAPE, crop=(20, 60, 620, 560)),
        Sheet(rotate=180, box=(-30.0, 40.0, 365.0, 482.0)),
        Sheet(rotate=270, box=(-30.0, 40.0, 365.0, 482.0), unit=1.5, crop=(0, 60, 360, 460)),
    ]
    source, out = make_pdf(tmp_path / "in.pdf", sheets, name=SECRET), tmp_path / "out.pdf"
    boxes = [box for found in find_names(source, [SECRET]) for box in found.boxes]
    assert [box.page for box in boxes] == [1, 2, 3]
    report = redact(source, boxes, out, dpi=DPI)
    assert report.passed
    assert SECRET.lower() not in (everything_in(out) + "".join(text_of(out))).lower()
    assert all("parties agree" in text for text in text_of(out))
    with Pdf.open(source) as old, Pdf.open(out) as new:
        assert [view_of(page.obj) for page in new.pages] == [view_of(page.obj) for page in old.pages]


def test_a_scan_without_text_is_read_before_and_after(tmp_path: Path) -> None:
    picture = Image.new("L", (1240, 600), 250)
    letters = ImageFont.load_default(44)
    ImageDraw.Draw(picture).text((120, 80), f"Dear {SECRET}, the sum is due", font=letters, fill=20)
    left, right = (120 + letters.getlength(words) for words in ("Dear ", f"Dear {SECRET}"))
    box = Box(1, left / 1240, 0.1, right / 1240, 0.26)
    ImageDraw.Draw(picture).text((120, 220), "Yours truly, the sender", font=letters, fill=20)
    buffer = io.BytesIO()
    picture.save(buffer, "PDF", resolution=150)
    source, out = tmp_path / "scan.pdf", tmp_path / "out.pdf"
    source.write_bytes(buffer.getvalue())
    assert SECRET in seen_in(source, tmp_path)
    report = redact(source, [box], out, dpi=DPI)
    assert report.pages[0].words_removed == 1
    seen = seen_in(out, tmp_path)
    assert SECRET not in seen
    assert "sum is due" in seen
    assert "Yours truly" in text_of(out)[0]
    with Pdf.open(out) as pdf:
        drawn = pdf.pages[0].obj.Resources.XObject.Picture
        stored = pikepdf.PdfImage(drawn).as_pil_image()  # type: ignore[arg-type]  # it is an image
    assert stored.crop(box.pixels(*stored.size)).getextrema() == (0, 0)


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        ("1 g BT /F1 14 Tf 40 60 Td (Wintergreen) Tj ET 0 g", "cannot be seen"),
        ("BT /F1 14 Tf 40 60 Td (Wintergreen) Tj ET 0 g 30 50 200 30 re f", "cannot be seen"),
        ("BT /F1 14 Tf 40 -90 Td (Wintergreen) Tj ET", "cannot be seen"),
        ("BT 3 Tr /F1 14 Tf 40 60 Td (Wintergreen) Tj ET 0 Tr", "cannot be seen"),
    ],
)
def test_words_that_cannot_be_seen_on_other_pages_go_too(tmp_path: Path, hidden: str, why: str) -> None:
    source, out = plain_page(tmp_path / "in.pdf", before=hidden, pages=2), tmp_path / "out.pdf"
    report = redact(source, [Box(1, *LINE)], out, dpi=DPI)
    assert report.pages[1].treatment == "rebuilt"
    assert why in report.pages[1].why
    assert [text.count(SECRET) for text in text_of(out)] == [0, 1]
    assert SECRET.lower() not in everything_in(out)


def test_a_layer_that_can_be_hidden_is_not_copied(tmp_path: Path) -> None:
    source, out = plain_page(tmp_path / "in.pdf", pages=2), tmp_path / "out.pdf"
    with Pdf.open(source, allow_overwriting_input=True) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("Draft")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        leaf = pdf.pages[1].obj
        leaf.Resources = Dictionary(Font=leaf.Resources.Font, Properties=Dictionary(L=layer))
        leaf.Contents = pdf.make_stream(leaf.Contents.read_bytes() + b" /OC /L BDC 9 9 80 80 re f EMC")
        pdf.save(source)
    report = redact(source, [Box(1, *LINE)], out, dpi=DPI)
    assert report.pages[1].why == "has layers that can be hidden"
    assert report.passed


def test_a_word_only_struck_through_is_not_let_out(tmp_path: Path) -> None:
    source, out = plain_page(tmp_path / "in.pdf"), tmp_path / "out.pdf"
    with pytest.raises(RedactionFailed, match="can still be read") as caught:
        redact(source, [Box(1, 0.4157, 0.1, 0.4177, 0.28)], out)
    assert not out.exists()
    assert list(tmp_path.iterdir()) == [source]
    assert caught.value.report.output_sha256 == ""


def test_a_box_that_cuts_a_word_is_reported(tmp_path: Path) -> None:
    source = plain_page(tmp_path / "in.pdf")
    report = redact(source, [Box(1, 0.1, 0.1, 0.45, 0.28)], tmp_path / "out.pdf", dpi=DPI)
    assert report.cut_words == ((1, SECRET),)
    assert report.pages[0].cut == 1


def test_the_same_redaction_twice_gives_the_same_file(tmp_path: Path) -> None:
    source = leaky(tmp_path / "in.pdf")
    hashes = {redact(source, [Box(1, *LINE)], tmp_path / "out.pdf", dpi=DPI).output_sha256 for _ in range(2)}
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("boxes", "dpi", "words"),
    [([], 300, "Nothing is marked"), ([Box(3, *LINE)], 300, "no page 3"), ([Box(1, *LINE)], 72, "72 pixels")],
)
def test_what_cannot_be_done_is_refused(tmp_path: Path, boxes: list[Box], dpi: int, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        redact(plain_page(tmp_path / "in.pdf"), boxes, tmp_path / "out.pdf", dpi=dpi)
    assert not (tmp_path / "out.pdf").exists()


def test_a_locked_document_is_refused(tmp_path: Path) -> None:
    source = plain_page(tmp_path / "in.pdf")
    with Pdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.save(source, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(SourceRefused, match="locked"):
        redact(source, [Box(1, *LINE)], tmp_path / "out.pdf")
    with pytest.raises(SourceRefused, match="cannot be opened"):
        list(find_names(source, [SECRET]))


@pytest.mark.parametrize("edges", [(0.5, 0.1, 0.5, 0.2), (-0.1, 0.1, 0.5, 0.2), (0.1, 0.3, 0.5, 1.2)])
def test_a_box_stays_on_its_page(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(InvalidInput, match="leaves the page"):
        Box(1, *edges)
