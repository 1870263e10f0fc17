"""Where the words that were removed can still be read in the copy: for a person to decide, page by page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bundles.pdf.redact.pages import Before
from bundles.pdf.redact.report import Elsewhere
from bundles.pdf.redact.words import Word, read_text
from evidence.files import pdfium

_PHRASE = 6  # words in a row under a box that count as one name or number
_LEAST = 3  # letters or figures that a word alone must have
_COMMON = """
    the this that these those there then they with from have has had was were will would been and but for not
    you your our his her its who what when where which while dear yours page date said mrs miss court claim
    claimant defendant january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday limited ltd plc llp
"""


def find_elsewhere(draft: Path, befores: Iterable[Before]) -> tuple[tuple[Elsewhere, ...], tuple[int, ...]]:
    """Each removed name or number that the copy still shows, and the pages without text to search.

    Names and numbers are runs of up to six words under a box, and single words that begin with a capital or
    hold a figure; everyday words alone are not looked for.
    """
    wanted: dict[tuple[str, ...], tuple[str, int]] = {}
    for before in befores:
        for run in _runs(before):
            for words in _sought(run):
                folded = tuple(word.folded for word in words)
                wanted.setdefault(folded, (" ".join(word.text for word in words), before.number))
    found, unread = [], []
    with pdfium.document(draft) as document:
        for number in range(1, len(document) + 1):
            with pdfium.page_of(document, number) as page:
                text = read_text(page)
            if not text:
                unread.append(number)
            counts = _counts(text, {len(words) for words in wanted})
            found += [
                Elsewhere(shown, removed_from, number, counts[words])
                for words, (shown, removed_from) in wanted.items()
                if counts[words]
            ]
    return tuple(found), tuple(unread)


def _runs(before: Before) -> Iterator[list[Word]]:
    """The words under boxes, as rows of neighbours in the page's text."""
    run: list[Word] = []
    for word in before.words or before.seen:
        if word.covered(before.boxes):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _sought(run: Sequence[Word]) -> Iterator[Sequence[Word]]:
    if 1 < len(run) <= _PHRASE:
        yield run
    for word in run:
        named = word.text[0].isupper() or any(letter.isdigit() for letter in word.text)
        if named and len(word.text) >= _LEAST and word.folded not in _COMMON.split():
            yield [word]


def _counts(text: Sequence[str], lengths: set[int]) -> Counter[tuple[str, ...]]:
    return Counter(
        tuple(text[start : start + length]) for length in lengths for start in range(len(text) - length + 1)
    )
