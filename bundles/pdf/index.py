"""The front sheet and index: laid out with the right page numbers, each row linked to its document."""

import math
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from bundles.pdf.contents import BundleSpec
from bundles.pdf.errors import IndexUnstable
from bundles.pdf.geometry import view_of
from bundles.pdf.plan import Tab, first_pages, index_context
from bundles.pdf.typeset import Typesetter

LAYOUTS = 4
SCHEME = "tab:"
# Heights in millimetres, as the template sets them; only the guess depends on them.
FRONT, PAGE, HEAD, SECTION, ROW, LINE, CHARACTERS = 93.0, 249.0, 5.0, 11.2, 3.1, 5.2, 50


def lay_out_index(spec: BundleSpec, tabs: list[Tab], typesetter: Typesetter) -> Pdf:
    """The index as a PDF whose page count agrees with the page numbers printed in it.

    Raises:
        IndexUnstable: four lay-outs in a row each came to another number of pages.
    """
    pages = guess_pages(spec, tabs)
    for _ in range(LAYOUTS):
        content = typesetter.pdf("index.html", index_context(spec, tabs, first_pages(tabs, pages)))
        pdf = Pdf.open(BytesIO(content))
        if len(pdf.pages) == pages:
            return pdf
        pages = len(pdf.pages)
        pdf.close()
    raise IndexUnstable(
        f"The index came to another length each of {LAYOUTS} times it was laid out.",
        remedy="Shorten or lengthen one title by a few words and build again.",
    )


def guess_pages(spec: BundleSpec, tabs: list[Tab]) -> int:
    """How many pages the index will probably need; a wrong guess only costs a second lay-out."""
    pages, used = 1, FRONT
    rest = iter(tabs)
    for section in spec.sections:
        heights = [ROW + LINE * math.ceil(len(next(rest).title) / CHARACTERS) for _ in section.entries]
        if heights:
            heights[0] += SECTION
        for height in heights:
            if used + height > PAGE:
                pages, used = pages + 1, HEAD
            used += height
    return pages


def link_rows(index: list[pikepdf.Page], targets: list[pikepdf.Page], pdf: Pdf) -> None:
    """Each row of the index is one link, over its whole width, to the first page of its document.

    Args:
        index: the index's pages in the bundle.
        targets: the first page of each document in the order of the tabs.
        pdf: the bundle.
    """
    for page in index:
        rows: dict[int, list[float]] = {}
        for note in page.obj.get("/Annots", Array()):
            x0, y0, x1, y1 = (float(edge) for edge in note.Rect)
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            tab = int(str(note.A.URI).removeprefix(SCHEME))
            row = rows.setdefault(tab, [*box])
            rows[tab] = [*map(min, row[:2], box[:2]), *map(max, row[2:], box[2:])]
        page.obj.Annots = Array(
            [pdf.make_indirect(_link(row, targets[tab - 1])) for tab, row in sorted(rows.items())]
        )


def top_left(page: pikepdf.Page) -> Array:
    """A destination at the displayed top left corner of the page that leaves the reader's zoom alone."""
    view = view_of(page.obj)
    x, y = view.to_user(0, view.height)
    return Array([page.obj, Name.XYZ, round(x, 3), round(y, 3), None])


def _link(box: list[float], target: pikepdf.Page) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(edge, 3) for edge in box]),
        Border=Array([0, 0, 0]),
        F=4,
        Dest=top_left(target),
    )
