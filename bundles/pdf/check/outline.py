"""Bookmarks: EW-05 and CC-03."""

import re
from dataclasses import dataclass

from bundles.pdf.check.index_rows import index_rows
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import (
    Finding,
    counted,
    failed,
    faulted,
    named_pages,
    not_applicable,
    passed,
)
from bundles.pdf.check.series import page_called
from bundles.pdf.destinations import Target
from bundles.pdf.outlines import outline_items

LIMIT = 50_000  # bookmarks read
NUMBERS = re.compile(r"(\d{1,9}(?!\d))([A-Z]{0,2})")
WORDS = re.compile(r"[^\W\d_]{2,}")
PAGE = re.compile(
    r"\W*\(?\b(?:pages?|pp?\.?)?\s*[A-Z]{0,3}\d+[A-Z]{0,2}(?:\s*[-–]\s*\d+)?\)?\s*$", re.IGNORECASE
)
ALIKE = 0.6  # part of a row's words that its bookmark must hold; the row may be cut, or hold its date


@dataclass(frozen=True)
class Bookmark:
    """One bookmark: its depth (1 at the top), its words and where it leads."""

    depth: int
    title: str
    target: Target | None

    @property
    def page(self) -> int:
        """The page that it leads to, from 1; 0 for none."""
        return self.target.page if self.target else 0


def bookmarks(bundle: Bundle) -> list[Bookmark]:
    """All bookmarks in the order in which a reader sees them."""
    if "bookmarks" not in bundle.kept:
        bundle.kept["bookmarks"] = _read(bundle)
    found: list[Bookmark] = bundle.kept["bookmarks"]
    return found


def _read(bundle: Bundle) -> list[Bookmark]:
    return [
        Bookmark(depth, str(item.get("/Title", "")), bundle.destinations.of(item))
        for depth, item in outline_items(bundle.pdf, LIMIT)
    ]


def bookmarked(bundle: Bundle) -> Finding:
    """EW-05: each document of the index has a bookmark, nested by section, that names its page."""
    marks = bookmarks(bundle)
    if not marks:
        return failed("There are no bookmarks.")
    faults, pages = [], set()
    dead = [mark.title for mark in marks if mark.target is None]
    if dead:
        faults.append(f"{counted(len(dead), 'bookmark')} leading nowhere (“{dead[0]}”)")
    unnumbered = [mark for mark in marks if mark.target and not _names_page(mark, bundle)]
    if unnumbered:
        pages |= {mark.page for mark in unnumbered}
        faults.append(
            f"{counted(len(unnumbered), 'bookmark')} without the right page number (“{unnumbered[0].title}”)"
        )
    missed = sorted({row.number for row in index_rows(bundle)} - {mark.page for mark in marks})
    if missed:
        pages |= set(missed)
        faults.append(f"documents of the index without a bookmark: {named_pages(missed)}")
    if len(marks) > 2 and max(mark.depth for mark in marks) < 2:
        faults.append("bookmarks are not nested by section")
    if faults:
        return faulted(faults, pages)
    return passed(f"{counted(len(marks), 'bookmark')}, nested, each with its page number.")


def worded_alike(bundle: Bundle) -> Finding:
    """CC-03: a document's bookmark has the words of its row in the index, and the page."""
    rows = index_rows(bundle)
    if not rows:
        return not_applicable("No index with page numbers was found to compare bookmarks with.")
    marks: dict[int, list[Bookmark]] = {}
    for mark in bookmarks(bundle):
        marks.setdefault(mark.page, []).append(mark)
    none = [row.number for row in rows if row.number not in marks]
    other = [
        row.number
        for row in rows
        if row.number in marks and not any(_alike(row.words, mark.title) for mark in marks[row.number])
    ]
    faults = []
    if none:
        faults.append(f"no bookmark for the documents on {named_pages(none)}")
    if other:
        shown = marks[other[0]][-1].title
        faults.append(f"other words than in the index for {named_pages(other)} (“{shown}”)")
    if faults:
        return faulted(faults, [*none, *other])
    return passed(f"The bookmarks of {counted(len(rows), 'document')} read as the index does.")


def _alike(row: str, title: str) -> bool:
    """Whether the bookmark's words stand in the row; a long row's line may hold only the first of them."""
    bookmark = [word.lower() for word in WORDS.findall(PAGE.sub("", title))]
    known = {word.lower() for word in WORDS.findall(row)}
    if not bookmark:
        return not known
    return sum(word in known for word in bookmark) >= ALIKE * min(len(bookmark), max(1, len(known)))


def _names_page(mark: Bookmark, bundle: Bundle) -> bool:
    found = NUMBERS.findall(mark.title)
    return any(mark.page in (page_called(bundle, n), page_called(bundle, n + letter)) for n, letter in found)
