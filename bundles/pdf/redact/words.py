"""The words of a page with the place of each letter, in fractions of the page as displayed."""

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from bundles.pdf.redact.box import Box, Place

SOFT_HYPHEN = "\u00ad"
_GRID = 1_000_000  # pdfium maps to whole pixels; so many across make the fractions exact enough
_QUARTER, _ALL = 0.25, 0.9  # of a letter's area
_NEAR = 0.01  # of the page, within which two readers may place the same word apart


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and figures: as written, folded for comparison, and the place of each character."""

    text: str
    folded: str
    letters: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """Around all letters: left, top, right, bottom."""
        lefts, tops, rights, bottoms = zip(*self.letters, strict=True)
        return (min(lefts), min(tops), max(rights), max(bottoms))

    def covered(self, boxes: Sequence[Box]) -> int:
        """How many letters a box hides: their middle or a quarter of them lies inside it."""
        return sum(any(hides(box, letter) for box in boxes) for letter in self.letters)

    def whole(self, boxes: Sequence[Box]) -> bool:
        """True when every letter lies under a box, but for a sliver."""
        return all(any(_share(box, letter) >= _ALL for box in boxes) for letter in self.letters)

    def same(self, other: "Word", *, apart: float = _NEAR) -> bool:
        """True when both are one word in one place, as far as two readers agree.

        Args:
            other: as another reader saw it.
            apart: the fraction of the page by which the two places may miss each other.
        """
        across, down = _overlap(self.place, other.place)
        return self.folded == other.folded and across > -apart and down > -apart


def fold(text: str) -> str:
    """The text without case, accents and ligatures, so that readers who differ in those agree."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def read_words(page: Any) -> list[Word]:
    """The words of an opened pdfium page, hidden ones and those off its edge included.

    The caller holds pdfium's lock.
    """
    textpage = page.get_textpage()
    try:
        return list(words_of(characters(page, textpage)))
    finally:
        textpage.close()


def read_text(page: Any) -> list[str]:
    """The folded words of an opened pdfium page in the order of its text, without their places."""
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
    finally:
        textpage.close()
    return "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()


def words_of(characters: Iterable[tuple[str, Place | None]]) -> Iterator[Word]:
    """The words in a run of characters; one without a place counts as white."""
    text, letters = "", []
    for character, place in characters:
        if place and character.isalnum():
            text += character
            letters.append(place)
        elif text and not unicodedata.combining(character):
            yield Word(text, fold(text), tuple(letters))
            text, letters = "", []
    if text:
        yield Word(text, fold(text), tuple(letters))


def characters(page: Any, textpage: Any) -> Iterator[tuple[str, Place | None]]:
    """The characters of a page in the order of its text, with their places; white ones may have none.

    A hyphen that divides a word at a line's end is a soft hyphen, with no line feed after it.
    """
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    for index in range(raw.FPDFText_CountChars(textpage.raw)):
        code = raw.FPDFText_GetUnicode(textpage.raw, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        if raw.FPDFText_IsHyphen(textpage.raw, index) == 1:
            character = SOFT_HYPHEN
        if raw.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top):
            yield character, _displayed(page, left.value, bottom.value, right.value, top.value)
        else:
            yield character, None


def hides(box: Box, letter: Place) -> bool:
    """True when the middle of the letter, or a quarter of it, lies inside the box."""
    left, top, right, bottom = letter
    if box.holds((left + right) / 2, (top + bottom) / 2):
        return True
    return _share(box, letter) >= _QUARTER


def _share(box: Box, letter: Place) -> float:
    """The share of the letter's area, from 0 to 1, that lies inside the box."""
    across, down = _overlap(box.place, letter)
    area = (letter[2] - letter[0]) * (letter[3] - letter[1])
    return max(0.0, across) * max(0.0, down) / area if area else 0.0


def _overlap(one: Place, other: Place) -> tuple[float, float]:
    """How far two places reach into each other, across and down; negative where they are apart."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across, min(one[3], other[3]) - max(one[1], other[1])


def _displayed(page: Any, left: float, bottom: float, right: float, top: float) -> Place:
    """Where pdfium would draw it, so that turns and crops are its own."""
    xs, ys = [], []
    x, y = ctypes.c_int(), ctypes.c_int()
    for across, up in ((left, bottom), (right, top)):
        raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, across, up, x, y)
        xs.append(x.value / _GRID)
        ys.append(y.value / _GRID)
    return (min(xs), min(ys), max(xs), max(ys))
