"""How a reader opens the bundle and moves in it: bookmarks, page labels, the size it opens at, title."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from bundles.pdf.contents import BundleSpec
from bundles.pdf.index import top_left
from bundles.pdf.outlines import Bookmark
from bundles.pdf.profile import Profile


def add_navigation(
    pdf: Pdf, spec: BundleSpec, profile: Profile, bookmarks: list[Bookmark], numbers: Sequence[str]
) -> None:
    """The file opens as the profile says, with its bookmarks beside it; page labels equal printed numbers.

    Args:
        pdf: the bundle, or one volume of it.
        spec: for its title.
        profile: says at which size it opens.
        bookmarks: their pages counted in this file.
        numbers: what is printed on each page of this file.
    """
    pages = list(pdf.pages)
    with pdf.open_outline() as outline:
        outline.root[:] = [_item(bookmark, pages, numbers) for bookmark in bookmarks]
    root = pdf.Root
    view = top_left(pages[0])
    view[4] = profile.zoom
    root.OpenAction = view
    root.PageMode = Name.UseOutlines
    root.PageLabels = Dictionary(Nums=_labels(numbers))
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Lang = String("en-GB")
    title = " - ".join(part for part in (spec.title, spec.case, spec.claim_number) if part)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Author=String(spec.case),
            Subject=String(f"{len(pages)} pages"),
            Creator=String("Assize"),
        )
    )


def _labels(numbers: Sequence[str]) -> Array:
    """The ranges of a page label tree that give each page its printed number."""
    ranges: list[object] = []
    expected = ""
    for at, number in enumerate(numbers):
        prefix = number.rstrip("0123456789")
        digits = number[len(prefix) :]
        if number != expected:
            label = Dictionary(S=Name.D) if digits else Dictionary()
            if prefix:
                label.P = String(prefix)
            if digits and digits != "1":
                label.St = int(digits)
            ranges += [at, label]
        expected = f"{prefix}{int(digits) + 1}" if digits else ""
    return Array(ranges)


def _item(bookmark: Bookmark, pages: list[pikepdf.Page], numbers: Sequence[str]) -> OutlineItem:
    at = bookmark.page - 1
    item = OutlineItem(f"{bookmark.title} (p. {numbers[at]})", top_left(pages[at]))
    item.is_closed = bookmark.closed
    item.children.extend(_item(child, pages, numbers) for child in bookmark.below)
    return item
