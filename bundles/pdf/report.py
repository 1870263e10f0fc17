"""What came of a build, in the shape that commands and the API print."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from bundles.pdf.check.report import CheckReport
from bundles.pdf.contents import Added, Standing
from bundles.pdf.references.report import Followed

FileKind = Literal["volume", "delta"]
EntryStatus = Literal["included", "placeholder", "failed"]


def peak_mib() -> float:
    """The most memory this process has held so far, in MiB.

    Read from Linux's own account: ``getrusage`` would add what the process that started this one held.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return round(int(found[1]) / 1024, 1) if found else 0.0


@dataclass(frozen=True)
class EntryReport:
    """Where one document stands in the bundle (pages from 1), or why it does not.

    ``reason`` of an included entry says what was left out of its copy, or is None.
    """

    title: str
    source: str
    sha256: str | None
    first_page: int | None
    last_page: int | None
    status: EntryStatus
    reason: str | None


@dataclass(frozen=True)
class FileReport:
    """A further file: one volume, or what is new since the delivered version.

    ``first_page`` and ``last_page`` are PDF pages of the whole bundle, from 1; for what is new they are those
    of the added documents, which follow the new index in it.
    """

    kind: FileKind
    number: int
    file: str
    pages: int
    first_page: int
    last_page: int
    mib: float


@dataclass(frozen=True)
class SizeReport:
    """How large the documents' files were and the bundle is, in MiB, and what was done to its images.

    Args:
        before: the documents' files together.
        after: the bundle.
        images: how many images were made coarser.
        dpi: the finest that any image is now, where some were made coarser.
        fits: whether the bundle is as small as was asked; None where nothing was asked.
    """

    before: float
    after: float
    images: int = 0
    dpi: int | None = None
    fits: bool | None = None


@dataclass(frozen=True)
class BuildReport:
    """The bundle as built: ``seconds`` and ``peak_mib`` (of this process so far) include the check.

    Args:
        index_pages: of the index that opens the bundle.
        numbers: what is printed on each page, in order, where that is not 1, 2, 3 to the end.
        added: what came after each delivery, the oldest first; ``standing_after`` reads it again.
        files: volumes, and what is new.
        references: of the documents to pages of the bundle.
    """

    file: str
    pages: int
    index_pages: int
    seconds: float
    peak_mib: float
    entries: tuple[EntryReport, ...]
    check: CheckReport
    numbers: tuple[str, ...] = ()
    added: tuple[Added, ...] = ()
    files: tuple[FileReport, ...] = ()
    size: SizeReport | None = None
    warnings: tuple[str, ...] = ()
    references: Followed | None = None

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, ready for ``json.dumps``."""
        return {
            "file": self.file,
            "pages": self.pages,
            "index_pages": self.index_pages,
            "seconds": self.seconds,
            "peak_mib": self.peak_mib,
            "entries": [asdict(entry) for entry in self.entries],
            "check": self.check.as_json(),
            "numbers": list(self.numbers),
            "added": [{**asdict(part), "after": part.after.isoformat()} for part in self.added],
            "files": [asdict(file) for file in self.files],
            "size": asdict(self.size) if self.size else None,
            "warnings": list(self.warnings),
            "references": self.references.as_json() if self.references else None,
        }


def standing_after(report: Mapping[str, Any], delivered: date, file: Path | None = None) -> Standing:
    """What the court has, from the report (``BuildReport.as_json``) on the version that it was given.

    ``file`` is that version itself, where it is at hand.
    """
    return Standing(
        index_pages=report["index_pages"],
        entries=len(report["entries"]),
        pages=report["pages"],
        delivered=delivered,
        added=tuple(
            Added(part["index_pages"], part["entries"], date.fromisoformat(part["after"]))
            for part in report.get("added", ())
        ),
        file=file,
    )
