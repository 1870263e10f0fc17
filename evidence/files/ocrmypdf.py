"""OCRmyPDF, which lays the text that tesseract reads under the pictures of a PDF."""

import os
import shutil
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path

from core.errors import NotConverted, Unavailable
from evidence.files import isolation, tesseract
from evidence.files.limits import MIB, Limits

_WORDS = {
    2: ("broken", "The PDF is broken and its scans cannot be read."),
    8: ("encrypted", "The PDF is locked and its scans cannot be read."),
}
_PAGE_MEMORY = 512 * MIB
"""What reading one page of 300 dots an inch may take."""


def available() -> bool:
    """True when the package, tesseract and Ghostscript are installed."""
    return find_spec("ocrmypdf") is not None and tesseract.available() and shutil.which("gs") is not None


def version() -> str:
    """The installed version.

    Raises:
        Unavailable: the package is not installed.
    """
    try:
        return package_version("ocrmypdf")
    except PackageNotFoundError as error:
        raise Unavailable("OCRmyPDF is not installed.", remedy="Run the installation again.") from error


def at_once() -> int:
    """How many pages are read at the same time: one a processor, while there is memory for each."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(len(os.sched_getaffinity(0)), free // _PAGE_MEMORY))


def page_results(workdir: Path) -> list[Path]:
    """What tesseract has written of each page so far, in hOCR, in the order of the pages.

    The name of each begins with the page's number.
    """
    return sorted(workdir.glob("*/*_ocr_hocr.hocr"))


def run(
    pdf: Path,
    out: Path,
    *,
    pages: list[int],
    languages: tuple[str, ...],
    replace_text: bool,
    workdir: Path,
    limits: Limits,
    watch: Callable[[], None],
) -> None:
    """``out`` is the PDF with the named pages straightened, upright and searchable, the others as they were.

    Args:
        pdf: the PDF to read.
        out: where the result goes.
        pages: numbers of the pages to read, from 1.
        languages: tesseract's codes.
        replace_text: the named pages hold stray letters that the new text replaces.
        workdir: an empty folder, in which ``page_results`` finds what was read.
        limits: time for each page, and memory.
        watch: called a few times a second.

    Raises:
        NotConverted: it took too long, or the PDF cannot be read.
    """
    arguments = [
        *("--mode", "force" if replace_text else "skip"),
        *("--pages", ",".join(str(page) for page in pages)),
        *("--language", "+".join(languages)),
        *("--output-type", "pdf", "--optimize", "0", "--jobs", str(min(len(pages), at_once()))),
        *("--deskew", "--rotate-pages", "--rotate-pages-threshold", "6"),
        *("--tagged-pdf-mode", "ignore", "--invalidate-digital-signatures"),
        *("--max-image-mpixels", str(max(1, limits.pixels // 1_000_000))),
        "--keep-temporary-files",
        str(pdf.resolve()),
        str(out.resolve()),
    ]
    seconds = limits.ocr_seconds_per_page * (len(pages) + 1)
    ended = isolation.run_module(
        "ocrmypdf",
        arguments,
        workdir=workdir,
        seconds=seconds,
        memory_bytes=limits.memory_bytes,
        output_bytes=limits.output_bytes,
        watch=watch,
    )
    if ended.timed_out:
        raise NotConverted(
            f"Reading the scans took longer than {seconds:g} seconds and was stopped.",
            reason="timeout",
            remedy="Split the document, or scan it again at 300 dots an inch.",
        )
    if ended.status or not out.exists():
        reason, message = _WORDS.get(ended.status, ("broken", "The scans could not be read."))
        lines = ended.messages.strip().splitlines()
        raise NotConverted(
            f"{message} {lines[-1][:200] if lines else ''}".strip(),
            reason=reason,
            remedy="The pages stay as pictures; scan them again for searchable text.",
        )
