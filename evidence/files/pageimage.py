"""A page of a PDF as a picture for the screen."""

import io
from pathlib import Path

from core.errors import InvalidInput, NotConverted
from evidence.files import pdfium
from evidence.files.limits import DEFAULT, Limits

_WIDEST = 4000


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
    if not 16 <= width <= _WIDEST:
        raise InvalidInput(
            f"A page image cannot be {width} pixels wide.",
            remedy=f"Ask for a width from 16 to {_WIDEST}.",
            field="width",
        )
    try:
        with pdfium.LOCK, pdfium.document(pdf) as document:
            if not 1 <= page <= len(document):
                raise InvalidInput(
                    f"There is no page {page}.",
                    remedy=f"Choose a page from 1 to {len(document)}.",
                    field="page",
                )
            document.init_forms()
            with pdfium.page_of(document, page) as opened:
                across, down = opened.get_size()
                scale = min(width / across, (limits.pixels / (across * down)) ** 0.5)
                bitmap = opened.render(scale=scale, may_draw_forms=True)
                try:
                    picture = bitmap.to_pil().convert("RGB")
                finally:
                    bitmap.close()
    except (pdfium.PdfiumError, ZeroDivisionError) as error:
        raise NotConverted(
            f"Page {page} cannot be drawn.", reason="broken", remedy="Open the PDF itself to see the page."
        ) from error
    if picture.width != width and picture.width / width > 0.98:
        picture = picture.crop((0, 0, width, picture.height))
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=85, method=2)
    return file.getvalue()
