"""A bundle as it stands, with what a person must know before building it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from bundles import order, sources
from bundles.models import Bundle, Entry, Section
from evidence.models import Exhibit


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its pages and bytes as far as they are known, and what is the matter with it."""

    entry: Entry
    pages: int
    size: int
    missing: str
    same_as: str

    @property
    def privileged(self) -> str:
        """Which privilege the exhibit is marked with, in words; empty for none."""
        exhibit = self.entry.exhibit
        closed = exhibit and exhibit.privilege != Exhibit.Privilege.NONE
        return exhibit.get_privilege_display() if exhibit and closed else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its rows."""

    section: Section
    rows: tuple[Row, ...] = ()

    @property
    def pages(self) -> int:
        """The pages of the documents in it."""
        return sum(row.pages for row in self.rows)


@dataclass(frozen=True)
class Arrangement:
    """The whole bundle; pages and bytes are those of the documents, before index and numbering."""

    parts: tuple[Part, ...]
    mark: str
    rows: tuple[Row, ...] = field(init=False)

    def __post_init__(self) -> None:
        rows = tuple(row for part in self.parts for row in part.rows)
        object.__setattr__(self, "rows", rows)

    @property
    def pages(self) -> int:
        """Pages of all documents; one for each that would have a page in its place."""
        return sum(row.pages or 1 for row in self.rows)

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


def of(bundle: Bundle) -> Arrangement:
    """The bundle's arrangement now, read in three queries however large it is."""
    placed = {
        section: tuple(rows)
        for section, rows in groupby(_rows(sources.entries_of(bundle)), key=lambda row: row.entry.section_id)
    }
    sections = bundle.sections.order_by("order", "pk")
    parts = tuple(Part(section, placed.get(section.pk, ())) for section in sections)
    numbers = [(part.section.pk, [row.entry.pk for row in part.rows]) for part in parts]
    return Arrangement(parts, order.mark(numbers))


def _rows(entries: Iterable[Entry]) -> Iterable[Row]:
    first: dict[str, str] = {}
    for entry in entries:
        source = sources.of(entry)
        yield Row(
            entry=entry,
            pages=source.count,
            size=source.bytes,
            missing=source.missing,
            same_as=first.get(source.sha256, ""),
        )
        if source.sha256 and not entry.signpost:
            first.setdefault(source.sha256, str(entry))
