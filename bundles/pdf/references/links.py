"""Links from references to the pages that they mean."""

from collections import defaultdict
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from bundles.pdf.index import top_left
from bundles.pdf.references.cited import Box
from bundles.pdf.references.resolving import Reference

MARK = "/AssizeReference"  # on the links made here, so that a bundle in a bundle loses those of its old pages
MARGIN = 1.0  # points by which a link reaches beyond its characters


def add_links(bundle: Pdf, references: Iterable[Reference]) -> int:
    """Each resolved reference leads to the top left of its page at the reader's zoom; how many there are.

    The links draw nothing, so that a page of evidence looks as it was served.

    Args:
        bundle: the finished bundle; changed in place.
        references: as resolved against this bundle's pages.
    """
    pages = list(bundle.pages)
    wanted: dict[int, list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.page:
            wanted[reference.on_page].append(reference)
    for number, on_page in wanted.items():
        leaf = pages[number - 1].obj
        notes = [note for note in leaf.get("/Annots", Array()) if MARK not in note]
        notes += [
            bundle.make_indirect(_link(box, pages[reference.page - 1]))
            for reference in on_page
            if reference.page
            for box in reference.found.boxes
        ]
        leaf.Annots = Array(notes)
    return sum(len(on_page) for on_page in wanted.values())


def _link(box: Box, target: pikepdf.Page) -> Dictionary:
    left, bottom, right, top = box
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([left - MARGIN, bottom - MARGIN, right + MARGIN, top + MARGIN]),
        Border=Array([0, 0, 0]),
        F=4,
        Dest=top_left(target),
    )
    link[MARK] = True
    return link
