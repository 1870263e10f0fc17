"""Which pages of which documents are the same page: by their words, or by their look."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bundles.pdf.duplicates.prints import Fingerprint, PagePrint
from bundles.pdf.duplicates.words import FEW

How = Literal["text", "very", "like"]
# Bits of 1,024, measured: a page and its scan, turned by half a degree, differ in up to 133, by one degree
# in up to 225; two pages with other words in the same layout in 205 or more, in another in 314 or more.
VERY, LIKE = 140, 200
UNLIKE = 1024
AT_ONCE = 280_000  # pairs of pages compared at a time, so that memory stays under 50 MB
MOST = 60  # pages like one page above which it is a form, and finding each pair would say nothing
WORDS_RATIO = 0.8  # what a scan's recognised words may differ in number from the original's


@dataclass(frozen=True, slots=True)
class Alike:
    """Two pages, each a document's place in the list and a page from 1, and how they are alike."""

    first: tuple[int, int]
    second: tuple[int, int]
    how: How


Matches = dict[tuple[int, int], How]
Common = dict[tuple[int, int], Matches]


def pages_in_common(prints: Sequence[Fingerprint]) -> Common:
    """For each two documents, by their places, the same pages of both, each once."""
    strength = {"text": 0, "very": 1, "like": 2}
    found: dict[tuple[int, int], list[Alike]] = defaultdict(list)
    for match in (*_same_words(prints), *_same_look(prints)):
        found[match.first[0], match.second[0]].append(match)
    common: Common = {}
    for documents, matches in found.items():
        taken: Matches = {}
        firsts, seconds = set(), set()
        # Where a page has several counterparts, the one that stands at the same place comes first.
        for match in sorted(matches, key=lambda m: (strength[m.how], abs(m.first[1] - m.second[1]), m.first)):
            one, other = match.first[1], match.second[1]
            if one not in firsts and other not in seconds:
                firsts.add(one)
                seconds.add(other)
                taken[one, other] = match.how
        common[documents] = taken
    return common


def is_blank(page: PagePrint) -> bool:
    """Whether there is nothing on the page."""
    return not page.look and not page.words


def apart(one: PagePrint, other: PagePrint) -> int:
    """In how many of 1,024 bits the looks of two pages differ; in all when one of the two is blank."""
    if not one.look or not other.look:
        return UNLIKE if one.look != other.look else 0
    return (int(one.look, 16) ^ int(other.look, 16)).bit_count()


def _same_words(prints: Sequence[Fingerprint]) -> Iterator[Alike]:
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for nth, document in enumerate(prints):
        for number, page in enumerate(document.pages, 1):
            if page.text:
                places[page.text].append((nth, number))
    for same in places.values():
        if len(same) > MOST:
            continue
        for position, first in enumerate(same):
            yield from (
                Alike(first, second, "text") for second in same[position + 1 :] if second[0] != first[0]
            )


def _same_look(prints: Sequence[Fingerprint]) -> Iterator[Alike]:
    places = [
        ((nth, number), page)
        for nth, document in enumerate(prints)
        for number, page in enumerate(document.pages, 1)
        if page.look
    ]
    if not places:
        return
    bits = np.array([np.frombuffer(bytes.fromhex(page.look), np.uint8) for _, page in places]).view(np.uint64)
    rows = max(1, AT_ONCE // len(places))
    for start in range(0, len(places), rows):
        block = bits[start : start + rows]
        apart = np.bitwise_count(block[:, None, :] ^ bits[None, start:, :]).sum(axis=2, dtype=np.uint16)
        near = apart <= LIKE
        near[near.sum(axis=1) > MOST] = False
        for row, column in zip(*np.nonzero(near), strict=True):
            one, other = places[start + row], places[start + column]
            if column > row and one[0][0] != other[0][0] and _may_be_same(one[1], other[1]):
                how: How = "very" if apart[row, column] <= VERY else "like"
                yield Alike(one[0], other[0], how)


def _may_be_same(one: PagePrint, other: PagePrint) -> bool:
    """Whether the words speak against it: both pages have a text layer, of plainly different lengths."""
    few, many = sorted((one.words, other.words))
    return few < FEW or few / many >= WORDS_RATIO
