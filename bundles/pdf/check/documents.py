"""The documents in a bundle, as its index or its bookmarks tell them apart."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bundles.pdf.check.index_rows import index_rows
from bundles.pdf.check.outline import bookmarks
from bundles.pdf.check.reading import Bundle

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for name in names
}
WORDED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Z][a-z]{2,8})\.?,?\s+(\d{4})\b", re.IGNORECASE)
AMERICAN = re.compile(r"\b([A-Z][a-z]{2,8})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.IGNORECASE)
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")


@dataclass(frozen=True)
class Document:
    """One document: its words in the index, its pages from 1, its date there and its section."""

    words: str
    first: int
    last: int
    date: date | None
    section: str


def documents(bundle: Bundle) -> list[Document]:
    """The bundle's documents in order; by its bookmarks where it has no index."""
    if "documents" not in bundle.kept:
        bundle.kept["documents"] = _read(bundle)
    found: list[Document] = bundle.kept["documents"]
    return found


def _read(bundle: Bundle) -> list[Document]:
    starts = {row.number: row.words for row in index_rows(bundle)}
    marks = [mark for mark in bookmarks(bundle) if mark.page]
    if not starts:
        depth = max((mark.depth for mark in marks), default=0)
        starts = {mark.page: mark.title for mark in marks if mark.depth == depth}
    sections = sorted(
        {mark.page: mark.title for mark in reversed(marks) if mark.depth == 1}.items(), reverse=True
    )
    ordered = sorted(starts)
    american = bundle.profile.page_size == "Letter"
    return [
        Document(
            starts[first],
            first,
            then - 1,
            first_date(starts[first], american=american),
            next((title for page, title in sections if page <= first), ""),
        )
        for first, then in pairwise([*ordered, len(bundle.pages) + 1])
    ]


def first_date(words: str, *, american: bool = False) -> date | None:
    """The first full date in the words, or None; figures alone are read as the court's country does."""
    found = [
        (match.start(), int(match[3]), MONTHS.get(match[2].lower(), 0), int(match[1]))
        for match in WORDED.finditer(words)
    ]
    found += [
        (match.start(), int(match[3]), MONTHS.get(match[1].lower(), 0), int(match[2]))
        for match in AMERICAN.finditer(words)
    ]
    found += [(match.start(), *map(int, match.groups())) for match in ISO.finditer(words)]  # type: ignore[misc]
    for match in FIGURES.finditer(words):
        day, month = (int(match[2]), int(match[1])) if american else (int(match[1]), int(match[2]))
        found.append((match.start(), int(match[3]), month, day))
    for _, year, month, day in sorted(found):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None
