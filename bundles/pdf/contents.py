"""What a bundle is built from: sections of dated documents, in the order in which they will be numbered."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

OnFailure = Literal["stop", "placeholder"]


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
        date_text: shown in place of ``date`` ("early 2024", "undated").
    """

    title: str
    date: date | None
    file: Path
    source: str
    sha256: str | None = None
    exhibit_mark: str | None = None
    failure: str | None = None
    date_text: str | None = None

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
    """Everything the builder needs to know; ``case`` is "Claimant v Defendant"."""

    title: str
    case: str
    claim_number: str
    court: str
    hearing_date: date | None
    profile: str = "ew-2021"
    on_failure: OnFailure = "stop"
    sections: tuple[SectionSpec, ...] = ()

    @property
    def entries(self) -> tuple[EntrySpec, ...]:
        """All documents in the order of the bundle."""
        return tuple(entry for section in self.sections for entry in section.entries)


def in_words(day: date | None) -> str:
    """The date as an English court writes it, ``1 September 2026``; empty for None."""
    return f"{day.day} {day:%B %Y}" if day else ""
