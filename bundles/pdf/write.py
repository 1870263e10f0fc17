"""Writing the bundle to disk in one step, after its check."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from pikepdf import Pdf

from bundles.pdf.check import CheckReport, check
from bundles.pdf.stamp import isolate_pages


def write(bundle: Pdf, out: Path, profile: str, checking: Callable[[], None]) -> CheckReport:
    """The bundle is at ``out``, safe on disk, and its verdict is returned; ``bundle`` is closed.

    Args:
        bundle: the finished bundle.
        out: replaced in one step; untouched when anything fails before.
        profile: the rules to check against.
        checking: called between writing and checking.
    """
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        draft = Path(folder) / "bundle.pdf"
        _save(bundle, draft)
        bundle.close()
        checking()
        verdict = check(draft, profile=profile)
        disturbed = next((rule.pages for rule in verdict.rules if rule.id == "EW-02"), ())
        if disturbed:
            draft = _with_isolated_pages(draft, disturbed)
            verdict = check(draft, profile=profile)
        _sync(draft)
        draft.replace(out)
    _sync(out.parent)
    return verdict


def _with_isolated_pages(draft: Path, numbers: tuple[int, ...]) -> Path:
    cleaned = draft.with_name("isolated.pdf")
    with Pdf.open(draft) as pdf:
        isolate_pages(pdf, numbers)
        _save(pdf, cleaned)
    return cleaned


def _save(pdf: Pdf, path: Path) -> None:
    # Streams are copied as they are: compressing again costs time and the originals' own bytes.
    # The bundle's own identity stands in its trailer already; qpdf's would hash the whole file once more.
    pdf.save(path, static_id=True, compress_streams=False)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
