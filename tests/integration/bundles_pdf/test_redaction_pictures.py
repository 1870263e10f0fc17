"""The part of a picture that a page does not show is not in the copy, whatever keeps it from view."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image

from bundles.pdf.redact import Box, redact
from bundles.pdf.redact.outside import hides_pictures
from tests.factories.leaky_pdf import LINE, SECRET, everything_in, plain_page

GREEN = (0, 200, 0)  # the right half of the picture, which the pages below do not show
MASK = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 2, "/Height": 1}
SHOWN = "q 40 0 0 40 20 20 cm /Photo Do Q"
HALF_OFF = "q 80 0 0 40 260 20 cm /Photo Do Q"
CROPPED = "q 20 20 40 40 re W n 80 0 0 40 20 20 cm /Photo Do Q"


def with_photo(path: Path, drawing: str) -> Path:
    """Two plain pages; the second draws a picture that is red at the left and green at the right."""
    plain_page(path, pages=2)
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        leaf = pdf.pages[1].obj
        pixels = np.full((20, 40, 3), (200, 0, 0), np.uint8)
        pixels[:, 20:] = GREEN
        photo = pdf.make_stream(
            pixels.tobytes(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=40,
            Height=20,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
        )
        inner = Dictionary(XObject=Dictionary(Photo=photo))
        form = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 40, 40]), Resources=inner)
        box = pdf.make_stream(b"80 0 0 40 0 0 cm /Photo Do", form)
        mask = pdf.make_stream(b"1 g 20 20 40 40 re f", {**form, "/BBox": Array([0, 0, 300, 200])})
        tile = Dictionary(
            PatternType=1,
            PaintType=1,
            TilingType=1,
            XStep=40,
            YStep=40,
            BBox=Array([0, 0, 40, 40]),
            Resources=inner,
        )
        leaf.Resources = Dictionary(
            Font=leaf.Resources.Font,
            XObject=Dictionary(Photo=photo, Box=box),
            Pattern=Dictionary(Tile=pdf.make_stream(b"80 0 0 40 0 0 cm /Photo Do", tile)),
            ExtGState=Dictionary(
                Masked=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask)), Clear=Dictionary(ca=0)
            ),
        )
        leaf.Contents = pdf.make_stream(leaf.Contents.read_bytes() + b" " + drawing.encode())
        pdf.save(path)
    return path


def hides(path: Path) -> bool:
    with Pdf.open(path) as pdf:
        assert not hides_pictures(pdf.pages[0], {})
        return hides_pictures(pdf.pages[1], {})


def green_pixels(path: Path) -> int:
    """How many greenish pixels are stored in all image streams of the file, used or not."""
    found = 0
    with Pdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image:
                stored: Image.Image = pikepdf.PdfImage(thing).as_pil_image()
                red, green, blue = np.moveaxis(np.asarray(stored.convert("RGB"), np.int16), 2, 0)
                found += int(((green > red + 50) & (green > blue + 50)).sum())
    return found


@pytest.mark.parametrize("drawing", [CROPPED, HALF_OFF, "q 1 0 0 1 20 20 cm /Box Do Q"])
def test_the_hidden_half_is_in_no_picture_of_the_copy(tmp_path: Path, drawing: str) -> None:
    source, out = with_photo(tmp_path / "in.pdf", drawing), tmp_path / "out.pdf"
    assert green_pixels(source) == 400
    report = redact(source, [Box(1, *LINE)], out, dpi=150)
    assert report.pages[1].why == "holds parts of a picture that are not shown"
    assert green_pixels(out) == 0


def test_a_picture_shown_whole_is_copied(tmp_path: Path) -> None:
    source, out = with_photo(tmp_path / "in.pdf", SHOWN), tmp_path / "out.pdf"
    report = redact(source, [Box(1, *LINE)], out, dpi=150)
    assert report.pages[1].treatment == "copied"
    assert green_pixels(out) == 400


@pytest.mark.parametrize(
    "drawing",
    [
        "q 20 20 m 40 60 60 60 60 20 c h W n 40 0 0 40 20 20 cm /Photo Do Q",
        "q 30 20 m 60 40 l 30 60 l h W* n 40 0 0 40 20 20 cm /Photo Do Q",
        "q 7 Tr BT /F1 50 Tf 20 20 Td (H) Tj ET 40 0 0 40 20 20 cm /Photo Do Q",
        "q /Masked gs 80 0 0 40 20 20 cm /Photo Do Q",
        "q /Masked gs /Box Do Q",
        "q /Clear gs 80 0 0 40 20 20 cm /Photo Do Q",
        "q 28 28 -28 28 250 100 cm q 0 0 .5 1 re W n /Photo Do Q Q",
        "/Pattern cs /Tile scn 20 20 30 30 re f",
        "q .5 0 0 40 20 20 cm /Photo Do Q",
        "q 20 20 9 9 re W n 40 0 0 40 20 20 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q",
        "q 20 20 9 9 re W n q 0 0 300 200 re W n 40 0 0 40 20 20 cm /Photo Do Q Q",
    ],
)
def test_whatever_keeps_a_part_from_view_is_noticed(tmp_path: Path, drawing: str) -> None:
    assert hides(with_photo(tmp_path / "in.pdf", drawing))


@pytest.mark.parametrize(
    "drawing",
    [
        "q 20 20 9 9 re W n Q " + SHOWN,
        "q 20 20 9 9 re S 19 19 42 42 re W n 40 0 0 40 20 20 cm /Photo Do Q",
        "q /Masked gs 0 0 9 9 re f Q " + SHOWN,
        "q 20 20 9 9 re W n 0 0 50 50 re f Q",
        "q 1.5 0 0 40 20 20 cm /Photo Do Q",
        "q .5 0 0 1 20 20 cm 0 0 80 40 re W n 80 0 0 40 0 0 cm /Photo Do Q",
    ],
)
def test_what_hides_no_picture_does_not_make_the_page_one(tmp_path: Path, drawing: str) -> None:
    assert not hides(with_photo(tmp_path / "in.pdf", drawing))


def soft(pdf: Pdf, alpha: int) -> Object:
    """A mask that shows the left half, and the right half by ``alpha`` of 255."""
    grey = {"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8, **MASK}
    return pdf.make_stream(bytes([255, alpha]), grey)


def hard(pdf: Pdf, bits: int) -> Object:
    """A stencil that hides the half for which ``bits`` has a one."""
    return pdf.make_stream(bytes([bits]), {"/ImageMask": True, "/BitsPerComponent": 1, **MASK})


@pytest.mark.parametrize(
    ("key", "mask", "striped", "hidden"),
    [
        ("/SMask", lambda pdf: soft(pdf, 0), True, True),
        ("/SMask", lambda pdf: soft(pdf, 0), False, False),
        ("/SMask", lambda pdf: soft(pdf, 128), True, False),
        ("/Mask", lambda pdf: hard(pdf, 0b01000000), True, True),
        ("/Mask", lambda pdf: hard(pdf, 0b10000000), True, False),
        ("/Mask", lambda pdf: Array([0, 0, 200, 200, 0, 0]), True, False),
        ("/Mask", lambda pdf: Array([0, 0, 9, 250, 0, 0]), True, True),
        (
            "/SMask",
            lambda pdf: pdf.make_stream(b"broken", {"/Filter": Name.FlateDecode, **MASK}),
            False,
            True,
        ),
    ],
)
def test_what_a_mask_takes_away_is_noticed_unless_it_is_plain(
    tmp_path: Path, key: str, mask: Callable[[Pdf], Object], striped: bool, hidden: bool
) -> None:
    path = with_photo(tmp_path / "in.pdf", SHOWN)
    with Pdf.open(path) as pdf:
        photo = pdf.pages[1].obj.Resources.XObject.Photo
        if striped:
            pixels = np.frombuffer(photo.read_bytes(), np.uint8).reshape(20, 40, 3).copy()
            pixels[8:12, 24:36] = 255
            photo.write(pixels.tobytes())
        photo[key] = mask(pdf)
        assert hides_pictures(pdf.pages[1], {}) is hidden


def test_a_font_holds_nothing_beside_its_letters(tmp_path: Path) -> None:
    source, out = plain_page(tmp_path / "in.pdf", pages=2), tmp_path / "out.pdf"
    with Pdf.open(source, allow_overwriting_input=True) as pdf:
        leaf = pdf.pages[1].obj
        leaf.Contents = pdf.make_stream(b"BT /F1 18 Tf 40 160 Td (Yours truly) Tj ET")
        leaf.Resources.Font.F1.Remark = pikepdf.String(SECRET)
        leaf.Resources.Font.F1.Encoding = Dictionary(
            Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Note=pdf.make_stream(SECRET.encode())
        )
        pdf.save(source)
    report = redact(source, [Box(1, *LINE)], out, dpi=150)
    assert report.pages[1].treatment == "copied"
    assert SECRET.lower() not in everything_in(out)


def test_a_font_of_drawings_is_not_copied(tmp_path: Path) -> None:
    source, out = plain_page(tmp_path / "in.pdf", pages=3), tmp_path / "out.pdf"
    with Pdf.open(source, allow_overwriting_input=True) as pdf:
        unused = pdf.make_stream(f"10 0 0 0 9 9 d1 0 0 9 9 re f % {SECRET}".encode())
        drawings = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 10, 10]),
            FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]),
            FirstChar=97,
            LastChar=98,
            Widths=Array([10, 10]),
            Encoding=Dictionary(Differences=Array([97, Name.a, Name.b])),
            CharProcs=Dictionary(a=pdf.make_stream(b"10 0 0 0 9 9 d1 0 0 9 9 re f"), b=unused),
        )
        form = pdf.make_stream(
            b"BT /T 9 Tf 9 9 Td (a) Tj ET",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 99, 99]),
            Resources=Dictionary(Font=Dictionary(T=drawings)),
        )
        for page in (pdf.pages[1], pdf.pages[2]):
            page.obj.Resources = Dictionary(XObject=Dictionary(Form=form))
            page.obj.Contents = pdf.make_stream(b"/Form Do")
        pdf.save(source)
    report = redact(source, [Box(1, *LINE)], out, dpi=150)
    assert [page.treatment for page in report.pages] == ["rebuilt"] * 3
    assert SECRET.lower() not in everything_in(out)
