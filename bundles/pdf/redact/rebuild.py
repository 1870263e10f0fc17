"""A page built anew from its picture: the boxed picture, the words read from it, and the labels."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from bundles.pdf.geometry import View
from bundles.pdf.redact.box import Box, Place
from bundles.pdf.redact.picture import embed

_LARGEST, _SMALLEST = 9.0, 4.0  # points of a label's letters
_EM = 0.62  # of its size, that a letter of Helvetica Bold takes on average, capitals included
_FILL = 0.8  # of a box's height that a label may take
_PADDING = 2.0  # points


def rebuild(out: Path, view: View, picture: Image.Image, layer: Path, boxes: Sequence[Box]) -> None:
    """``out`` is a one-page PDF of the same size and turn that shows the picture and nothing of the old page.

    Args:
        out: where it goes.
        view: how the old page is displayed.
        picture: the page as displayed, boxes blackened.
        layer: a one-page PDF with the words read from that picture as invisible text.
        boxes: drawn again in black, with their labels in white.
    """
    with Pdf.new() as pdf, Pdf.open(layer) as words:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([view.x0, view.y0, view.x1, view.y1]),
            Rotate=view.rotate,
            Resources=Dictionary(XObject=Dictionary(Picture=embed(pdf, picture))),
        )
        if view.unit != 1:
            page.UserUnit = view.unit
        size = [float(edge) for edge in words.pages[0].mediabox][2:]
        page.Resources.XObject.Words = pdf.copy_foreign(words.pages[0].as_form_xobject())
        page.Resources.Font = Dictionary(
            Label=Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name("/Helvetica-Bold"),
                Encoding=Name.WinAnsiEncoding,
            )
        )
        page.Contents = pdf.make_stream(_content(view, (size[0], size[1]), boxes))
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(out)


def label_place(box: Box, view: View) -> tuple[float, Place] | None:
    """The size in points of a box's label, and its place in fractions of the page; None if it cannot fit."""
    width, height = (box.right - box.left) * view.width, (box.bottom - box.top) * view.height
    if not box.label:
        return None
    size = min(_LARGEST, height * _FILL, (width - 2 * _PADDING) / (_EM * len(box.label)))
    if size < _SMALLEST:
        return None
    left = box.left + _PADDING / view.width
    middle = (box.top + box.bottom) / 2
    half = size * 0.6 / view.height
    return size, (left, max(box.top, middle - half), box.right, min(box.bottom, middle + half))


def _content(view: View, layer: tuple[float, float], boxes: Sequence[Box]) -> bytes:
    width, height = view.width, view.height
    parts = [
        "q " + " ".join(f"{value:.6f}" for value in view.matrix) + " cm",
        f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Picture Do Q",
        f"q {width / layer[0]:.6f} 0 0 {height / layer[1]:.6f} 0 0 cm /Words Do Q",
    ]
    for box in boxes:
        left, low = box.left * width, (1 - box.bottom) * height
        across, up = (box.right - box.left) * width, (box.bottom - box.top) * height
        parts.append(f"0 g {left:.4f} {low:.4f} {across:.4f} {up:.4f} re f")
        label = label_place(box, view)
        if label:
            size, place = label
            base = (1 - (place[1] + place[3]) / 2) * height - size * 0.36
            parts.append(
                f"1 g BT /Label {size:.3f} Tf {left + _PADDING:.3f} {base:.3f} Td {_string(box.label)} Tj ET"
            )
    return ("\n".join([*parts, "Q"]) + "\n").encode("ascii")


def _string(text: str) -> str:
    """The text as a hexadecimal PDF string; letters that the font lacks become question marks."""
    return f"<{text.encode('cp1252', 'replace').hex()}>"
