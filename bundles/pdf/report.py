"""What came of a build, in the shape that commands and the API print."""

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from bundles.pdf.check.report import CheckReport

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
class BuildReport:
    """The bundle as built: ``seconds`` and ``peak_mib`` (of this process so far) include the check."""

    file: str
    pages: int
    index_pages: int
    seconds: float
    peak_mib: float
    entries: tuple[EntryReport, ...]
    check: CheckReport

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
        }
