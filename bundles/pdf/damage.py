"""Damage inside a PDF that opens well: pages that are missing, and content that is not all there."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Page, Stream
from pypdfium2 import raw as pdfium

from bundles.pdf.deflated import unpacks
from bundles.pdf.errors import SourceRefused
from evidence.files.pdfium import LOCK

ASK_AGAIN = "Ask the sender for it again, or open it, print it to a new PDF and use that."
SMALL = 2**16  # bytes packed in other ways, which cannot be unpacked in pieces
GAP = 50  # pages missing up to which they are named
FLATE = ("/FlateDecode", "/Fl")
UNREADABLE = (pikepdf.PdfError, TypeError, AttributeError, ValueError, KeyError, RuntimeError)
"""What pikepdf raises where a file holds something other than it must at that place."""


def refuse_missing_pages(path: Path, password: str | None, found: int) -> None:
    """The file holds no more pages than the ``found``, which are those that qpdf can read.

    Raises:
        SourceRefused: names the pages that are missing.
    """
    try:
        with LOCK, pypdfium2.PdfDocument(path, password=password) as document:
            count = len(document)
            if count <= found:
                return
            few = count - found <= GAP
            missing = [number for number in range(1, count + 1) if few and not _loads(document, number)]
    except pypdfium2.PdfiumError:
        return  # PDFium cannot read it at all, which says nothing of its pages
    if not few:
        raise SourceRefused(f"damaged: {count - found} of {count} pages are missing", remedy=ASK_AGAIN)
    if missing:
        raise SourceRefused(f"damaged: {_pages(missing)} missing", remedy=ASK_AGAIN)


def refuse_unreadable(pages: Sequence[Page], numbers: Sequence[int]) -> None:
    """The content of each page can be read to its end; images and forms on it are not looked at.

    Args:
        pages: of the whole document.
        numbers: those that matter, from 1.

    Raises:
        SourceRefused: names the pages whose content cannot be read.
    """
    whole: dict[tuple[int, int], bool] = {}
    lost = [number for number in sorted(set(numbers)) if not _readable(pages[number - 1].obj, whole)]
    if lost:
        which = ", ".join(map(str, lost))
        raise SourceRefused(
            f"damaged: the content of page {which} cannot be read to its end", remedy=ASK_AGAIN
        )


def _readable(leaf: pikepdf.Object, whole: dict[tuple[int, int], bool]) -> bool:
    contents = leaf.get("/Contents")
    if contents is None:
        return True
    for part in contents if isinstance(contents, Array) else (contents,):
        if not isinstance(part, Stream):
            return False
        key = part.objgen
        if key not in whole:
            whole[key] = _whole(part)
        if not whole[key]:
            return False
    return True


def _whole(part: Stream) -> bool:
    try:
        packing = part.get("/Filter")
        if packing is None:
            return True
        names = [str(one) for one in packing] if isinstance(packing, Array) else [str(packing)]
        packed = part.read_raw_bytes()
        if len(names) == 1 and names[0] in FLATE:
            return unpacks(packed)
        if len(packed) <= SMALL and sum(name in FLATE for name in names) <= 1:
            part.read_bytes()
    except UNREADABLE:
        return False
    return True


def _loads(document: pypdfium2.PdfDocument, number: int) -> bool:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if page:
        pdfium.FPDF_ClosePage(page)
    return bool(page)


def _pages(numbers: Sequence[int]) -> str:
    words = ", ".join(map(str, numbers))
    return f"page {words} is" if len(numbers) == 1 else f"pages {words} are"
