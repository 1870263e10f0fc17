"""How a reader opens the bundle and moves in it: bookmarks, page labels, 100% view, title."""

from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from bundles.pdf.contents import BundleSpec
from bundles.pdf.index import top_left


@dataclass(frozen=True)
class Bookmark:
    """A bookmark's words without the page, its page counted from 1, and what is nested below it."""

    title: str
    page: int
    below: tuple["Bookmark", ...] = ()


def add_navigation(pdf: Pdf, spec: BundleSpec, bookmarks: list[Bookmark]) -> None:
    """The bundle opens at 100% with its bookmarks beside it; page labels equal PDF pages."""
    pages = list(pdf.pages)
    with pdf.open_outline() as outline:
        outline.root.extend(_item(bookmark, pages) for bookmark in bookmarks)
    root = pdf.Root
    view = top_left(pages[0])
    view[4] = 1
    root.OpenAction = view
    root.PageMode = Name.UseOutlines
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
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


def _item(bookmark: Bookmark, pages: list[pikepdf.Page]) -> OutlineItem:
    item = OutlineItem(f"{bookmark.title} (p. {bookmark.page})", top_left(pages[bookmark.page - 1]))
    item.is_closed = False
    item.children.extend(_item(child, pages) for child in bookmark.below)
    return item
