"""Which page of which document stands on each page of one version of a bundle."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

from bundles.pdf.references.grammar import mark_of
from bundles.pdf.report import EntryReport

_SECTION = re.compile(
    r"\s*(?:(?:section|part)\s+)?([A-Z]{1,2}\d?)(?:\s*[.:)–—]|\s+[-–—]|\s*$)", re.IGNORECASE
)
_CALLED = re.compile(r"\s*(?:[^\W\d_]+\s+){1,4}bundle\b", re.IGNORECASE)
TabPages = Literal["bundle", "tab"]


@dataclass(frozen=True)
class Placed:
    """One document in its place.

    Args:
        tab: its tab as printed in the index.
        title: as in the index.
        identity: the original's SHA-256, or another name that is the same in every version.
        mark: the exhibit's mark as compared (``HP1``), or empty.
        section: the section's letter, or empty.
        first: its first page in the bundle, from 1.
        last: its last page.
    """

    tab: str
    title: str
    identity: str
    mark: str
    section: str
    first: int
    last: int

    @property
    def pages(self) -> range:
        """Its pages in the bundle."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class PageMap:
    """One version of a bundle: its letter, title, front pages and documents in order.

    Args:
        letter: ``A``, ``HB``; empty when it has none.
        title: "Hearing bundle".
        index_pages: how many pages stand before the first document.
        documents: in the order of the bundle.
        tab_pages: how the bundle's users count the page after a tab, ``{A/12/3}``: by the bundle's numbers,
            or from 1 within the tab; None when nobody has said so.
    """

    letter: str
    title: str
    index_pages: int
    documents: tuple[Placed, ...]
    tab_pages: TabPages | None = None

    @property
    def pages(self) -> int:
        """How many pages the version has."""
        return self.documents[-1].last if self.documents else self.index_pages

    @cached_property
    def names(self) -> frozenset[str]:
        """What people call the bundle: its letter, HB for a hearing bundle, and the word before it."""
        words = _CALLED.match(self.title)
        called = words[0].split() if words else []
        initials = "".join(word[0] for word in called).upper()
        kind = called[-2].lower() if len(called) > 1 else ""
        return frozenset(filter(None, (mark_of(self.letter), initials, kind)))

    def at(self, page: int) -> Placed | None:
        """The document on a page; None for a page of the index."""
        return next((document for document in self.documents if page in document.pages), None)

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, to be kept with the version."""
        return asdict(self)

    @staticmethod
    def from_json(values: dict[str, Any]) -> "PageMap":
        """What ``as_json`` gave, as it was."""
        documents = tuple(Placed(**document) for document in values["documents"])
        return PageMap(**{**values, "documents": documents})


def page_map(
    entries: Iterable[EntryReport],
    *,
    letter: str = "",
    title: str = "",
    marks: Sequence[str | None] = (),
    sections: Sequence[tuple[str, int]] = (),
    tab_pages: TabPages | None = None,
) -> PageMap:
    """The page map of a bundle as built; entries without pages are left out.

    Args:
        entries: of the build's report, in order.
        letter: the bundle's letter.
        title: the bundle's title.
        marks: each entry's exhibit mark, when there are any.
        sections: each section's title and how many entries it has, in order.
        tab_pages: as for PageMap.
    """
    letters = [section_letter(name) for name, count in sections for _ in range(count)]
    placed = []
    for nth, entry in enumerate(entries):
        if entry.first_page is None or entry.last_page is None:
            continue
        mark = marks[nth] if nth < len(marks) else None
        section = letters[nth] if nth < len(letters) else ""
        identity = entry.sha256 or f"{entry.source}: {entry.title}"
        placed.append(
            Placed(
                str(nth + 1),
                entry.title,
                identity,
                mark_of(mark or ""),
                section,
                entry.first_page,
                entry.last_page,
            )
        )
    front = placed[0].first - 1 if placed else 0
    return PageMap(letter, title, front, tuple(placed), tab_pages)


def section_letter(title: str) -> str:
    """``A`` of "A. Statements of case" or "Section A"; empty when the title has no letter."""
    found = _SECTION.match(title)
    return found[1].upper() if found else ""
