"""A bundle opened with qpdf and PDFium, and what PDFium sees on each of its pages."""

import ctypes
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name

from bundles.pdf.check.labels import labels_of
from bundles.pdf.check.page_text import PageText, read_page
from bundles.pdf.check.report import Finding
from bundles.pdf.destinations import Destinations
from bundles.pdf.geometry import View, inherited, view_of
from bundles.pdf.profile import Profile, load
from core.errors import NotFound

BATCH, HELD = 500, 32 * 2**20  # pages and bytes of pictures read before PDFium is told to let go of them
SECONDS = 900.0  # for reading the pages; a page of the largest bundles takes a thousandth of one
CHARACTERS = 60_000_000  # of text kept, for 20,000 full pages
NOTES = 20_000  # annotations looked at in one file
DEPTH = 8  # forms within forms

Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Takes note of nothing."""


@dataclass(frozen=True)
class Unopened:
    """A file that one of the two parsers could not open, and why, in words."""

    reason: str


@dataclass(frozen=True)
class Beside:
    """Files that are checked together with a bundle.

    Args:
        delivered: the version that the court was given before.
        replaced: pages of that version, from 1, in whose place a page says why they are gone.
        redacted: the copy for the public of a bundle that is sealed.
    """

    delivered: Path | None = None
    replaced: tuple[int, ...] = ()
    redacted: Path | None = None


ALONE = Beside()


class Bundle:
    """The opened PDF, read once; use it as a context.

    Args:
        path: of the file.
        pdf: the file opened by qpdf.
        document: the file opened by PDFium.
        profile: what is asked of it.
        name: under which it will be delivered.
        seconds: after which no further page is read or compared.
        progress: told how many of how many pages are read, now and then.
        beside: the files that it is checked together with.

    ``found`` holds the verdicts so far, for rules that sum up others, and ``kept`` what several rules read.
    """

    def __init__(
        self,
        path: Path,
        pdf: pikepdf.Pdf,
        document: Any,
        profile: Profile,
        name: str,
        seconds: float,
        progress: Progress,
        beside: Beside,
    ) -> None:
        self.path, self.pdf, self.document = path, pdf, document
        self.profile, self.name, self.progress = profile, name, progress
        self._ends = time.monotonic() + seconds
        self.beside = beside
        self.size = path.stat().st_size
        self.leaves: list[pikepdf.Object] = [page.obj for page in pdf.pages]
        self.destinations = Destinations(pdf, self.leaves)
        self.found: dict[str, Finding] = {}
        self.kept: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.document.close()
        self.pdf.close()

    @property
    def left(self) -> float:
        """Seconds in which pages may still be read or compared; less than none where the time is over."""
        return self._ends - time.monotonic()

    @cached_property
    def pages(self) -> list[PageText]:
        """What each page shows, in order."""
        found: list[PageText] = []
        room = CHARACTERS
        views = [view_of(leaf) for leaf in self.leaves[: len(self.document)]]
        sizes = [_picture_bytes(leaf) for leaf in self.leaves[: len(views)]]
        for start, stop in _batches(sizes):
            self.progress(start, len(views))
            # PDFium keeps every stream that it has read until its document is closed.
            with pypdfium2.PdfDocument(self.path) as part:
                for number in range(start, stop):
                    if self.left < 0 or room < 0:
                        found.append(PageText(views[number], read=False))
                        continue
                    page = read_page(part, number, views[number], pictures=sizes[number] > 0)
                    room -= len(page.text)
                    found.append(page)
        return found

    @cached_property
    def labels(self) -> list[str]:
        """The page labels, in the order of the pages; empty strings where there are none."""
        return labels_of(self.pdf.Root, len(self.pages))

    @cached_property
    def unread(self) -> list[int]:
        """The pages that could not be read, or not in time."""
        return [number for number, page in enumerate(self.pages, 1) if not page.read]

    @cached_property
    def notes(self) -> list[tuple[int, pikepdf.Object]]:
        """The annotations with the numbers of their pages, up to a limit."""
        found: list[tuple[int, pikepdf.Object]] = []
        for number, leaf in enumerate(self.leaves, 1):
            notes = leaf.get("/Annots")
            if not isinstance(notes, Array):
                continue
            for note in notes:
                if len(found) >= NOTES:
                    return found
                if isinstance(note, Dictionary):
                    found.append((number, note))
        return found

    @property
    def notes_cut(self) -> bool:
        """Whether the file holds more annotations than were looked at."""
        return len(self.notes) >= NOTES

    def words_in(self, number: int, left: float, bottom: float, right: float, top: float) -> str:
        """The text of page ``number`` within a box of parts (0 to 1) of the page as displayed."""
        view = self.pages[number - 1].view
        box = (left * view.width, bottom * view.height, right * view.width, top * view.height)
        page = pdfium.FPDF_LoadPage(self.document, number - 1)
        text = pdfium.FPDFText_LoadPage(page)
        try:
            return bounded(text, box, view)
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)


def bounded(text: Any, box: tuple[float, float, float, float], view: View) -> str:
    """The text of a text page within a displayed box (left, bottom, right, top; points)."""
    x0, y0 = view.to_user(box[0], box[1])
    x1, y1 = view.to_user(box[2], box[3])
    edges = (min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1))
    length = max(0, pdfium.FPDFText_GetBoundedText(text, *edges, None, 0))
    buffer = (ctypes.c_ushort * (length + 1))()
    pdfium.FPDFText_GetBoundedText(text, *edges, buffer, length)
    return bytes(buffer)[: 2 * length].decode("utf-16-le", errors="replace").strip("\0")


def open_bundle(
    path: Path,
    profile: Profile | None = None,
    *,
    name: str = "",
    seconds: float = SECONDS,
    progress: Progress = silent,
    beside: Beside = ALONE,
) -> Bundle | Unopened:
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
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return Unopened("The file is not a PDF that qpdf can open; build it again.")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        pdf.close()
        return Unopened("The file is not a PDF that PDFium can open; build it again.")
    try:
        asked = profile or load("ew-2021")
        return Bundle(path, pdf, document, asked, name or path.name, seconds, progress, beside)
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError):
        document.close()
        pdf.close()
        return Unopened("The file's list of pages is damaged; build it again.")


def _batches(sizes: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of pages (from 0, the end left out) that PDFium may hold in memory together."""
    start, held = 0, 0
    for page, size in enumerate(sizes):
        if page > start and (page - start >= BATCH or held + size > HELD):
            yield start, page
            start, held = page, 0
        held += size
    if start < len(sizes):
        yield start, len(sizes)


def _picture_bytes(leaf: pikepdf.Object) -> int:
    """The bytes of the pictures that the page's resources hold, in forms too; 0 for none."""
    resources = inherited(leaf, "/Resources")
    seen: set[tuple[int, int]] = set()
    return _bytes_in(resources, seen, 0) if isinstance(resources, Dictionary) else 0


def _bytes_in(resources: pikepdf.Object, seen: set[tuple[int, int]], depth: int) -> int:
    things = resources.get("/XObject")
    if not isinstance(things, Dictionary) or depth > DEPTH:
        return 0
    total = 0
    for thing in things.as_dict().values():
        if not isinstance(thing, pikepdf.Stream) or thing.objgen in seen:
            continue
        seen.add(thing.objgen)
        inner = thing.get("/Resources")
        if thing.get("/Subtype") == Name.Image:
            total += max(1, int(thing.get("/Length", 1)))
        elif isinstance(inner, Dictionary):
            total += _bytes_in(inner, seen, depth + 1)
    return total
