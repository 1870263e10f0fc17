"""Opening one document for a bundle: whole, unlocked and without active content, or refused with a reason."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf
import pypdfium2
from pikepdf import Pdf

from bundles.pdf.active import strip_active
from bundles.pdf.damage import ASK_AGAIN, UNREADABLE, refuse_missing_pages, refuse_unreadable
from bundles.pdf.errors import SourceRefused
from bundles.pdf.forms import flatten_fields
from bundles.pdf.links import make_explicit
from bundles.pdf.nested import refuse_endless
from bundles.pdf.outlines import Bookmark, own_bookmarks
from bundles.pdf.pictures import broken_off, damaged
from bundles.pdf.unusual import attached_names, is_signed, refuse_unshowable

Opened = Literal["freely", "unlocked", "repaired"]


@dataclass(frozen=True)
class Source:
    """A document ready to be copied.

    Args:
        pdf: the opened document.
        of: how many pages it has.
        numbers: which of them are included, from 1, in this order.
        size: bytes of its file, as far as they are of the pages included.
        bookmarks: its own, counted in all its pages.
        notes: say in words what its copy leaves out.
    """

    pdf: Pdf
    of: int
    numbers: tuple[int, ...]
    size: int
    bookmarks: tuple[Bookmark, ...]
    notes: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages are included."""
        return len(self.numbers)


def open_source(path: Path, password: str | None = None, pages: Sequence[int] = ()) -> Source:
    """The document at ``path``, safe to copy; every one of the pages asked for is there.

    Args:
        path: the PDF.
        password: opens it where it is locked.
        pages: those to include, from 1; none given means all.

    Raises:
        SourceRefused: it is missing, locked, damaged, empty, a form that only Adobe's program can show, or a
            folder of other files; or it lacks one of the pages.
    """
    if not path.is_file():
        raise SourceRefused("the file does not exist", remedy="Put the file back or correct its name.")
    size = path.stat().st_size
    if not size:
        raise SourceRefused("the file is empty (0 bytes)", remedy="Ask the sender for it again.")
    pdf, opened = _open(path, password)
    try:
        count = len(pdf.pages)
        if not count:
            raise SourceRefused("the PDF has no pages", remedy=ASK_AGAIN)
        if opened == "repaired" or pdf.get_warnings():
            _refuse_losses(path, password, pdf)
        refuse_missing_pages(path, password, count)
        refuse_unshowable(pdf)
        numbers = _selected(pages, count)
        leaves = list(pdf.pages)
        refuse_unreadable(leaves, numbers)
        refuse_endless(pdf)
        notes = _notes(pdf, opened)
        bookmarks, unread = own_bookmarks(pdf)
        if unread:
            notes.append(unread)
        broken = broken_off(pdf, path, leaves, numbers)
        if broken:
            notes.append(damaged(broken))
        removed = strip_active(pdf)
        if removed:
            notes.append(f"Left out of the copy: {', '.join(removed)}")
        flatten_fields(pdf)
        make_explicit(pdf)
    except UNREADABLE as error:
        pdf.close()
        raise SourceRefused("the PDF is damaged", remedy=ASK_AGAIN) from error
    except SourceRefused:
        pdf.close()
        raise
    return Source(pdf, count, numbers, size * len(numbers) // count, bookmarks, tuple(notes))


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _selected(pages: Sequence[int], count: int) -> tuple[int, ...]:
    beyond = sorted({number for number in pages if not 1 <= number <= count})
    if beyond:
        raise SourceRefused(
            f"it has no page {', '.join(map(str, beyond))} (its last page is {count})",
            remedy="Correct which of its pages are wanted.",
        )
    return tuple(pages) or tuple(range(1, count + 1))


def _notes(pdf: Pdf, opened: Opened) -> list[str]:
    """What people must know of the original that the copy does not show; asked before anything is changed."""
    notes = ["Damage in the file was repaired"] if opened == "repaired" else []
    if opened == "unlocked":
        notes.append("The original is locked with a password; the copy opens without it")
    elif pdf.is_encrypted:
        notes.append("The original's restrictions on copying or printing do not apply to this copy")
    if is_signed(pdf):
        notes.append(
            "The original is signed electronically; the signature does not hold for this copy and stays with "
            "the original"
        )
    attached = attached_names(pdf)
    if attached:
        notes.append(f"Files attached to it are not in the copy: {', '.join(attached)}")
    if "/OCProperties" in pdf.Root:
        notes.append("The original has layers; what it hides stays hidden in the copy")
    return notes


def _open(path: Path, password: str | None) -> tuple[Pdf, Opened]:
    """The opened PDF, and what it took; PDFium rewrites what qpdf cannot read."""
    try:
        return Pdf.open(path, suppress_warnings=True), "freely"
    except pikepdf.PasswordError as error:
        return _unlocked(path, password, error), "unlocked"
    except pikepdf.PdfError as error:
        rewritten = _rewritten(path, password)
        if rewritten is None:
            raise SourceRefused("damaged, or not a PDF at all", remedy=ASK_AGAIN) from error
        return rewritten, "repaired"


def _unlocked(path: Path, password: str | None, error: pikepdf.PasswordError) -> Pdf:
    if not password:
        raise SourceRefused(
            "locked with a password",
            remedy="Ask the sender for the password and give it with the document, or use a copy without it.",
        ) from error
    try:
        return Pdf.open(path, password=password, suppress_warnings=True)
    except pikepdf.PasswordError as wrong:
        raise SourceRefused(
            "locked with a password, and the one that was given does not open it",
            remedy="Ask the sender for the right password.",
        ) from wrong


def _rewritten(path: Path, password: str | None) -> Pdf | None:
    buffer = BytesIO()
    try:
        document = pypdfium2.PdfDocument(path, password=password)
        try:
            document.save(buffer)
        finally:
            document.close()
        return Pdf.open(buffer, suppress_warnings=True)
    except (pypdfium2.PdfiumError, pikepdf.PdfError):
        return None


def _refuse_losses(path: Path, password: str | None, pdf: Pdf) -> None:
    """Refuses a damaged file whose repair lost pages or the content of pages."""
    counts = {len(pdf.pages)}
    with suppress(TypeError, ValueError):
        counts.add(int(pdf.Root.Pages.Count))
    with suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(path, password=password)
        counts.add(len(document))
        document.close()
    lost = [number for number, page in enumerate(pdf.pages, 1) if "/Contents" not in page.obj]
    if len(counts) > 1:
        raise SourceRefused(
            f"damaged: pages are missing ({min(counts)} of {max(counts)} could be read)", remedy=ASK_AGAIN
        )
    if lost:
        raise SourceRefused(
            f"damaged: the content of page {', '.join(map(str, lost))} cannot be read", remedy=ASK_AGAIN
        )
