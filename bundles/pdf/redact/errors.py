"""Errors of redaction; nothing is written when one is raised."""

from typing import TYPE_CHECKING

from core.errors import CheckFailed

if TYPE_CHECKING:
    from bundles.pdf.redact.report import RedactionReport


class RedactionFailed(CheckFailed):
    """The redacted copy did not pass its verification and was not written; names what failed.

    Args:
        report: the whole report, failed checks included.
    """

    def __init__(self, report: "RedactionReport") -> None:
        failed = [check for check in report.checks if not check.passed]
        lines = "; ".join(check.words for check in failed[:5])
        more = f" and {len(failed) - 5} more" if len(failed) > 5 else ""
        super().__init__(
            f"The redacted copy was not written, because its verification failed: {lines}{more}.",
            remedy="Draw the rectangles named a little larger and try again.",
        )
        self.report = report
