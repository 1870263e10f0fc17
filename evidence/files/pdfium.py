"""Pdfium, one call at a time: the library is not safe between threads and its objects must be closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError

LOCK = RLock()

__all__ = ["LOCK", "PdfiumError", "document", "page_of"]


@contextmanager
def document(path: Path) -> Iterator[Any]:
    """The opened PDF; closed, with all that was opened from it, when the block ends.

    Raises:
        PdfiumError: pdfium cannot open the file.
    """
    with LOCK:
        pdf = pypdfium2.PdfDocument(path)
    try:
        yield pdf
    finally:
        with LOCK:
            pdf.close()


@contextmanager
def page_of(pdf: Any, number: int) -> Iterator[Any]:
    """A page, counted from 1, held alone by this thread and closed when the block ends."""
    with LOCK:
        page = pdf[number - 1]
        try:
            yield page
        finally:
            page.close()
