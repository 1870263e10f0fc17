"""Scanned pages made searchable; pages that have text already are never touched."""

import ctypes
import html
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdfium2 import raw

from core.errors import Unavailable
from evidence.files import ocrmypdf, pdfium, tesseract
from evidence.files.limits import DEFAULT, Limits

_TOOL = "ocrmypdf, tesseract"
_FEW = 5  # characters that a page may hold and still be a scan
_OBJECTS = 2000  # page objects looked at before the page counts as drawn
_WORD = re.compile(r"x_wconf (\d+)[^>]*>([^<]*)")


@dataclass(frozen=True, slots=True)
class OcrReport:
    """What OCR did: the pages read, with what, and how sure tesseract was of each, from 0 to 100."""

    pages: tuple[int, ...]
    tool: str
    version: str
    confidence: dict[int, float]


def pages_needing_ocr(pdf: Path) -> list[int]:
    """The numbers, from 1, of the pages that show something but hold no text to search.

    These are pages with fewer than five characters where pictures cover over half the page, and pages
    without any character on which something is drawn.
    """
    found = []
    with pdfium.document(pdf) as document:
        for number in range(1, len(document) + 1):
            with pdfium.page_of(document, number) as page:
                if _needs_ocr(page, _characters(page)):
                    found.append(number)
    return found


def ocr(
    pdf: Path,
    out: Path,
    *,
    pages: Sequence[int],
    languages: tuple[str, ...] = ("eng",),
    progress: Callable[[int, int], None] = lambda done, total: None,
    limits: Limits = DEFAULT,
) -> OcrReport:
    """``out`` is the same PDF, its scanned pages upright, straight and searchable; the page count stays.

    Args:
        pdf: the PDF to read.
        out: where the result goes; its folder exists.
        pages: numbers of the pages to read; those that have text already are left out.
        languages: tesseract's codes.
        progress: called with the pages read so far and the pages to read.
        limits: time for each page, and memory.

    Raises:
        Unavailable: a program or language that OCR needs is not installed.
        NotConverted: it took too long, or the PDF cannot be read.
    """
    _check_available(languages)
    chosen = sorted(set(pages) & set(pages_needing_ocr(pdf)))
    if not chosen:
        out.write_bytes(pdf.read_bytes())
        return OcrReport((), _TOOL, version(), {})
    progress(0, len(chosen))
    with tempfile.TemporaryDirectory(dir=out.parent, prefix="ocr-") as name:
        workdir = Path(name)
        ocrmypdf.run(
            pdf,
            out,
            pages=chosen,
            languages=languages,
            replace_text=_any_characters(pdf, chosen),
            workdir=workdir,
            limits=limits,
            watch=_Watch(workdir, len(chosen), progress),
        )
        confidence = _confidence(workdir)
    return OcrReport(tuple(chosen), _TOOL, version(), confidence)


def version() -> str:
    """The versions of the programs that read scans, in the order in which a report names them.

    Raises:
        Unavailable: one of them is not installed.
    """
    return f"{ocrmypdf.version()}, {tesseract.version()}"


class _Watch:
    """Reports each page that tesseract has finished, by what it leaves in OCRmyPDF's folder."""

    def __init__(self, workdir: Path, total: int, progress: Callable[[int, int], None]) -> None:
        self.workdir, self.total, self.progress = workdir, total, progress
        self.finished: set[Path] = set()

    def __call__(self) -> None:
        files = set(ocrmypdf.page_results(self.workdir)) - self.finished
        new = {file for file in files if _is_whole(file)}
        if new:
            self.finished |= new
            self.progress(len(self.finished), self.total)


def _is_whole(file: Path) -> bool:
    with file.open("rb") as written:
        written.seek(max(0, file.stat().st_size - 16))
        return b"</html>" in written.read()


def _check_available(languages: tuple[str, ...]) -> None:
    if not ocrmypdf.available():
        raise Unavailable(
            "Scans cannot be read: OCRmyPDF, tesseract or Ghostscript is not installed.",
            remedy="Install the packages tesseract-ocr and ghostscript.",
        )
    if missing := set(languages) - tesseract.languages():
        names = ", ".join(sorted(missing))
        raise Unavailable(
            f"Tesseract cannot read these languages yet: {names}.",
            remedy="Install the package tesseract-ocr-" + sorted(missing)[0].replace("_", "-") + ".",
        )


def _characters(page: Any) -> int:
    textpage = page.get_textpage()
    try:
        return len("".join(textpage.get_text_range().split()))
    finally:
        textpage.close()


def _any_characters(pdf: Path, pages: Sequence[int]) -> bool:
    with pdfium.document(pdf) as document:
        for number in pages:
            with pdfium.page_of(document, number) as page:
                if _characters(page):
                    return True
    return False


def _needs_ocr(page: Any, characters: int) -> bool:
    if characters >= _FEW:
        return False
    count = raw.FPDFPage_CountObjects(page.raw)
    if not characters:
        return bool(count)
    width, height = (
        page.get_mediabox()[2] - page.get_mediabox()[0],
        page.get_mediabox()[3] - page.get_mediabox()[1],
    )
    covered = sum(_picture_area(page, index) for index in range(min(count, _OBJECTS)))
    return bool(covered > width * height / 2)


def _picture_area(page: Any, index: int) -> float:
    """Square points that a picture, or a form that may hold one, covers; 0 for other objects."""
    item = raw.FPDFPage_GetObject(page.raw, index)
    if raw.FPDFPageObj_GetType(item) not in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}:
        return 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0
    return float(max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value))


def _confidence(workdir: Path) -> dict[int, float]:
    """The mean of tesseract's confidence in each word, by page, from what OCRmyPDF left behind."""
    means = {}
    for file in ocrmypdf.page_results(workdir):
        words = _WORD.findall(file.read_text(encoding="utf-8", errors="replace"))
        sure = [int(confidence) for confidence, word in words if html.unescape(word).strip()]
        if sure:
            means[int(file.name.split("_")[0])] = round(sum(sure) / len(sure), 1)
    return means
