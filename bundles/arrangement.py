"""A bundle as it stands, with what a person must know before building it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from math import ceil
from uuid import UUID

from bundles import masters, order, sources, standing
from bundles.models import Bundle, Entry, Section, Version
from bundles.standing import Delivered
from evidence.models import Exhibit

ROWS_ON_FIRST, ROWS_ON_PAGE = 18, 34
"""Rows of an index that fit on its first page and on each later one, about."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its pages and bytes as far as they are known, and what is the matter with it.

    Args:
        entry: the row itself.
        pages: pages that go in; 0 where that is not known.
        size: bytes, about.
        first: the page of the bundle on which it would begin, about.
        missing: why it cannot go in as things stand; empty where it can.
        same_as: the earlier document with the same bytes; empty where there is none.
        picture: the page of the exhibit whose picture stands beside it; 0 for none.
        late: whether it came after what was delivered.
    """

    entry: Entry
    pages: int
    size: int
    first: int
    missing: str
    same_as: str
    picture: int
    late: bool

    @property
    def privileged(self) -> str:
        """Which privilege the exhibit is marked with, in words; empty for none."""
        exhibit = self.entry.exhibit
        closed = exhibit and exhibit.privilege != Exhibit.Privilege.NONE
        return exhibit.get_privilege_display() if exhibit and closed else ""

    @property
    def confidential(self) -> str:
        """That the exhibit is not for everybody, in words; empty where it is."""
        exhibit = self.entry.exhibit
        closed = exhibit and exhibit.confidentiality != Exhibit.Confidentiality.OPEN
        return exhibit.get_confidentiality_display() if exhibit and closed else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its rows."""

    section: Section
    rows: tuple[Row, ...] = ()

    @property
    def pages(self) -> int:
        """The pages of the documents in it; one for each that would have a page in its place."""
        return sum(row.pages or 1 for row in self.rows)


@dataclass(frozen=True)
class Arrangement:
    """The whole bundle; pages and bytes are those of the documents, before index and numbering.

    Args:
        parts: sections in order.
        mark: changes with every change of the order.
        held: what was delivered and holds page numbers in place; None for nothing.
        differences: how the bundle departs from that, in words.
        newer_master: for a core bundle, the main bundle's version that its last version knows nothing of.
    """

    parts: tuple[Part, ...]
    mark: str
    held: Delivered | None = None
    differences: tuple[str, ...] = ()
    newer_master: Version | None = None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All entries in order."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def pages(self) -> int:
        """Pages of all documents; one for each that would have a page in its place."""
        return sum(row.pages or 1 for row in self.rows)

    @property
    def index_pages(self) -> int:
        """Pages that front sheet and index will take up, about."""
        return index_pages(len(self.rows), len(self.parts))

    @property
    def size(self) -> int:
        """Bytes of all documents' PDFs."""
        return sum(row.size for row in self.rows)

    @property
    def missing(self) -> list[Row]:
        """The documents that would stop the build."""
        return [row for row in self.rows if row.missing]

    @property
    def duplicates(self) -> list[Row]:
        """The documents whose bytes stand in the bundle already."""
        return [row for row in self.rows if row.same_as]

    @property
    def privileged(self) -> list[Row]:
        """The documents that are privileged."""
        return [row for row in self.rows if row.privileged]

    @property
    def confidential(self) -> list[Row]:
        """The documents that are not for everybody."""
        return [row for row in self.rows if row.confidential]


def of(bundle: Bundle) -> Arrangement:
    """The bundle's arrangement now, read in the same few queries however large it is."""
    entries, sections = sources.entries_of(bundle), list(bundle.sections.order_by("order", "pk"))
    held = standing.delivered(bundle)
    rows = _rows(entries, held, index_pages(len(entries), len(sections)))
    placed = {section: tuple(run) for section, run in groupby(rows, key=lambda row: row.entry.section_id)}
    parts = tuple(Part(section, placed.get(section.pk, ())) for section in sections)
    numbers = [(part.section.pk, [row.entry.pk for row in part.rows]) for part in parts]
    return Arrangement(
        parts,
        order.mark(numbers),
        held,
        tuple(standing.differences(held, entries)) if held else (),
        masters.out_of_date(bundle),
    )


def index_pages(rows: int, sections: int) -> int:
    """Pages of the front sheet and index for so many documents and headings, about."""
    return 1 + max(0, ceil((rows + 2 * sections - ROWS_ON_FIRST) / ROWS_ON_PAGE))


def _rows(entries: Sequence[Entry], held: Delivered | None, index: int) -> Iterable[Row]:
    seen: dict[str, str] = {}
    pictured = sources.pictured([entry.exhibit_id for entry in entries if entry.exhibit_id])
    found = [sources.of(entry) for entry in entries]
    starts = accumulate((source.count or 1 for source in found), initial=index + 1)
    for entry, source, start in zip(entries, found, starts, strict=False):
        yield Row(
            entry=entry,
            pages=source.count,
            size=source.bytes,
            first=start,
            missing=source.missing,
            same_as=seen.get(source.sha256, ""),
            picture=_picture(entry, source, pictured),
            late=held is not None and not held.holds(entry),
        )
        if source.sha256 and not entry.signpost and not entry.pages:
            seen.setdefault(source.sha256, str(entry))


def _picture(entry: Entry, source: sources.Source, pictured: set[UUID]) -> int:
    if entry.signpost or entry.exhibit_id not in pictured:
        return 0
    return source.pages[0] if source.pages else 1
