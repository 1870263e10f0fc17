"""Proof that what stood in the boxes is gone from a rebuilt page: by pixels, by text and by reading it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Pdf, PdfImage
from PIL import Image

from bundles.pdf.redact.box import Box
from bundles.pdf.redact.letters import SCATTERED, read
from bundles.pdf.redact.pages import Before, Desk, look_at, see
from bundles.pdf.redact.picture import brightest, draw
from bundles.pdf.redact.rebuild import label_place
from bundles.pdf.redact.report import Check
from bundles.pdf.redact.words import Word, fold, read_words
from evidence.files import pdfium

_DARK = 40  # of 255, up to which a pixel of a boxed JPEG counts as black; an exact picture has 0
_EDGE = 1  # pixels along a box's edge that drawing may blend with what stands beside it
_AROUND = 14.0  # points above and below a box, and four times as many beside it, that are read again
_SHOWN = 3  # words that a failed check quotes
_FEW = 3  # boxes on a page whose surroundings are read one by one
_LEAST = 3  # letters of a word that can be told from a smudge; two where all are figures


def check_page(desk: Desk, draft: Path, before: Before) -> Iterator[Check]:
    """Each check of one rebuilt page that has boxes.

    Args:
        desk: where the original is and how it is read.
        draft: the copy.
        before: the page as it was; ``seen`` is filled where its text does not explain a word that is left.
    """
    with pdfium.document(draft) as document, pdfium.page_of(document, before.number) as page:
        words = read_words(page)
        shown = draw(page, dpi=desk.dpi, size=(before.view.width, before.view.height))
    yield _picture(draft, before)
    yield _shown(shown, before)
    yield _text_in_boxes(words, before)
    yield _words(desk, "words", _outside(words, before), before)
    yield _words(desk, "surroundings", list(_read_around(desk, shown, before)), before)


def _picture(draft: Path, before: Before) -> Check:
    with Pdf.open(draft) as pdf:
        objects = pdf.pages[before.number - 1].obj.Resources.XObject
        pictures = [
            it
            for it in objects.as_dict().values()
            if isinstance(it, pikepdf.Stream) and it.get("/Subtype") == "/Image"
        ]
        picture = PdfImage(pictures[0]).as_pil_image()
        limit = _DARK if pictures[0].get("/Filter") == pikepdf.Name.DCTDecode else 0
    lit = [box for box in before.boxes if brightest(picture, box) > limit]
    passed = not lit and len(pictures) == 1
    detail = (
        "the page's picture is black inside every box"
        if passed
        else f"{_count(lit)} not black in the picture"
    )
    return Check("picture", before.number, passed, detail)


def _shown(picture: Image.Image, before: Before) -> Check:
    lit = []
    for box in before.boxes:
        label = label_place(box, before.view)
        parts = _beside(box, label[1]) if label else [box]
        if any(_lit(picture, part) for part in parts):
            lit.append(box)
    detail = f"{_count(lit)} not black as displayed" if lit else "every box is displayed black"
    return Check("shown", before.number, not lit, detail)


def _beside(box: Box, label: tuple[float, float, float, float]) -> list[Box]:
    """The parts of a box above and below its label."""
    strips = ((box.top, label[1]), (label[3], box.bottom))
    return [Box(box.page, box.left, top, box.right, bottom) for top, bottom in strips if bottom > top]


def _lit(picture: Image.Image, box: Box) -> bool:
    left, top, right, bottom = box.pixels(*picture.size)
    if right - left <= 2 * _EDGE or bottom - top <= 2 * _EDGE:
        return False
    inner = picture.crop((left + _EDGE, top + _EDGE, right - _EDGE, bottom - _EDGE))
    return int(inner.convert("L").getextrema()[1]) > _DARK  # type: ignore[arg-type]


def _text_in_boxes(words: Sequence[Word], before: Before) -> Check:
    """Passes when no removed word still stands where it stood; only labels may stand in a box's text.

    A skewed line beside a box may reach into it with its letters' upright places: that is none of its words.
    """
    labels = {part for box in before.boxes for part in fold(box.label).split()}
    inside = [word for word in words if word.covered(before.boxes)]
    left = [
        word
        for word in inside
        if any(word.same(gone) for gone in before.removed) and not any(word.folded in part for part in labels)
    ]
    detail = (
        f"{_quoted(left)} can still be read at a box's edge"
        if left
        else "no removed word stands inside a box"
    )
    return Check("text", before.number, not left, detail)


def _outside(words: Sequence[Word], before: Before) -> list[Word]:
    return [word for word in words if not word.covered(before.boxes)]


def _words(desk: Desk, name: str, readable: Sequence[Word], before: Before) -> Check:
    """Passes when every removed word that can still be read stood in that very place outside the boxes."""
    left = _unexplained(readable, before)
    if left and not before.seen:
        _, picture = look_at(desk, before.number, before.view, (), before.why)
        see(desk, before, picture)
        left = _unexplained(readable, before)
    where = "in the page's text" if name == "words" else "beside its box"
    detail = f"{_quoted(left)} can still be read {where}" if left else f"no removed word is left {where}"
    return Check(name, before.number, not left, detail)


def _unexplained(readable: Sequence[Word], before: Before) -> list[Word]:
    removed = {word.folded for word in before.removed if _telling(word)}
    suspects = [word for word in readable if word.folded in removed]
    kept = before.kept if suspects else []
    return [word for word in suspects if not any(word.same(other) for other in kept)]


def _telling(word: Word) -> bool:
    return len(word.folded) >= _LEAST or (len(word.folded) == 2 and word.folded.isdigit())


def _read_around(desk: Desk, shown: Image.Image, before: Before) -> Iterator[Word]:
    """The words read around each box, apart from the rest; with many boxes, on the whole page at once."""
    regions = [_around(box, before) for box in before.boxes]
    if len(regions) > _FEW:
        regions = [Box(before.number, 0.0, 0.0, 1.0, 1.0)]
    for nth, region in enumerate(regions):
        left, top, right, bottom = region.pixels(*shown.size)
        part = shown.crop((left, top, right, bottom))
        name = f"around-{before.number}-{nth}"
        reading = read(part, desk.workdir, name, dpi=desk.dpi, languages=desk.languages, mode=SCATTERED)
        for word in reading.words:
            letters = tuple(_moved(place, part, left, top, shown) for place in word.letters)
            moved = Word(word.text, word.folded, letters)
            if not moved.covered(before.boxes):
                yield moved


def _around(box: Box, before: Before) -> Box:
    across, down = 4 * _AROUND / before.view.width, _AROUND / before.view.height
    return Box(
        box.page,
        max(0.0, box.left - across),
        max(0.0, box.top - down),
        min(1.0, box.right + across),
        min(1.0, box.bottom + down),
    )


def _moved(place: Any, part: Image.Image, left: int, top: int, whole: Image.Image) -> Any:
    """A place on a part of a picture as a place on the whole picture."""
    return (
        (left + place[0] * part.width) / whole.width,
        (top + place[1] * part.height) / whole.height,
        (left + place[2] * part.width) / whole.width,
        (top + place[3] * part.height) / whole.height,
    )


def _count(boxes: Sequence[Box]) -> str:
    return "one box is" if len(boxes) == 1 else f"{len(boxes)} boxes are"


def _quoted(words: Sequence[Word]) -> str:
    """The first few words, for whoever has to draw the box larger; a copy that fails is never let out."""
    shown = ", ".join(f"“{word.text}”" for word in words[:_SHOWN])
    return f"{shown} and {len(words) - _SHOWN} more" if len(words) > _SHOWN else shown
