"""Bookmarks: read from a file's outline, and moved to where their pages stand in another file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Pdf

from bundles.pdf.destinations import Destinations

DEEPEST = 6  # levels of a document's own bookmarks; those further below stand on the last
MOST = 2_000  # bookmarks taken over from one document
LONGEST = 200  # characters
PAGE = re.compile(r"\s*\(p\. [A-Z]{0,3}\d+[A-Z]{0,2}\)$")
"""What a bundle adds to a bookmark: in a bundle of bundles the old number goes."""


@dataclass(frozen=True)
class Bookmark:
    """A bookmark's words without the page, its page counted from 1, and what is nested below it.

    ``closed`` says that a reader shows what is below only when asked to.
    """

    title: str
    page: int
    below: tuple["Bookmark", ...] = ()
    closed: bool = False


def outline_items(pdf: Pdf, most: int) -> Iterator[tuple[int, pikepdf.Object]]:
    """The items of the file's outline as a reader shows them, each with its depth from 1.

    Args:
        pdf: the file; its outline may be damaged, or a circle.
        most: items after which no further one is looked at.
    """
    seen: set[tuple[int, int]] = set()
    outlines = pdf.Root.get("/Outlines")
    stack = [(outlines.get("/First") if isinstance(outlines, Dictionary) else None, 1)]
    while stack and most > 0:
        item, depth = stack.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        if item.objgen != (0, 0):
            seen.add(item.objgen)
        most -= 1
        yield depth, item
        stack.append((item.get("/Next"), depth))
        stack.append((item.get("/First"), depth + 1))


def own_bookmarks(pdf: Pdf) -> tuple[tuple[Bookmark, ...], str]:
    """A document's own bookmarks, and what people must know of those that are left out; empty for nothing."""
    if "/Outlines" not in pdf.Root:
        return (), ""
    top: list[_Read] = []
    levels = [top]
    try:
        destinations = Destinations(pdf, [page.obj for page in pdf.pages])
        for count, (depth, item) in enumerate(outline_items(pdf, MOST + 1)):
            if count == MOST:
                return _frozen(top), f"Only the first {MOST:,} of its own bookmarks are in the copy"
            target = destinations.of(item)
            del levels[min(depth, DEEPEST) :]
            read = _Read(_words(item), target.page if target else 0, [])
            levels[-1].append(read)
            levels.append(read.below)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return _frozen(top), "Some of its own bookmarks cannot be read"
    return _frozen(top), ""


def moved(mark: Bookmark, place: Mapping[int, int]) -> Bookmark | None:
    """The bookmark with its page as ``place`` has it; None where nothing of it is there."""
    below = tuple(found for part in mark.below if (found := moved(part, place)))
    page = place.get(mark.page, below[0].page if below else 0)
    return Bookmark(mark.title, page, below, mark.closed) if page else None


@dataclass
class _Read:
    title: str
    page: int
    below: list["_Read"]


def _frozen(read: list[_Read]) -> tuple[Bookmark, ...]:
    return tuple(Bookmark(mark.title, mark.page, _frozen(mark.below), closed=True) for mark in read)


def _words(item: pikepdf.Object) -> str:
    words = "".join(char if char.isprintable() else " " for char in str(item.get("/Title", "")))
    return PAGE.sub("", " ".join(words.split()))[:LONGEST] or "Untitled"
