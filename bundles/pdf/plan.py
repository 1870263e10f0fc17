"""The bundle before it is assembled: which document and which index stands where."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Literal

from pikepdf import Pdf

from bundles.pdf.contents import BundleSpec, EntrySpec
from bundles.pdf.pictures import damaged
from bundles.pdf.prepare import Prepared
from bundles.pdf.report import EntryReport, EntryStatus
from bundles.pdf.sources import Source
from bundles.pdf.survey import PageSurvey

Kind = Literal["front", "volume", "added"]
UNSEEN = (
    "What its pages show could not be found out, so that their numbers stand at the usual place, perhaps on "
    "top of something"
)


@dataclass
class Tab:
    """One document in its place; ``reason`` and ``remedy`` are set where it could not be included.

    Args:
        number: its place in the bundle, from 1.
        entry: what was asked for.
        hashing: the original's hash, once it is computed; None when there is nothing to hash.
        preparing: what its pages show, and its copy with coarser images.
        pdf: the document, or the page that stands in its place once that is laid out.
        sheet: the front sheet before it, of so many ``sheets``.
        first: its first page in the bundle, front sheet included, from 1; 0 until it has a place.
    """

    number: int
    entry: EntrySpec
    hashing: "Future[str | None]"
    preparing: "Future[Prepared] | None" = None
    source: Source | None = None
    reason: str | None = None
    remedy: str = ""
    pdf: Pdf | None = None
    sheet: Pdf | None = None
    sheets: int = 0
    first: int = 0

    @property
    def sha256(self) -> str | None:
        """The original's hash, once it is computed; None when there is nothing to hash."""
        return self.hashing.result()

    @property
    def pages(self) -> int:
        """How many pages it takes up: its own with its front sheet, or those in its place."""
        return self.sheets + (self.source.pages if self.source else max(1, self.entry.keeps))

    @property
    def failed(self) -> bool:
        """Whether it could not be included and is not kept elsewhere on purpose."""
        return self.source is None and not self.entry.signpost

    @property
    def title(self) -> str:
        """The words in the index and in the bookmark."""
        if self.source:
            return self.entry.label
        if self.entry.signpost:
            return f"{self.entry.label} (see {self.entry.signpost})"
        # The index gives the reason's first sentence; the page in the document's place gives all of it.
        why = (self.reason or "").split(". ")[0]
        return f"{self.entry.label} (not included: {why[:1].lower()}{why[1:]})"

    def surveys(self) -> list[PageSurvey | None]:
        """What each of its pages shows along its edges; None for pages nobody looked at."""
        own = self.preparing.result().pages if self.preparing else ()
        if self.source is None or len(own) < self.source.of:
            return [None] * self.pages
        return [None] * self.sheets + [own[number - 1] for number in self.source.numbers]

    def _notes(self, source: Source) -> tuple[str, ...]:
        own = self.preparing.result().pages if self.preparing else ()
        if len(own) < source.of:
            return (*source.notes, UNSEEN)
        broken = sorted({number for number in source.numbers if own[number - 1].broken})
        return (*source.notes, damaged(broken)) if broken else source.notes

    def report(self, *, stopped: bool) -> EntryReport:
        """The entry's line in the report."""
        reason = self.reason
        if self.source:
            # Nobody waits for what its pages show where no bundle comes of it.
            reason = "; ".join(self.source.notes if stopped else self._notes(self.source)) or None
        status: EntryStatus = "included" if self.source else "placeholder"
        if stopped and self.failed:
            status = "failed"
        last = self.first + self.pages - 1 if self.first else None
        return EntryReport(
            self.entry.title, self.entry.source, self.sha256, self.first or None, last, status, reason
        )


@dataclass
class Part:
    """A titled run of documents in an index."""

    title: str
    tabs: list[Tab]


@dataclass
class Index:
    """An index in its place, with the parts whose rows it shows.

    Args:
        kind: of the whole bundle, of one volume, or of what was added after a delivery.
        parts: the rows.
        pages: how many pages it takes up, as far as is known.
        volume: which volume it opens, from 1.
        heading: the words above its rows, where it is not the whole bundle's.
        pointers: indexes further on that this one leads to.
        first: its first page in the bundle, from 1.
    """

    kind: Kind
    parts: list[Part]
    pages: int = 1
    volume: int = 1
    heading: str = ""
    pointers: list["Index"] = field(default_factory=list)
    first: int = 1
    pdf: Pdf | None = None

    @property
    def tabs(self) -> list[Tab]:
        """Its documents in order."""
        return [tab for part in self.parts for tab in part.tabs]


Block = Tab | Index


@dataclass
class Plan:
    """Everything in the order of the pages; ``volumes`` says with which block each volume begins."""

    blocks: list[Block]
    volumes: list[int] = field(default_factory=lambda: [0])

    @property
    def indexes(self) -> list[Index]:
        """The indexes in order."""
        return [block for block in self.blocks if isinstance(block, Index)]

    @property
    def pages(self) -> int:
        """All pages."""
        return sum(block.pages for block in self.blocks)

    def place(self) -> None:
        """Every block knows its first page."""
        page = 1
        for block in self.blocks:
            block.first = page
            page += block.pages

    def volume_of(self, block: Block) -> int:
        """The volume in which a block stands, from 1."""
        at = next(nth for nth, other in enumerate(self.blocks) if other is block)
        return sum(1 for start in self.volumes if start <= at)

    def volume_pages(self) -> list[tuple[int, int]]:
        """First and last page of each volume."""
        starts = [self.blocks[at].first for at in self.volumes]
        return [(start, end - 1) for start, end in zip(starts, [*starts[1:], self.pages + 1], strict=True)]


def by_section(spec: BundleSpec, items: Sequence[Any]) -> list[list[Any]]:
    """One list of items for each section, where ``items`` holds one for each entry in order."""
    rest = iter(items)
    return [[next(rest) for _ in section.entries] for section in spec.sections]


def parts_of(spec: BundleSpec, tabs: Iterable[Tab]) -> list[Part]:
    """These documents in their sections, which are left out where none of theirs is among them."""
    wanted = {tab.number for tab in tabs}
    every = {tab.number: tab for tab in tabs}
    numbers = range(1, len(spec.entries) + 1)
    return [
        Part(section.title, found)
        for section, own in zip(spec.sections, by_section(spec, numbers), strict=True)
        if (found := [every[number] for number in own if number in wanted])
    ]
