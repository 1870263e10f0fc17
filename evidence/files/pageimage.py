"""A page of a PDF as a picture for the screen."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.errors import InvalidInput, NotConverted
from evidence.files import pdfium
from evidence.files.limits import DEFAULT, Limits

_WIDEST = 4000
_REMEDY = "Open the PDF itself to see the page."


def render(pdf: Path, page: int, *, width: int, limits: Limits = DEFAULT) -> bytes:
    """The page as displayed, filled-in form fields included, as a WebP picture.

    Args:
        pdf: the document.
        page: the page's number, from 1.
        width: the picture's width in pixels, from 16 to 4000; less where the page is so tall that the
            picture would exceed ``limits.pixels``.
        limits: the cap on pixels.

    Raises:
        InvalidInput: there is no such page, or the width is out of range.
        NotConverted: pdfium cannot draw the page.
    """
    _check_width(width)
    with _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise InvalidInput(
                f"There is no page {page}.",
                remedy=f"Choose a page from 1 to {len(document)}.",
                field="page",
            )
        return _drawn(document, page, width, limits)


def render_all(pdf: Path, *, width: int, limits: Limits = DEFAULT) -> Iterator[bytes]:
    """Each page in order as ``render`` draws it, the document opened once.

    Args:
        pdf: the document.
        width: as for ``render``.
        limits: the cap on pixels.

    Raises:
        InvalidInput: the width is out of range.
        NotConverted: pdfium cannot draw a page.
    """
    _check_width(width)
    with _opened(pdf) as document:
        for page in range(1, len(document) + 1):
            yield _drawn(document, page, width, limits)


def _check_width(width: int) -> None:
    if not 16 <= width <= _WIDEST:
        raise InvalidInput(
            f"A page image cannot be {width} pixels wide.",
            remedy=f"Ask for a width from 16 to {_WIDEST}.",
            field="width",
        )


@contextmanager
def _opened(pdf: Path) -> Iterator[Any]:
    try:
        with pdfium.document(pdf) as document:
            with pdfium.LOCK:
                document.init_forms()
            yield document
    except pdfium.PdfiumError as error:
        raise NotConverted("The PDF cannot be drawn.", reason="broken", remedy=_REMEDY) from error


def _drawn(document: Any, page: int, width: int, limits: Limits) -> bytes:
    try:
        with pdfium.page_of(document, page) as opened:
            across, down = opened.get_size()
            scale = min(width / across, (limits.pixels / (across * down)) ** 0.5)
            bitmap = opened.render(scale=scale, may_draw_forms=True)
            try:
                picture = bitmap.to_pil().convert("RGB")
            finally:
                bitmap.close()
    except (pdfium.PdfiumError, ZeroDivisionError) as error:
        raise NotConverted(f"Page {page} cannot be drawn.", reason="broken", remedy=_REMEDY) from error
    if picture.width != width and picture.width / width > 0.98:
        picture = picture.crop((0, 0, width, picture.height))
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=85, method=2)
    return file.getvalue()
