"""Errors of the bundle engine; each names the document or the line and the remedy."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.errors import AssizeError, Code, InvalidInput

if TYPE_CHECKING:
    from bundles.pdf.report import EntryReport


class SpecInvalid(InvalidInput):
    """The bundle's specification cannot be used; the message names the line or the entry."""


class SourceRefused(AssizeError):
    """One document cannot go into a bundle as it is.

    Args:
        reason: a few words that fit after "not included:", without a full stop.
        remedy: one sentence that tells the paralegal what to do.
    """

    code = Code.NOT_CONVERTED
    http_status = 422
    exit_code = 6

    def __init__(self, reason: str, *, remedy: str) -> None:
        super().__init__(f"{reason}.", remedy=remedy)
        self.reason = reason


class BundleStopped(AssizeError):
    """No bundle was written, because documents failed; names every one of them.

    Args:
        entries: the report on every entry of the bundle, the failed ones with their reasons.
        remedies: the remedy of each failed entry, in the order of the failed entries.
    """

    code = Code.NOT_CONVERTED
    http_status = 422
    exit_code = 6

    def __init__(self, entries: Sequence["EntryReport"], remedies: Sequence[str]) -> None:
        failed = [entry for entry in entries if entry.status == "failed"]
        lines = [
            f"{entry.title} ({entry.source}): {entry.reason}. {remedy}"
            for entry, remedy in zip(failed, remedies, strict=True)
        ]
        count = "one document" if len(failed) == 1 else f"{len(failed)} documents"
        super().__init__(
            f"The bundle was not built, because {count} could not be included:\n" + "\n".join(lines) + "\n",
            remedy='Put that right, or set on_failure = "placeholder": a page in its place then says so.',
        )
        self.entries = tuple(entries)
        self.remedies = tuple(remedies)

    def as_json(self) -> dict[str, Any]:
        """What became of each entry of the bundle that was not written, in the shape of a build's report."""
        entries = [asdict(entry) for entry in self.entries]
        return {"file": None, "pages": 0, "index_pages": 0, "entries": entries, "check": None}


class IndexUnstable(AssizeError):
    """The index never settled on a number of pages."""

    code = Code.CONFLICT
    http_status = 409
    exit_code = 5
