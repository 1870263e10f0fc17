"""Writing the bundle to disk in one step, after its check."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pikepdf import Pdf

from bundles.pdf.check import Beside, CheckReport, check
from bundles.pdf.stamp import isolate_pages

NUMBERING = ("EW-02", "US-11")
"""Rules that fail where an original's drawing disturbs what is put on its page."""


def write(
    bundle: Pdf, draft: Path, profile: str, beside: Beside, checking: Callable[[], None]
) -> tuple[Path, CheckReport]:
    """The bundle is at the returned path, safe on disk, and its verdict is returned; ``bundle`` is closed.

    Args:
        bundle: the finished bundle.
        draft: where it is written, under the name that it will have.
        profile: the rules to check against.
        beside: the files that it is checked together with.
        checking: called between writing and checking.
    """
    _save(bundle, draft)
    bundle.close()
    checking()
    verdict = check(draft, profile=profile, beside=beside)
    disturbed = sorted({page for rule in verdict.rules if rule.id in NUMBERING for page in rule.pages})
    if disturbed and any(rule.status == "fail" for rule in verdict.rules if rule.id in NUMBERING):
        isolated = _with_isolated_pages(draft, disturbed)
        isolated.replace(draft)
        verdict = check(draft, profile=profile, beside=beside)
    sync(draft)
    return draft, verdict


def _with_isolated_pages(draft: Path, numbers: Sequence[int]) -> Path:
    cleaned = draft.with_name("isolated.pdf")
    with Pdf.open(draft) as pdf:
        isolate_pages(pdf, numbers)
        _save(pdf, cleaned)
    return cleaned


def _save(pdf: Pdf, path: Path) -> None:
    # Streams are copied as they are: compressing again costs time and the originals' own bytes.
    # The bundle's own identity stands in its trailer already; qpdf's would hash the whole file once more.
    pdf.save(path, static_id=True, compress_streams=False)


def sync(path: Path) -> None:
    """What was written there survives a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
