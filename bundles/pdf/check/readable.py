"""Whether pages can be read: EW-06 (and US-04), EW-07 and PD-04."""

import re

from bundles.pdf.check.page_text import FEW_CHARACTERS
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import (
    Finding,
    counted,
    failed,
    faulted,
    named_pages,
    not_applicable,
    passed,
    unverified,
    warned,
)

MOSTLY_IMAGE = 0.5  # part of the page
TOKEN = re.compile(r"\S+")
WORD = re.compile(r"[^\W\d_]{2,}[.,;:!?)’'\"”]*|\d+[.,]?|[aAI]")
FEW_WORDS = 20
MOSTLY_WORDS = 0.5  # part of what OCR read that must look like words


def searchable(bundle: Bundle) -> Finding:
    """EW-06: no page is a picture of text without text."""
    bare = [
        number
        for number, page in enumerate(bundle.pages, 1)
        if page.read and page.characters < FEW_CHARACTERS
    ]
    pictures = [number for number in bare if bundle.pages[number - 1].pictures.cover > MOSTLY_IMAGE]
    if pictures:
        return failed(f"A picture without searchable text on {named_pages(pictures)}: run OCR.", pictures)
    return passed("Every page that shows text can be searched.")


def upright(bundle: Bundle) -> Finding:
    """EW-07: most of each page's text reads from left to right as displayed."""
    over: list[int] = []
    sideways: list[int] = []
    unknown: list[int] = []
    for number, page in enumerate(bundle.pages, 1):
        if not page.turns:
            if page.pictures.cover > 0:
                unknown.append(number)
            continue
        turn, count = page.turns.most_common(1)[0]
        if turn and count > sum(page.turns.values()) / 2:
            (over if turn == 180 else sideways).append(number)
    faults = []
    if over:
        faults.append(f"upside down: {named_pages(over)}")
    if sideways:
        faults.append(f"text runs sideways: {named_pages(sideways)}")
    if faults:
        return faulted([*faults, "turn them"], [*over, *sideways])
    if unknown:
        return unverified(f"Pictures without text, look at them: {named_pages(unknown)}.", unknown)
    return passed("No page is sideways or upside down.")


def legible(bundle: Bundle) -> Finding:
    """PD-04: what was read from scans looks like words."""
    scans, doubtful = [], []
    for number, page in enumerate(bundle.pages, 1):
        if page.pictures.cover <= MOSTLY_IMAGE or page.characters < FEW_CHARACTERS:
            continue
        tokens = TOKEN.findall(page.own)
        scans.append(number)
        if len(tokens) >= FEW_WORDS:
            words = sum(WORD.fullmatch(token) is not None for token in tokens)
            if words < MOSTLY_WORDS * len(tokens):
                doubtful.append(number)
    if doubtful:
        return warned(
            f"What was read from {named_pages(doubtful)} is mostly no words; if they cannot be read well, "
            "add a typed copy.",
            doubtful,
        )
    if scans:
        return unverified(
            f"{counted(len(scans), 'scanned page')} with text that looks right; a person must see whether "
            "they can be read.",
        )
    return not_applicable("No page is a scan with text.")
