"""How long the check of a large bundle takes, beside reading its text with PDFium in the same run.

Run it with ``python -m tests.bench.checking``.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2

from bundles.pdf.build import build
from bundles.pdf.check import check
from bundles.pdf.report import peak_mib
from tests.bench.bundle import documents_of
from tests.bench.bundle_pdfs import spec_of

PROFILES = ("ew-2021", "ew-chancery", "us-district")
RUNS = 3


def measure(documents: int = 100, pages: int = 2000) -> dict[str, Any]:
    """Processor seconds of reading and of checking under each profile, their ratios, and the peak in MiB.

    The fastest of three runs counts. The peak is that of the whole process, which built the bundle too.

    Args:
        documents: how many.
        pages: of all documents together.
    """
    with tempfile.TemporaryDirectory() as name:
        bundle = Path(name) / "bundle.pdf"
        report = build(spec_of(documents_of(Path(name), documents, pages)), bundle)
        reading = _fastest(lambda: _read(bundle))
        checking = {
            profile: _fastest(lambda profile=profile: check(bundle, profile=profile))  # type: ignore[misc]
            for profile in PROFILES
        }
    return {
        "pages": report.pages,
        "reading_seconds": round(reading, 2),
        "check_seconds": {profile: round(seconds, 2) for profile, seconds in checking.items()},
        "ratio": {profile: round(seconds / reading, 2) for profile, seconds in checking.items()},
        "peak_mib": peak_mib(),
    }


def _read(bundle: Path) -> None:
    with pypdfium2.PdfDocument(bundle) as document:
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()


def _fastest(act: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        begun = time.process_time()
        act()
        seconds.append(time.process_time() - begun)
    return min(seconds)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
