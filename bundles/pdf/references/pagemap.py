"""Which page of which document stands on each page of one version of a bundle."""

import re
import string
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

from bundles.pdf.references.grammar import mark_of, page_number

_SECTION = re.compile(
    r"\s*(?:(?:section|part)\s+)?([A-Z]{1,2}\d?)(?:\s*[.:)–—]|\s+[-–—]|\s*$)", re.IGNORECASE
)
_CALLED = re.compile(r"\s*(?:[^\W\d_]+\s+){1,4}bundle\b", re.IGNORECASE)
_LETTERS = string.ascii_uppercase
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
        first: its first page in the PDF of the bundle, from 1.
        last: its last page there.
        leaves: for each of these pages which page of the document it is, from 1; 0 for a sheet before it and
            for a page in its place. Empty for all of the document's pages in order.
    """

    tab: str
    title: str
    identity: str
    mark: str
    section: str
    first: int
    last: int
    leaves: tuple[int, ...] = ()

    @property
    def pages(self) -> range:
        """Its pages in the PDF of the bundle."""
        return range(self.first, self.last + 1)

    @property
    def own(self) -> dict[int, int]:
        """Where each of the document's own pages stands in the PDF of the bundle."""
        leaves = self.leaves or range(1, len(self.pages) + 1)
        return {leaf: page for leaf, page in zip(leaves, self.pages, strict=True) if leaf}


@dataclass(frozen=True)
class PageMap:
    """One version of a bundle.

    Args:
        letter: ``A``, ``HB``; empty when it has none.
        title: "Hearing bundle".
        pages: of the PDF, indexes included.
        documents: in the order of the bundle.
        printed: the number printed on each page where that is not 1, 2, 3 to the end; empty where it is.
        beside: what else is printed beside a page's number, such as ``A/45`` on a page of a core bundle, and
            the page.
        tab_pages: how the bundle's users count the page after a tab, ``{A/12/3}``: by the bundle's numbers,
            or from 1 within the tab; None when nobody has said so.
    """

    letter: str
    title: str
    pages: int
    documents: tuple[Placed, ...]
    printed: tuple[str, ...] = ()
    beside: tuple[tuple[str, int], ...] = ()
    tab_pages: TabPages | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """What people call the bundle: its letter, HB for a hearing bundle, and the word before it."""
        words = _CALLED.match(self.title)
        called = words[0].split() if words else []
        initials = "".join(word[0] for word in called).upper()
        kind = called[-2].lower() if len(called) > 1 else ""
        return frozenset(filter(None, (mark_of(self.letter), initials, kind)))

    @cached_property
    def _by_number(self) -> dict[str, int]:
        numbers = {page_number(number): page for page, number in enumerate(self.printed, 1)}
        # People leave out the letters that all numbers have.
        return {number.lstrip(_LETTERS): page for number, page in numbers.items()} | numbers

    def pdf_page(self, number: str) -> int | None:
        """The page of the PDF on which the number is printed; None when there is none."""
        if self.printed:
            return self._by_number.get(number)
        page = int(number) if number.isdecimal() else 0
        return page if 1 <= page <= self.pages else None

    def number_of(self, page: int) -> str:
        """What is printed on a page of the PDF."""
        return self.printed[page - 1] if self.printed else str(page)

    def at(self, page: int) -> Placed | None:
        """The document on a page of the PDF; None for a page of an index."""
        return next((document for document in self.documents if page in document.pages), None)

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, to be kept with the version."""
        return asdict(self)

    @staticmethod
    def from_json(values: dict[str, Any]) -> "PageMap":
        """What ``as_json`` gave, as it was."""
        documents = tuple(
            Placed(**{**document, "leaves": tuple(document["leaves"])}) for document in values["documents"]
        )
        beside = tuple((words, page) for words, page in values["beside"])
        printed = tuple(values["printed"])
        return PageMap(**{**values, "documents": documents, "printed": printed, "beside": beside})


def section_letter(title: str) -> str:
    """``A`` of "A. Statements of case" or "Section A"; empty when the title has no letter."""
    found = _SECTION.match(title)
    return found[1].upper() if found else ""
