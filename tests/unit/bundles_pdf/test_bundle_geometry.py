"""What is displayed at the bottom right is where geometry says it is, whatever the page's turn and boxes."""

from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Pdf, String
from PIL import Image, ImageChops

from bundles.pdf.geometry import view_of
from bundles.pdf.stamp import PageMarks, stamp_pages
from tests.bench.bundle_pdfs import A4, LANDSCAPE, LETTER, Sheet, drawn

SHEETS = [
    *(Sheet(A4, rotate=turn) for turn in (0, 90, 180, 270, -90, 450)),
    *(Sheet((-50, 20, 545, 862), rotate=turn, crop=(0, 100, 400, 700)) for turn in (0, 90, 180, 270)),
    *(Sheet(LETTER, rotate=turn, unit=2.0) for turn in (0, 90)),
    Sheet(LANDSCAPE),
    Sheet((0, 0, 2384, 3370)),
    Sheet((0, 0, 400, 72)),
    Sheet((0, 0, 90, 90)),
    Sheet((595, 842, 0, 0)),
]


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_the_number_is_drawn_upright_at_the_bottom_right(sheet: Sheet, tmp_path: Path) -> None:
    """Seen from outside: rendered with and without the number, the pixels that differ form its box."""
    plain, stamped = tmp_path / "plain.pdf", tmp_path / "stamped.pdf"
    with drawn([sheet]) as pdf:
        view = view_of(pdf.pages[0].obj)
        pdf.save(plain)
        stamp_pages(pdf, [PageMarks("1")] * len(pdf.pages))
        pdf.save(stamped)
    scale = 3 / view.unit if min(view.width, view.height) < 1000 else 1
    before, after = (rendered(path, scale) for path in (plain, stamped))
    box = ImageChops.difference(before, after).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert left > after.width / 2
    assert top > after.height / 2
    assert right < after.width
    assert bottom < after.height
    # "1" set in a box that is a little taller than wide: a turned number would lie in a box wider than tall.
    assert 1.0 < (bottom - top) / (right - left) < 1.3


def rendered(path: Path, scale: float) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        picture: Image.Image = document[0].render(scale=scale).to_pil().convert("L")
    return picture


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_display_and_user_space_are_inverse(turn: int) -> None:
    with drawn([Sheet((10, 20, 310, 520), rotate=turn, unit=1.5)]) as pdf:
        view = view_of(pdf.pages[0].obj)
    assert view.to_display(*view.to_user(30.0, 70.0)) == pytest.approx((30.0, 70.0))
    assert (view.width, view.height) == ((450, 750) if turn in (0, 180) else (750, 450))


def test_broken_boxes_count_as_letter() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        leaf = pdf.pages[0].obj
        leaf.MediaBox = [0, 0, 0, 0]
        leaf.Rotate = String("sideways")
        assert (view_of(leaf).width, view_of(leaf).height) == (612, 792)
