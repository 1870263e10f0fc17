"""Opening one document for a bundle: whole, unlocked and without active content, or refused with a reason."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Pdf

from bundles.pdf.active import strip_active
from bundles.pdf.errors import SourceRefused
from bundles.pdf.forms import flatten_fields

ASK_AGAIN = "Ask the sender for it again, or open it, print it to a new PDF and use that."


@dataclass(frozen=True)
class Source:
    """A document ready to be copied; ``notes`` say in words what its copy leaves out."""

    pdf: Pdf
    pages: int
    notes: tuple[str, ...]


def open_source(path: Path) -> Source:
    """The document at ``path``, safe to copy; every one of its pages is there.

    Raises:
        SourceRefused: it is missing, locked, damaged, empty or a form that only Adobe's program can show.
    """
    if not path.is_file():
        raise SourceRefused("the file does not exist", remedy="Put the file back or correct its name.")
    if not path.stat().st_size:
        raise SourceRefused("the file is empty (0 bytes)", remedy="Ask the sender for it again.")
    pdf, repaired = _open(path)
    try:
        pages = len(pdf.pages)
        notes = ["Damage in the file was repaired"] if repaired else []
        if not pages:
            raise SourceRefused("the PDF has no pages", remedy=ASK_AGAIN)
        if repaired or pdf.get_warnings():
            _refuse_losses(path, pdf)
        _refuse_dynamic_form(pdf)
        if pdf.is_encrypted:
            notes.append("The original's restrictions on copying or printing do not apply to this copy")
        removed = strip_active(pdf)
        if removed:
            notes.append(f"Left out of the copy: {', '.join(removed)}")
        if "/OCProperties" in pdf.Root:
            notes.append("The original has layers that can be hidden; the copy shows all of them")
        flatten_fields(pdf)
    except pikepdf.PdfError as error:
        pdf.close()
        raise SourceRefused("the PDF is damaged", remedy=ASK_AGAIN) from error
    except SourceRefused:
        pdf.close()
        raise
    return Source(pdf, pages, tuple(notes))


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _open(path: Path) -> tuple[Pdf, bool]:
    """The opened PDF, and whether PDFium had to rewrite it because qpdf could not read it."""
    try:
        return Pdf.open(path, suppress_warnings=True), False
    except pikepdf.PasswordError as error:
        raise SourceRefused(
            "locked with a password",
            remedy="Ask the sender for the password, save a copy without it and use that copy.",
        ) from error
    except pikepdf.PdfError as error:
        rewritten = _rewritten(path)
        if rewritten is None:
            raise SourceRefused("damaged, or not a PDF at all", remedy=ASK_AGAIN) from error
        return rewritten, True


def _rewritten(path: Path) -> Pdf | None:
    buffer = BytesIO()
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            document.save(buffer)
        finally:
            document.close()
        return Pdf.open(buffer, suppress_warnings=True)
    except (pypdfium2.PdfiumError, pikepdf.PdfError):
        return None


def _refuse_losses(path: Path, pdf: Pdf) -> None:
    """Refuses a damaged file whose repair lost pages or the content of pages."""
    counts = {len(pdf.pages)}
    with suppress(TypeError, ValueError):
        counts.add(int(pdf.Root.Pages.Count))
    with suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(path)
        counts.add(len(document))
        document.close()
    lost = [number for number, page in enumerate(pdf.pages, 1) if not _readable(page)]
    if len(counts) > 1:
        raise SourceRefused(
            f"damaged: pages are missing ({min(counts)} of {max(counts)} could be read)", remedy=ASK_AGAIN
        )
    if lost:
        raise SourceRefused(
            f"damaged: the content of page {', '.join(map(str, lost))} cannot be read", remedy=ASK_AGAIN
        )


def _readable(page: pikepdf.Page) -> bool:
    contents = page.obj.get("/Contents")
    if contents is None:
        return False
    try:
        for part in contents if isinstance(contents, pikepdf.Array) else [contents]:
            part.read_bytes()
    except (pikepdf.PdfError, AttributeError, TypeError):
        return False
    return True


def _refuse_dynamic_form(pdf: Pdf) -> None:
    if pdf.Root.get("/NeedsRendering", False):
        raise SourceRefused(
            "a dynamic form (XFA) whose content only Adobe Acrobat can show",
            remedy="Open it in Adobe Acrobat, print it to a new PDF and use that.",
        )
