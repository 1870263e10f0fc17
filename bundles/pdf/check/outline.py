"""EW-05: bookmarks for sections and documents, nested, each with its page number."""

import re
from dataclasses import dataclass

from pikepdf import Dictionary

from bundles.pdf.check.destinations import Target
from bundles.pdf.check.index_rows import index_rows
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import RuleResult, named_pages

LIMIT = 100_000  # bookmarks read; an outline may be a circle
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Bookmark:
    """One bookmark: its depth (1 at the top), its words and where it leads."""

    depth: int
    title: str
    target: Target | None


def bookmarks(bundle: Bundle) -> list[Bookmark]:
    """All bookmarks in the order in which a reader sees them."""
    found: list[Bookmark] = []
    seen: set[tuple[int, int]] = set()
    stack = [(bundle.pdf.Root.get("/Outlines", Dictionary()).get("/First"), 1)]
    while stack and len(found) < LIMIT:
        item, depth = stack.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        found.append(Bookmark(depth, str(item.get("/Title", "")), bundle.destinations.of(item)))
        stack.append((item.get("/Next"), depth))
        stack.append((item.get("/First"), depth + 1))
    return found


def bookmarked(bundle: Bundle) -> RuleResult:
    """EW-05: each document of the index has a bookmark, nested by section, that names its page."""
    marks = bookmarks(bundle)
    if not marks:
        return RuleResult("EW-05", "fail", (), "There are no bookmarks.")
    faults, pages = [], set()
    dead = [mark.title for mark in marks if mark.target is None]
    if dead:
        faults.append(f"{len(dead)} bookmarks lead nowhere (“{dead[0]}”)")
    unnumbered = [mark for mark in marks if mark.target and not _names_page(mark)]
    if unnumbered:
        pages |= {mark.target.page for mark in unnumbered if mark.target}
        faults.append(f"{len(unnumbered)} bookmarks do not hold their page number (“{unnumbered[0].title}”)")
    documents = {row.number for row in index_rows(bundle)}
    reached = {mark.target.page for mark in marks if mark.target}
    missed = sorted(documents - reached)
    if missed:
        pages |= set(missed)
        faults.append(f"documents of the index without a bookmark: {named_pages(missed)}")
    if len(marks) > 2 and max(mark.depth for mark in marks) < 2:
        faults.append("bookmarks are not nested by section")
    if faults:
        return RuleResult("EW-05", "fail", tuple(sorted(pages)), "; ".join(faults).capitalize() + ".")
    return RuleResult("EW-05", "pass", (), f"{len(marks)} bookmarks, nested, each with its page number.")


def _names_page(mark: Bookmark) -> bool:
    return mark.target is not None and mark.target.page in {
        int(number) for number in NUMBERS.findall(mark.title)
    }
