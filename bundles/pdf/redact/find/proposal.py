"""A proposal: what was found, where it stands and what of it should go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bundles.pdf.damage import ASK_AGAIN
from bundles.pdf.errors import SourceRefused
from bundles.pdf.redact.box import Box, Place
from bundles.pdf.redact.words import SOFT_HYPHEN, characters
from evidence.files import pdfium

_AROUND = 40  # characters of context on each side
_ABOVE, _BESIDE = 0.18, 0.04  # of a line's height, by which a box exceeds the letters it covers


@dataclass(frozen=True, slots=True)
class PageLetters:
    """A page's text, the place of each of its characters, and the page's width over its height."""

    number: int
    text: str
    places: tuple[Place | None, ...]
    shape: float


@dataclass(frozen=True, slots=True)
class Span:
    """A find in a page's text: what is to be covered, what was found as a whole, and why."""

    kind: str
    start: int
    end: int
    whole: tuple[int, int]
    note: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One find: the boxes that cover it, one a line, and its words in their context.

    Args:
        kind: ``name`` or a key of ``PATTERNS``.
        page: its number, from 1.
        boxes: what would be blacked out.
        words: what was found, line breaks as spaces.
        before: the text just before it, and likewise ``after``.
        note: what remains and why, or how sure the find is; a short phrase.
    """

    kind: str
    page: int
    boxes: tuple[Box, ...]
    words: str
    before: str
    after: str
    note: str


def propose(page: PageLetters, spans: Iterable[Span]) -> Iterator[Proposal]:
    """A proposal for each span of the page's text that stands somewhere on the page, in order."""
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        boxes = tuple(_boxes(page, span.start, span.end))
        if not boxes:
            continue
        start, end = span.whole
        yield Proposal(
            kind=span.kind,
            page=page.number,
            boxes=boxes,
            words=_plain(page.text[start:end]),
            before=_plain(page.text[max(0, start - _AROUND) : start]),
            after=_plain(page.text[end : end + _AROUND]),
            note=span.note,
        )


def pages_of(pdf: Path, pages: tuple[int, int] | None = None) -> Iterator[PageLetters]:
    """Each page's letters, one page at a time; a page without text, such as a scan not yet read, has none.

    Args:
        pdf: a document.
        pages: the first and the last page, from 1; all when None.

    Raises:
        SourceRefused: the document is locked or damaged.
    """
    try:
        with pdfium.document(pdf) as document:
            first, last = pages or (1, len(document))
            for number in range(max(1, first), min(last, len(document)) + 1):
                with pdfium.page_of(document, number) as page:
                    textpage = page.get_textpage()
                    try:
                        letters = [(_readable(letter), place) for letter, place in characters(page, textpage)]
                    finally:
                        textpage.close()
                    shape = page.get_width() / page.get_height()
                text = "".join(letter for letter, _ in letters)
                yield PageLetters(number, text, tuple(place for _, place in letters), shape)
    except pdfium.PdfiumError as error:
        raise SourceRefused("the PDF cannot be opened", remedy=ASK_AGAIN) from error


def _readable(letter: str) -> str:
    if letter == "\r" or letter == "\u00a0":
        return " "
    return "-" if letter == SOFT_HYPHEN else letter


def _plain(text: str) -> str:
    return " ".join(text.split())


def _boxes(page: PageLetters, start: int, end: int) -> Iterator[Box]:
    """A box around each run of letters that stand beside each other."""
    run: list[Place] = []
    for place in page.places[start:end]:
        if place is None or place[0] >= place[2] or place[1] >= place[3]:
            continue
        if run and not _beside(run[-1], place):
            yield from _around(page, run)
            run = []
        run.append(place)
    if run:
        yield from _around(page, run)


def _beside(one: Place, other: Place) -> bool:
    """True for two letters on one line, or one above the other where text runs up or down."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return down > 0 or across > 0.5 * min(one[2] - one[0], other[2] - other[0])


def _around(page: PageLetters, run: list[Place]) -> Iterator[Box]:
    """The run's box, a little larger; nothing where the run is not on the page."""
    lefts, tops, rights, bottoms = zip(*run, strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    line = min(bottom - top, (right - left) * page.shape)
    left, right = max(0.0, left - line * _BESIDE / page.shape), min(1.0, right + line * _BESIDE / page.shape)
    top, bottom = max(0.0, top - line * _ABOVE), min(1.0, bottom + line * _ABOVE)
    if left < right and top < bottom:
        yield Box(page.number, left, top, right, bottom)
