"""What a bundle is built from: sections of dated documents, in the order in which they will be numbered."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bundles.pdf.references.pagemap import PageMap

OnFailure = Literal["stop", "placeholder"]


@dataclass(frozen=True)
class FrontSheet:
    """The sheet before an exhibit.

    Law: PD 32 para 11.3, 13.3 and 18.3: it carries the marks of the statement and of the exhibit.

    Args:
        marks: the lines of the top right corner: party, witness, number of the statement, exhibit, date.
        mark: the exhibit's mark, ``HP1``.
        certificate: the words by which the exhibit is identified; empty for none.
        documents: date and title of each document in it, where it is more than one.
    """

    marks: tuple[str, ...]
    mark: str
    certificate: str = ""
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Added:
    """Documents that came after a delivery.

    Args:
        index_pages: pages of the index before them; 0 where the first index has their rows.
        entries: how many they are.
        after: the day of that delivery.
    """

    index_pages: int
    entries: int
    after: date


@dataclass(frozen=True)
class Standing:
    """What the court has already, whose page numbers must not change.

    Law: General Guidance on Electronic Court Bundles (29 Nov 2021): later pages go to the end.

    Args:
        index_pages: pages of the front sheet and index in the delivered version.
        entries: how many of the first entries the delivered version holds, added ones included.
        pages: all its pages.
        delivered: the day on which the court had it.
        added: what had been added to it after still earlier deliveries, the oldest first.
        file: the delivered PDF, beside which the new one is checked; None where it is not at hand.
    """

    index_pages: int
    entries: int
    pages: int
    delivered: date
    added: tuple[Added, ...] = ()
    file: Path | None = None


@dataclass(frozen=True)
class Bates:
    """A running number on every page of the documents, ``ABC000123``."""

    prefix: str
    start: int = 1
    digits: int = 6


@dataclass(frozen=True)
class EntrySpec:
    """One document of a bundle.

    Args:
        title: as it will stand in the index and in the bookmark.
        date: the document's own date, or None when it has none.
        file: the PDF to include.
        source: the name shown to people, usually the original's file name.
        sha256: hash of the original in hexadecimal; computed from ``file`` when None.
        exhibit_mark: ``HP1`` and the like, shown in the index.
        failure: why there is no PDF; the entry then fails, or becomes a placeholder.
        keeps: pages that a placeholder takes up, so that nothing after it moves: those of a document that
            was delivered and then withdrawn; 0 for one.
        date_text: shown in place of ``date`` ("early 2024", "undated").
        password: opens the file where it is locked.
        pages: the pages of the file to include, from 1, in this order; empty for all.
        references: for each included page what stands beside its number (a core bundle's ``A/45``);
            empty for none.
        front: the sheet that stands before it.
        sticker: the exhibit's label on its first page; empty for none.
        marking: words on each of its pages, such as ``CONFIDENTIAL``; empty for none.
        signpost: for a document kept elsewhere, where it is; a page says so, and ``file`` is not read.
        signpost_to: where that is in this bundle itself, the number of the entry, from 1; 0 where it is not.
        late: stands in its place although it came after delivery; its pages are numbered 45A and so on.
        refers: its references to pages of the bundle become links.
        written_against: the version whose page numbers its author used; None when it is the one now built.
    """

    title: str
    date: date | None
    file: Path
    source: str
    sha256: str | None = None
    exhibit_mark: str | None = None
    failure: str | None = None
    date_text: str | None = None
    password: str | None = None
    pages: tuple[int, ...] = ()
    references: tuple[str, ...] = ()
    front: FrontSheet | None = None
    sticker: str = ""
    marking: str = ""
    signpost: str = ""
    signpost_to: int = 0
    late: bool = False
    keeps: int = 0
    refers: bool = False
    written_against: PageMap | None = None

    @property
    def label(self) -> str:
        """The title with the exhibit's mark before it, when it has one."""
        return f"{self.exhibit_mark}: {self.title}" if self.exhibit_mark else self.title

    @property
    def shown_date(self) -> str:
        """The date in words (``1 September 2026``), or an empty string."""
        return self.date_text or in_words(self.date)


@dataclass(frozen=True)
class SectionSpec:
    """A titled run of documents."""

    title: str
    entries: tuple[EntrySpec, ...]


@dataclass(frozen=True)
class BundleSpec:
    """Everything the builder needs to know.

    Args:
        title: of the bundle.
        case: "Claimant v Defendant".
        claim_number: as the court gave it; empty when it has not.
        court: its name.
        hearing_date: the day of the hearing.
        profile: which court's requirements apply.
        on_failure: what becomes of a document that cannot be included.
        sections: the documents in their order.
        letter: the bundle's own letter, as references name it; empty for an only bundle.
        bates: numbers the documents' pages through; None for no such number.
        largest_mib: images are made coarser until the file is no larger; None leaves them.
        standing: what the court has already; later documents then come after it.
        front: for a bundle that is an exhibit, what its first page shows above the list of documents.
    """

    title: str
    case: str
    claim_number: str
    court: str
    hearing_date: date | None
    profile: str = "ew-2021"
    on_failure: OnFailure = "stop"
    sections: tuple[SectionSpec, ...] = ()
    letter: str = ""
    bates: Bates | None = None
    largest_mib: float | None = None
    standing: Standing | None = None
    front: FrontSheet | None = None

    @property
    def entries(self) -> tuple[EntrySpec, ...]:
        """All documents in the order of the bundle."""
        return tuple(entry for section in self.sections for entry in section.entries)


def in_words(day: date | None) -> str:
    """The date as an English court writes it, ``1 September 2026``; empty for None."""
    return f"{day.day} {day:%B %Y}" if day else ""
