"""Copying the documents' pages into one file, in time that grows with their number and no faster."""

from collections.abc import Callable, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Pdf

from bundles.pdf.geometry import inherited
from bundles.pdf.links import drop_dangling
from bundles.pdf.plan import Tab
from bundles.pdf.unusual import keep_layers
from core.errors import IntegrityFailure

INHERITED = ("/MediaBox", "/CropBox", "/Resources", "/Rotate")


def merge(tabs: list[Tab], make_ready: Callable[[Tab], None]) -> Pdf:
    """All documents' pages one after another, their links working; inputs are closed.

    Args:
        tabs: the documents.
        make_ready: called with each before it is copied.

    Raises:
        IntegrityFailure: a page went missing.
    """
    bundle = Pdf.new()
    leaves: list[pikepdf.Object] = []
    for tab in tabs:
        make_ready(tab)
        if tab.sheet is not None:
            leaves += copied(bundle, tab.sheet, range(len(tab.sheet.pages)))
            tab.sheet.close()
            tab.sheet = None
        if tab.pdf is not None:
            # What stands in a document's place says so on each page that it keeps.
            instead = [0] * (tab.pages - tab.sheets)
            chosen = [number - 1 for number in tab.source.numbers] if tab.source else instead
            leaves += copied(bundle, tab.pdf, chosen)
            tab.pdf.close()
            tab.pdf = None
    set_pages(bundle, leaves)
    account(bundle, sum(tab.pages for tab in tabs))
    return bundle


def set_pages(pdf: Pdf, leaves: list[pikepdf.Object]) -> None:
    """These are the pages of a new file; appending them one by one, qpdf would look at all each time."""
    tree = pdf.Root.Pages
    for leaf in leaves:
        leaf.Parent = tree
    tree.Kids, tree.Count = Array(leaves), len(leaves)


def account(bundle: Pdf, expected: int) -> None:
    """The bundle has as many pages as it must have.

    Raises:
        IntegrityFailure: it has not.
    """
    if len(bundle.pages) != expected:
        raise IntegrityFailure(
            f"The bundle came to {len(bundle.pages)} pages, not {expected} as expected; nothing was written.",
            remedy="Report this with the documents that were used.",
        )


def copied(bundle: Pdf, pdf: Pdf, chosen: Sequence[int]) -> list[pikepdf.Object]:
    """The pages chosen (from 0) as the bundle's own objects; a page chosen twice is there twice.

    Links to pages that are not chosen are taken out.
    """
    own = list(pdf.pages)
    if len(chosen) < len(own):
        drop_dangling([own[at] for at in dict.fromkeys(chosen)])
    leaves: dict[int, pikepdf.Object] = {}
    found: list[pikepdf.Object] = []
    for at in chosen:
        if at in leaves:
            found.append(bundle.make_indirect(Dictionary(dict(leaves[at].as_dict()))))
            continue
        leaf = own[at].obj
        for key in INHERITED:
            if key not in leaf and (value := inherited(leaf, key)) is not None:
                leaf[key] = value
        leaves[at] = bundle.copy_foreign(leaf)
        found.append(leaves[at])
    keep_layers(bundle, pdf)
    return found
