"""What stands under a rectangle, in its context, for the person who decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bundles.pdf.redact.box import Box
from bundles.pdf.redact.find.proposal import pages_of
from bundles.pdf.redact.words import hides

_WHITE = re.compile(r"\s+")
_AROUND = 40  # characters of context on each side


@dataclass(frozen=True, slots=True)
class Under:
    """The text of which a box hides a letter, and what stands before and after it; all empty on white."""

    words: str = ""
    before: str = ""
    after: str = ""


def text_under(pdf: Path, number: int, boxes: Sequence[Box]) -> list[Under]:
    """What stands under each of the boxes on a page, counted from 1."""
    page = next(pages_of(pdf, (number, number)))
    found = []
    for box in boxes:
        hidden = [nth for nth, place in enumerate(page.places) if place and hides(box, place)]
        hidden = [nth for nth in hidden if not page.text[nth].isspace()]
        if not hidden:
            found.append(Under())
            continue
        start, end = hidden[0], hidden[-1] + 1
        kept = set(hidden)
        letters = (letter if nth in kept else " " for nth, letter in enumerate(page.text[start:end], start))
        # What lies between but beside the box, such as a neighbouring column, is left out.
        words = _plain("".join(letters))
        before, after = page.text[max(0, start - _AROUND) : start], page.text[end : end + _AROUND]
        found.append(Under(words.strip(), _plain(before), _plain(after)))
    return found


def _plain(text: str) -> str:
    """The text with single spaces, also where it begins or ends with white."""
    return _WHITE.sub(" ", text)
