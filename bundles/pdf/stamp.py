"""The page number: bottom right as displayed, upright, on a white box of its own."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from bundles.pdf.geometry import View, view_of

FONT = Name("/AssizePageNumber")
MARK = (
    "/AssizePageNumber"  # on the stream that draws a number, so that a bundle in a bundle loses its old ones
)
DIGIT = 0.556  # advance of a figure in Helvetica Bold, in ems
SIZE = 13.0  # points on A4
A4_SHORT_SIDE = 595.0
INSET = 15.0  # points between the box and the page's edges, on A4


def stamp_pages(pdf: Pdf) -> None:
    """Every page shows its own number, counted from 1, bottom right and upright."""
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name("/Helvetica-Bold"),
            Encoding=Name.WinAnsiEncoding,
        )
    )
    opening, closing = pdf.make_stream(b"q\n"), pdf.make_stream(b"\nQ\n")
    for number, page in enumerate(pdf.pages, 1):
        leaf = page.obj
        _add_font(leaf, font)
        stamp = pdf.make_stream(stamp_content(view_of(leaf), number), {MARK: True})
        leaf.Contents = Array([opening, *_streams(leaf.get("/Contents")), closing, stamp])


def isolate_pages(pdf: Pdf, numbers: tuple[int, ...]) -> None:
    """The original content of these pages can no longer disturb their page numbers.

    Needed where an original leaves graphics states open, so that what follows it is drawn in the wrong
    place. The page's own content becomes a form of its own.
    """
    for number in numbers:
        leaf = pdf.pages[number - 1].obj
        opening, *original, closing, stamp = leaf.Contents
        form = pdf.make_stream(b"\n".join(part.read_bytes() for part in original))
        view = view_of(leaf)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([view.x0, view.y0, view.x1, view.y1])
        form.Resources = pdf.make_indirect(leaf.Resources)
        leaf.Resources = Dictionary(Font=leaf.Resources.Font, XObject=Dictionary(Original=form))
        leaf.Contents = Array([opening, pdf.make_stream(b"/Original Do\n"), closing, stamp])


def stamp_content(view: View, number: int) -> bytes:
    """The drawing operators of one page number, in the page's user space."""
    text = str(number)
    scale = max(1.0, min(view.width, view.height) / A4_SHORT_SIDE)
    width, height = len(text) * DIGIT * SIZE + 11.0, SIZE + 6.0
    # A slip of a page gets a smaller number rather than one that runs off it.
    scale = min(scale, view.width / (width + 2 * INSET), view.height / (height + 2 * INSET))
    left, bottom = view.width - scale * (width + INSET), scale * INSET
    a, b, c, d, _, _ = view.matrix
    e, f = view.to_user(left, bottom)
    matrix = " ".join(f"{value:.5f}" for value in (a * scale, b * scale, c * scale, d * scale, e, f))
    return (
        f"/Artifact <</Type /Pagination>> BDC q {matrix} cm "
        f"1 g 0.35 G 0.6 w 0 0 {width:.2f} {height:.2f} re B "
        f"0 g BT {FONT} {SIZE:g} Tf 5.5 5.2 Td ({text}) Tj ET Q EMC\n"
    ).encode()


def _add_font(leaf: pikepdf.Object, font: pikepdf.Object) -> None:
    resources = leaf.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        resources = leaf.Resources = Dictionary()
    fonts = resources.get("/Font")
    if not isinstance(fonts, pikepdf.Dictionary):
        fonts = resources.Font = Dictionary()
    fonts[FONT] = font


def _streams(contents: pikepdf.Object | None) -> list[pikepdf.Object]:
    """The page's content without the number of an earlier bundle, which the new one would half cover."""
    if contents is None:
        return []
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [part for part in parts if isinstance(part, pikepdf.Stream) and MARK not in part]
