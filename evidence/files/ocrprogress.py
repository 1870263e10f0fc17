"""A plugin for OCRmyPDF that tells how many pages have been read."""

import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ocrmypdf import hookimpl

from evidence.files.ocrmypdf import PROGRESS_FILE


class PageCount:
    """Writes a character to the progress file for each page that tesseract has read."""

    def __init__(
        self, *, total: float | None = None, desc: str | None = None, unit: str | None = None, **_: Any
    ) -> None:
        self.counts = (desc or "").startswith("OCR") or unit == "page"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def update(self, n: float = 1, *, completed: float | None = None) -> None:
        """One more step is done."""
        if self.counts:
            with (Path(os.environ["TMPDIR"]) / PROGRESS_FILE).open("a") as file:
                file.write(f"{n}\n")


@hookimpl
def get_progressbar_class() -> type[PageCount]:
    """OCRmyPDF counts its pages with our class."""
    return PageCount
