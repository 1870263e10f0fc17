"""A bundle opened with qpdf and PDFium, and what PDFium sees on each of its pages."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pikepdf
import pypdfium2

from bundles.pdf.check.destinations import Destinations
from bundles.pdf.check.page_text import PageText, read_page
from bundles.pdf.geometry import view_of
from core.errors import NotFound

BATCH = 200  # pages read before PDFium is told to let go of them


@dataclass(frozen=True)
class Unopened:
    """A file that one of the two parsers could not open, and why, in words."""

    reason: str


class Bundle:
    """The opened PDF, read once; use it as a context."""

    def __init__(self, path: Path, pdf: pikepdf.Pdf, document: Any) -> None:
        self.path = path
        self.pdf = pdf
        self.document = document
        self.destinations = Destinations(pdf)
        self.leaves = [page.obj for page in pdf.pages]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.document.close()
        self.pdf.close()

    @cached_property
    def pages(self) -> list[PageText]:
        """What each page shows, in order."""
        readable = min(len(self.leaves), len(self.document))
        found: list[PageText] = []
        for start in range(0, readable, BATCH):
            # PDFium keeps every stream that it has read until its document is closed.
            with pypdfium2.PdfDocument(self.path) as part:
                batch = range(start, min(start + BATCH, readable))
                found += [read_page(part, number, view_of(self.leaves[number])) for number in batch]
        return found


def open_bundle(path: Path) -> Bundle | Unopened:
    """The PDF opened by both parsers, or why it could not be.

    Raises:
        NotFound: there is no such file.
    """
    if not path.is_file():
        raise NotFound(f"There is no file {path}.", remedy="Check the path.")
    try:
        pdf = pikepdf.Pdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError:
        return Unopened("A password is needed to open the file; save it without one.")
    except pikepdf.PdfError:
        return Unopened("The file is not a PDF that qpdf can open; build it again.")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        pdf.close()
        return Unopened("The file is not a PDF that PDFium can open; build it again.")
    return Bundle(path, pdf, document)
