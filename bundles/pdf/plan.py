"""The bundle before it is assembled: which tab stands where, and under which words."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from pikepdf import Pdf

from bundles.pdf.contents import BundleSpec, EntrySpec, in_words
from bundles.pdf.report import EntryReport, EntryStatus
from bundles.pdf.sources import Source


@dataclass
class Tab:
    """One document in its place; ``reason`` and ``remedy`` are set where it could not be included.

    ``pdf`` is the document, or the page that stands in its place once that is laid out.
    """

    number: int
    entry: EntrySpec
    hashing: Future[str | None]
    source: Source | None = None
    reason: str | None = None
    remedy: str = ""
    pdf: Pdf | None = None

    @property
    def sha256(self) -> str | None:
        """The original's hash, once it is computed; None when there is nothing to hash."""
        return self.hashing.result()

    @property
    def pages(self) -> int:
        """How many pages it takes up: its own, or one for the page in its place."""
        return self.source.pages if self.source else 1

    @property
    def title(self) -> str:
        """The words in the index and in the bookmark."""
        if self.source:
            return self.entry.label
        # The index gives the reason's first sentence; the page in the document's place gives all of it.
        why = (self.reason or "").split(". ")[0]
        return f"{self.entry.label} (not included: {why[:1].lower()}{why[1:]})"

    def report(self, first_page: int | None, *, stopped: bool) -> EntryReport:
        """The entry's line in the report."""
        reason = "; ".join(self.source.notes) or None if self.source else self.reason
        status: EntryStatus = "included" if self.source else "failed" if stopped else "placeholder"
        last_page = first_page + self.pages - 1 if first_page else None
        return EntryReport(
            self.entry.title, self.entry.source, self.sha256, first_page, last_page, status, reason
        )


def first_pages(tabs: list[Tab], index_pages: int) -> list[int]:
    """The page on which each document begins, counted from 1 on the index."""
    starts, page = [], index_pages + 1
    for tab in tabs:
        starts.append(page)
        page += tab.pages
    return starts


def by_section(spec: BundleSpec, items: list[Any]) -> list[list[Any]]:
    """One list of items for each section, where ``items`` holds one for each entry in order."""
    rest = iter(items)
    return [[next(rest) for _ in section.entries] for section in spec.sections]


def index_context(spec: BundleSpec, tabs: list[Tab], starts: list[int]) -> dict[str, Any]:
    """What the index's template shows."""
    rows = [
        {
            "tab": tab.number,
            "title": tab.title,
            "date": tab.entry.shown_date,
            "page": start,
            "missing": tab.source is None,
        }
        for tab, start in zip(tabs, starts, strict=True)
    ]
    return {
        "title": spec.title,
        "court": spec.court,
        "claim_number": spec.claim_number,
        "parties": [party.strip() for party in spec.case.replace(" v. ", " v ").split(" v ", 1)],
        "hearing_date": in_words(spec.hearing_date),
        "sections": [
            {"title": section.title, "rows": part}
            for section, part in zip(spec.sections, by_section(spec, rows), strict=True)
        ],
    }


def placeholder_context(tab: Tab) -> dict[str, Any]:
    """What the template of a page in a document's place shows."""
    reason = tab.reason or ""
    return {
        "tab": tab.number,
        "title": tab.entry.label,
        "reason": reason[:1].upper() + reason[1:],
        "remedy": tab.remedy,
        "date": tab.entry.shown_date,
        "source": tab.entry.source,
        "sha256": tab.sha256,
    }
