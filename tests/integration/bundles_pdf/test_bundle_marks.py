"""What is put on pages: it covers nothing, nothing of it overlaps, and it says what the profile asks."""

import io
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import cast

import pikepdf
import pypdfium2
import pytest
from pikepdf import Pdf
from PIL import Image, ImageDraw

from bundles.pdf import profile as profiles
from bundles.pdf.build import build
from bundles.pdf.contents import Bates, FrontSheet, SectionSpec
from bundles.pdf.profile import Profile
from bundles.pdf.space import Box
from bundles.pdf.spec import EntrySpec
from bundles.pdf.stamp import MARK
from tests.bench.bundle_pdfs import A4, LANDSCAPE, Sheet, drawn, make_pdf, spec_of

FOOT = b"q 0 g 0.5 w 60 44 m 590 44 l S BT /F1 11 Tf 540 22 Td (Page 17 of 30) Tj ET Q\n"
CORNER = b"q 0 g 480 0 115 60 re f Q\n"


def initialled() -> bytes:
    """A scan on grey paper, initialled in its bottom right corner."""
    picture = Image.new("L", (827, 1169), 232)
    pen = ImageDraw.Draw(picture)
    for line in range(100, 1000, 30):
        pen.rectangle((100, line, 720, line + 9), fill=60)
    pen.line((740, 1140, 770, 1110, 800, 1145), fill=30, width=4)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


def boxes_of(leaf: pikepdf.Object) -> list[Box]:
    (found,) = [part[MARK] for part in leaf.Contents if MARK in part]
    edges = [float(edge) for edge in found]
    return [Box(*edges[at : at + 4]) for at in range(0, len(edges), 4)]


def ink_under(source: Image.Image, box: Box, width: float, paper: int) -> bool:
    scale = source.width / width
    area = (
        round(box.x * scale),
        round(source.height - (box.y + box.height) * scale),
        round((box.x + box.width) * scale),
        round(source.height - box.y * scale),
    )
    low, _ = cast("tuple[int, int]", source.crop(area).getextrema())
    return bool(low < paper - 40)


def test_numbers_cover_no_ink_where_there_is_room(tmp_path: Path) -> None:
    sheets = [
        Sheet(before=FOOT),
        Sheet(rotate=90, before=FOOT),
        Sheet(LANDSCAPE, before=CORNER),
        Sheet(A4, rotate=180, before=b"BT /F1 30 Tf 10 800 Td (INK AT THE EDGE) Tj ET "),
        Sheet(image=initialled(), text=False),
        Sheet(image=initialled(), text=False, rotate=180),
        Sheet(unit=2.0, before=FOOT),
    ]
    path = make_pdf(tmp_path / "inked.pdf", sheets)
    build(spec_of([path]), tmp_path / "out.pdf")
    with Pdf.open(tmp_path / "out.pdf") as pdf, pypdfium2.PdfDocument(path) as source:
        for nth, sheet in enumerate(sheets):
            (box,) = boxes_of(pdf.pages[nth + 1].obj)
            picture = source[nth].render(scale=2).to_pil().convert("L")
            width = picture.width / 2 * sheet.unit
            paper = 232 if sheet.image else 255
            assert not ink_under(picture, box, width, paper), f"the number of sheet {nth + 1} covers ink"
            assert box.x + box.width / 2 > 0.6 * width


def test_scans_are_looked_at_where_what_is_found_is_kept(tmp_path: Path) -> None:
    """Without a folder for it, recognised text says where there is writing; what is below shows through."""
    path = make_pdf(tmp_path / "scan.pdf", [Sheet(image=initialled())])
    kept = tmp_path / "kept"
    kept.mkdir()
    build(spec_of([path]), tmp_path / "looked.pdf", kept=kept)
    build(spec_of([path]), tmp_path / "quick.pdf")
    with pypdfium2.PdfDocument(path) as source:
        picture = source[0].render(scale=2).to_pil().convert("L")
    with Pdf.open(tmp_path / "looked.pdf") as looked, Pdf.open(tmp_path / "quick.pdf") as quick:
        clear, usual = (boxes_of(pdf.pages[1].obj)[0] for pdf in (looked, quick))
        assert "/AssizeGlass" not in looked.pages[1].obj.Resources.get("/ExtGState", {})
        assert float(quick.pages[1].obj.Resources.ExtGState["/AssizeGlass"].ca) < 0.8
    assert not ink_under(picture, clear, 595, 232)
    assert ink_under(picture, usual, 595, 232)
    with pypdfium2.PdfDocument(tmp_path / "quick.pdf") as bundle:
        shown = bundle[1].render(scale=2).to_pil().convert("L")
        stroke = shown.crop((1127, 1616, 1132, 1632)).getextrema()
    assert stroke[0] < 215, "the stroke under the number can still be seen"


def test_a_page_without_room_has_its_number_in_a_box_at_the_usual_place(tmp_path: Path) -> None:
    black = Sheet(before=b"q 0 g 0 0 595 842 re f Q\n")
    path = make_pdf(tmp_path / "black.pdf", [black, Sheet()])
    build(spec_of([path]), tmp_path / "out.pdf")
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        full, empty = (boxes_of(pdf.pages[nth].obj)[0] for nth in (1, 2))
    assert (full.x, full.y) == (empty.x, empty.y)


def test_sticker_bates_number_marking_reference_and_number_keep_apart(tmp_path: Path) -> None:
    """US-12 and CC-06: all of them on one page, none over another, the number drawn last."""
    sheets = [Sheet(), Sheet(before=FOOT), Sheet(LANDSCAPE), Sheet((0, 0, 300, 220))]
    path = make_pdf(tmp_path / "deed.pdf", sheets)
    entry = EntrySpec(
        "Deed",
        None,
        path,
        path.name,
        references=("A/45", "A/46", "A/47", "A/48"),
        sticker="PX 12",
        marking="CONFIDENTIAL",
    )
    spec = spec_of([], sections=(SectionSpec("A", (entry,)),), bates=Bates("AUR", 99, 5))
    build(spec, tmp_path / "out.pdf")
    with Pdf.open(tmp_path / "out.pdf") as pdf, pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        for nth in range(1, 5):
            boxes = boxes_of(pdf.pages[nth].obj)
            assert len(boxes) == (5 if nth == 1 else 4)
            assert not any(one.overlaps(other) for one, other in combinations(boxes, 2)), f"page {nth + 1}"
            words = document[nth].get_textpage().get_text_bounded().split()
            assert words[-1] == str(nth + 1)
            assert {f"A/{44 + nth}", f"AUR{98 + nth:05}", "CONFIDENTIAL"} <= set(words)
        assert "PX 12" in document[1].get_textpage().get_text_bounded()
        assert "PX 12" not in document[2].get_textpage().get_text_bounded()


@pytest.fixture
def made_by(monkeypatch: pytest.MonkeyPatch) -> "Making":
    return Making(monkeypatch)


class Making:
    """Lets ew-2021 be made in another way, as other courts' profiles do."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.usual = profiles.load("ew-2021")

    def __call__(self, profile: Profile) -> None:
        self.monkeypatch.setattr(profiles, "load", lambda name: profile)


def test_prefix_position_and_tabs_follow_the_profile(tmp_path: Path, made_by: Making) -> None:
    numbering = replace(made_by.usual.numbering, prefix="S", position="top right", tabs=True)
    made_by(replace(made_by.usual, numbering=numbering, zoom=None))
    path = make_pdf(tmp_path / "deed.pdf", [Sheet()])
    report = build(spec_of([path]), tmp_path / "out.pdf")
    assert report.numbers == ("S1", "S2")
    with Pdf.open(tmp_path / "out.pdf") as pdf, pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        assert [str(page.label) for page in pdf.pages] == ["S1", "S2"]
        assert list(pdf.Root.OpenAction)[4] is None, "the reader's own zoom is kept"
        number, tab = boxes_of(pdf.pages[1].obj)
        assert number.y > 780
        assert number.x > 500
        assert tab.x + tab.width < number.x
        assert document[1].get_textpage().get_text_bounded().split()[-3:] == ["Tab", "1", "S2"]
        assert "S2" in document[0].get_textpage().get_text_bounded(), (
            "the index prints the number as it stands"
        )


def test_every_page_has_the_size_that_the_court_wants(tmp_path: Path) -> None:
    sheets = [Sheet(), Sheet(LANDSCAPE), Sheet((0, 0, 200, 120)), Sheet((0, 0, 1191, 842), rotate=90)]
    path = make_pdf(tmp_path / "mixed.pdf", sheets)
    report = build(spec_of([path], profile="us-district"), tmp_path / "out.pdf")
    assert report.check.passed or all(
        rule.id != "US-06" or rule.status == "pass" for rule in report.check.rules
    )
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        sizes = [tuple(map(round, page.get_size())) for page in document]
        assert sizes == [(612, 792), (612, 792), (792, 612), (792, 612), (612, 792)]
        for page in list(document)[1:]:
            assert "mixed" in "".join(page.get_textpage().get_text_bounded()) or "document" in (
                page.get_textpage().get_text_bounded()
            )


def test_the_front_sheet_of_an_exhibit_carries_its_marks(tmp_path: Path) -> None:
    """PD 32 para 11.3 and 18.3: in the top right corner; below, the exhibit's documents with their dates."""
    path = make_pdf(tmp_path / "letter.pdf", [Sheet()])
    front = FrontSheet(
        ("Claimant", "H. Price", "First", "HP1", "1 October 2026"),
        "HP1",
        "This is the exhibit marked HP1.",
        (("12 March 2025", "Contract"), ("3 May 2025", "Letter")),
    )
    entry = EntrySpec("Correspondence", None, path, path.name, front=front)
    report = build(spec_of([], sections=(SectionSpec("A", (entry,)),)), tmp_path / "out.pdf")
    assert (report.entries[0].first_page, report.entries[0].last_page) == (2, 3)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        page = document[1].get_textpage()
        corner = page.get_text_bounded(left=300, bottom=700, right=595, top=842).split()
        assert corner[:7] == ["Claimant", "H.", "Price", "First", "HP1", "1", "October"]
        words = " ".join(page.get_text_bounded().split())
        assert "12 March 2025 Contract 3 May 2025 Letter" in words
        whole = build(
            spec_of([path], front=replace(front, documents=()), title="Exhibit HP1"), tmp_path / "exhibit.pdf"
        )
    assert whole.pages == 2
    with pypdfium2.PdfDocument(tmp_path / "exhibit.pdf") as document:
        first = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert first.startswith("Claimant H. Price First HP1 1 October 2026")
    assert "This is the exhibit marked HP1." in first


def test_a_bundle_in_a_bundle_has_its_new_numbers_where_the_old_ones_were(tmp_path: Path) -> None:
    inner = make_pdf(tmp_path / "a.pdf", [Sheet()] * 2)
    build(spec_of([inner]), tmp_path / "inner.pdf")
    with drawn([Sheet()]) as pdf:
        pdf.save(tmp_path / "b.pdf")
    build(spec_of([tmp_path / "b.pdf", tmp_path / "inner.pdf"]), tmp_path / "out.pdf")
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        places = {(round(box.x), round(box.y)) for page in pdf.pages for box in boxes_of(page.obj)}
    assert places == {(562, 15)}
