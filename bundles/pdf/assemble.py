"""Putting the pages together: the documents, the index before them, numbers, links and bookmarks."""

import hashlib

from pikepdf import Array, Pdf, String

from bundles.pdf.contents import BundleSpec
from bundles.pdf.index import link_rows
from bundles.pdf.navigation import Bookmark, add_navigation
from bundles.pdf.plan import Tab, by_section
from bundles.pdf.stamp import stamp_pages
from core.errors import IntegrityFailure


def merge(tabs: list[Tab]) -> Pdf:
    """All documents' pages one after another, their links and named destinations working; inputs are closed.

    Raises:
        IntegrityFailure: a page went missing.
    """
    bundle = Pdf.new()
    for tab in tabs:
        if tab.pdf is None:
            continue
        bundle.add_pages_from(tab.pdf, forms="strip")
        tab.pdf.close()
        tab.pdf = None
    _account(bundle, sum(tab.pages for tab in tabs))
    return bundle


def add_front(bundle: Pdf, index: Pdf, spec: BundleSpec, tabs: list[Tab], starts: list[int]) -> None:
    """The index stands before the documents, and every page is numbered, linked and bookmarked.

    Args:
        bundle: the merged documents; changed in place.
        index: the laid-out front sheet and index; closed.
        spec: for the words of sections and title.
        tabs: the documents in order.
        starts: the first page of each, counted from 1 on the index.
    """
    index_pages = len(index.pages)
    for number, page in enumerate(index.pages):
        bundle.pages.insert(number, page)
    index.close()
    _account(bundle, index_pages + sum(tab.pages for tab in tabs))
    pages = list(bundle.pages)
    link_rows(pages[:index_pages], [pages[start - 1] for start in starts], bundle)
    stamp_pages(bundle)
    marks = [Bookmark(f"{tab.number}. {tab.title}", start) for tab, start in zip(tabs, starts, strict=True)]
    sections = [
        Bookmark(section.title, below[0].page, tuple(below))
        for section, below in zip(spec.sections, by_section(spec, marks), strict=True)
        if below
    ]
    add_navigation(bundle, spec, [Bookmark("Index", 1), *sections])
    identity = String(_identity(spec, tabs))
    bundle.trailer.ID = Array([identity, identity])


def _identity(spec: BundleSpec, tabs: list[Tab]) -> bytes:
    """Sixteen bytes that are the same for the same bundle of the same documents."""
    words = (spec.title, spec.case, spec.claim_number, spec.court, spec.hearing_date)
    documents = [(tab.title, tab.entry.shown_date, tab.sha256, tab.pages) for tab in tabs]
    return hashlib.sha256(repr((words, documents)).encode()).digest()[:16]


def _account(bundle: Pdf, expected: int) -> None:
    if len(bundle.pages) != expected:
        raise IntegrityFailure(
            f"The bundle came to {len(bundle.pages)} pages, not {expected} as expected; nothing was written.",
            remedy="Report this with the documents that were used.",
        )
