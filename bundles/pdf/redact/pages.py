"""What is known of a page before anything is removed: its words, those under boxes, its picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from pypdfium2 import raw

from bundles.pdf.geometry import View
from bundles.pdf.redact.box import Box
from bundles.pdf.redact.letters import WHOLE_PAGE, Reading, read
from bundles.pdf.redact.picture import BLACK, WHITE, draw, fill
from bundles.pdf.redact.words import Word, read_words
from evidence.files import pdfium

_DEPTH = 4  # forms within forms in which pictures are looked for


@dataclass(frozen=True)
class Desk:
    """What every step needs: the document, where it may put files, and how finely it draws and reads."""

    source: Path
    workdir: Path
    dpi: int
    languages: tuple[str, ...]


@dataclass
class Before:
    """A page that is to be rebuilt, as it was.

    ``words`` come from its text, and ``seen`` from reading it where it shows pictures or where its text does
    not account for something; both before the boxes.
    """

    number: int
    view: View
    boxes: Sequence[Box]
    words: list[Word]
    why: str
    seen: list[Word] = field(default_factory=list)

    @property
    def removed(self) -> list[Word]:
        """The words with at least one letter under a box."""
        return [word for word in (*self.words, *self.seen) if word.covered(self.boxes)]

    @property
    def gone(self) -> int:
        """How many words the boxes take, as the page's text counts them where it has any."""
        return sum(bool(word.covered(self.boxes)) for word in self.words or self.seen)

    @property
    def kept(self) -> list[Word]:
        """The words that no box touches; what one reader sees untouched, no other may have seen boxed."""
        removed = self.removed
        return [
            word
            for word in (*self.words, *self.seen)
            if not word.covered(self.boxes) and not any(word.same(gone, apart=0.0) for gone in removed)
        ]

    def cut(self) -> list[Word]:
        """The words of the page's text of which a box hides a part and leaves a part."""
        return [word for word in self.words if word.covered(self.boxes) and not word.whole(self.boxes)]


def look_at(
    desk: Desk, number: int, view: View, boxes: Sequence[Box], why: str
) -> tuple[Before, Image.Image]:
    """The page as it is, and its picture; where it shows pictures, its words are read besides."""
    with pdfium.document(desk.source) as document, pdfium.LOCK:
        document.init_forms()
        with pdfium.page_of(document, number) as page:
            words = read_words(page)
            picture = draw(page, dpi=desk.dpi, size=(view.width, view.height))
            pictured = next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH), None)
    before = Before(number, view, boxes, words, why)
    if boxes and (pictured is not None or not words):
        see(desk, before, picture)
    return before, picture


def see(desk: Desk, before: Before, picture: Image.Image) -> None:
    """``before.seen`` holds the words that can be read in the page's picture."""
    before.seen = list(_read(desk, picture, f"before-{before.number}").words)


def read_boxed(desk: Desk, picture: Image.Image, before: Before) -> tuple[Image.Image, Reading]:
    """The picture with its boxes blackened, and what can be read beside them."""
    # Read with white boxes: tesseract takes the edges of black ones for letters.
    reading = _read(desk, fill(picture, before.boxes, WHITE), f"after-{before.number}")
    return fill(picture, before.boxes, BLACK), reading


def _read(desk: Desk, picture: Image.Image, name: str) -> Reading:
    return read(picture, desk.workdir, name, dpi=desk.dpi, languages=desk.languages, mode=WHOLE_PAGE)
