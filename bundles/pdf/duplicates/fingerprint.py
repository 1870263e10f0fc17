"""Fingerprints of documents: each page's words and look, read and drawn once."""

import ctypes
from pathlib import Path
from typing import Any

import imagehash
import numpy as np
from pypdfium2 import raw

from bundles.pdf.duplicates.mail import read_mail
from bundles.pdf.duplicates.picture import picture_of
from bundles.pdf.duplicates.prints import Fingerprint, PagePrint
from bundles.pdf.duplicates.words import hash_of, words_of
from evidence.files import pdfium

SIDE = 32  # of the hash: 1,024 bits, as fewer find short letters on the same paper alike
BLANK = 1.5  # standard deviation of grey, of 255, below which nothing is to be seen


def fingerprint(pdf: Path, *, sha256: str) -> Fingerprint:
    """What is compared of the document.

    Args:
        pdf: the document as it would go into the bundle.
        sha256: of the original.

    Raises:
        PdfiumError: pdfium cannot open or draw the PDF.
    """
    pages: list[PagePrint] = []
    texts: list[str] = []
    with pdfium.document(pdf) as document:
        with pdfium.LOCK:
            document.init_forms()
        for number in range(1, len(document) + 1):
            with pdfium.page_of(document, number) as page:
                text = _text(page) + _filled_in(document, page)
                words = words_of(text)
                pages.append(PagePrint(hash_of(words), len(words), _look(page)))
                texts.append(text)
    whole = hash_of([word for text in texts for word in words_of(text)])
    return Fingerprint(sha256, whole, tuple(pages), read_mail(texts))


def _text(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_range(errors="replace"))
    finally:
        textpage.close()


def _filled_in(document: Any, page: Any) -> str:
    """What stands in the page's form fields, by which two copies of one form differ."""
    if document.formenv is None:
        return ""
    values = []
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        length = raw.FPDFAnnot_GetFormFieldValue(document.formenv.raw, note, None, 0)
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFAnnot_GetFormFieldValue(document.formenv.raw, note, buffer, length)
        values.append(bytes(buffer)[:length].decode("utf-16-le", "replace").rstrip("\0"))
        raw.FPDFPage_CloseAnnot(note)
    return "\n" + "\n".join(values)


def _look(page: Any) -> str:
    picture = picture_of(page)
    if float(np.asarray(picture).std()) < BLANK:
        return ""
    return str(imagehash.phash(picture, hash_size=SIDE))
