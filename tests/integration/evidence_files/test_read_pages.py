import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from core.errors import InvalidInput
from evidence.files.extract import find_box, read_page, read_pages
from evidence.files.ocr import ocr, pages_needing_ocr
from evidence.files.pageimage import render, render_all
from tests.integration.evidence_files.conftest import Convert, Words

TEXT = b"First line of the letter\nSecond line, \xf0\x9d\x94\xb8 signed\n"


@pytest.fixture
def letter(convert: Convert) -> Path:
    return convert("letter.txt", TEXT).pdf


def test_lines_stand_where_they_are_drawn(letter: Path) -> None:
    (page,) = read_pages(letter)
    assert (page.number, page.rotation, round(page.width), round(page.height)) == (1, 0, 595, 842)
    assert [line.text for line in page.lines] == TEXT.decode().splitlines()
    for line in page.lines:
        assert page.text[line.start : line.start + len(line.text)] == line.text
    left, top, right, bottom = page.lines[0].box
    assert left == pytest.approx(24 / 25.4 * 72, abs=2)
    assert 70 < top < bottom < 90
    assert page.lines[1].box[1] > bottom - 2
    assert right < 300


def test_a_span_is_found_in_its_line(letter: Path) -> None:
    page = read_page(letter, 1)
    start = page.text.index("signed")
    (box,) = find_box(page, start, start + len("signed"))
    line = page.lines[1].box
    assert box[0] > line[0] + 50
    assert box[2] == pytest.approx(line[2], abs=1)
    assert len(find_box(page, 6, start + 3)) == 2
    assert find_box(page, 5, 5) == []


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_follow_the_page_as_displayed(letter: Path, tmp_path: Path, rotation: int) -> None:
    turned = tmp_path / "turned.pdf"
    with pikepdf.open(letter) as pdf:
        pdf.pages[0].Rotate = rotation
        pdf.pages[0].CropBox = [20, 30, 575, 812]
        pdf.save(turned)
    page = read_page(turned, 1)
    assert page.rotation == rotation
    picture = Image.open(io.BytesIO(render(turned, 1, width=round(page.width * 2)))).convert("L")
    left, top, right, bottom = page.lines[0].box
    ink = picture.point(lambda value: 255 if value < 128 else 0)
    inside = ink.crop((int(left * 2) - 2, int(top * 2) - 2, int(right * 2) + 3, int(bottom * 2) + 3))
    rows = ink.getbbox()
    second = page.lines[1].box
    union = (min(left, second[0]), min(top, second[1]), max(right, second[2]), max(bottom, second[3]))
    assert inside.getbbox()
    assert rows == pytest.approx([2 * side for side in union], abs=10)


def test_a_missing_page_is_named(letter: Path) -> None:
    with pytest.raises(InvalidInput, match="no page 2"):
        read_page(letter, 2)
    with pytest.raises(InvalidInput, match="no page 0"):
        render(letter, 0, width=300)


def test_a_picture_has_the_width_asked_for(letter: Path) -> None:
    picture = Image.open(io.BytesIO(render(letter, 1, width=600)))
    assert picture.format == "WEBP"
    assert picture.width == 600


def test_all_pages_are_drawn_as_each_alone(corpus: Path) -> None:
    pdf = corpus / "intake" / "twopage.pdf"
    assert list(render_all(pdf, width=300)) == [render(pdf, page, width=300) for page in (1, 2)]


def test_only_pages_without_text_are_read(
    convert: Convert, corpus: Path, tmp_path: Path, words: Words
) -> None:
    mixed = tmp_path / "mixed.pdf"
    with (
        pikepdf.open(convert("letter.txt", TEXT).pdf) as pdf,
        pikepdf.open(corpus / "intake" / "skew.pdf") as scan,
    ):
        pdf.pages.append(scan.pages[0])
        pdf.add_blank_page()
        before = pdf.pages[0].Contents.read_bytes()
        pdf.save(mixed)
    assert pages_needing_ocr(mixed) == [2]
    out = tmp_path / "out.pdf"
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        assert done <= len(list(tmp_path.glob("ocr-*/*/*_ocr_hocr.hocr"))), "told before it was read"
        told.append((done, total))

    report = ocr(mixed, out, pages=[1, 2, 3], progress=progress)
    assert report.pages == (2,)
    assert report.confidence[2] > 70
    assert told == [(0, 1), (1, 1)]
    pages = list(read_pages(out))
    assert len(pages) == 3
    assert pages[0].text == read_page(mixed, 1).text
    assert "The LinnSequencer" in pages[1].text
    with pikepdf.open(out) as pdf:
        assert pdf.pages[0].Contents.read_bytes() == before
    assert pages_needing_ocr(out) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("typewriter.png", "Linzensoep"),
        ("linn.png", "32 Track MIDI Sequence Recorder"),
        ("rotated_skew.pdf", "32 Track MIDI Sequence Recorder"),
    ],
)
def test_scans_become_searchable(
    corpus: Path, convert: Convert, words: Words, tmp_path: Path, name: str, text: str
) -> None:
    pdf = convert(corpus / "intake" / name).pdf
    out = tmp_path / "out.pdf"
    ocr(pdf, out, pages=pages_needing_ocr(pdf))
    assert text in words(out)
    assert len(list(read_pages(out))) == len(list(read_pages(pdf)))
