"""CC-04: one copy of any document."""

import hashlib
from collections import defaultdict
from typing import Any

from pikepdf import Dictionary, Name, PdfError, Stream

from bundles.pdf.check.documents import documents
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, counted, failed, passed, unverified, warned
from bundles.pdf.geometry import inherited

FEW_WORDS = 12  # pages with fewer say too little to be told apart by their text
MOST_BYTES = 64 * 2**20  # of one picture that is read to compare it with another of the same length

Key = tuple[Any, ...]


def one_copy(bundle: Bundle) -> Finding:
    """CC-04: no document stands in the bundle twice, page by page the same text and pictures."""
    keys = _keys(bundle)
    parts = documents(bundle)
    if not parts:
        return unverified("Neither index nor bookmarks tell where one document ends and the next begins.")
    # An empty key is a page that says nothing: it is never the same as another.
    whole: dict[tuple[Key, ...], list[int]] = defaultdict(list)
    for part in parts:
        content = tuple(keys[part.first - 1 : part.last])
        if content and any(content):
            whole[content].append(part.first)
    twice = [firsts for firsts in whole.values() if len(firsts) > 1]
    if twice:
        again = sorted(first for firsts in twice for first in firsts[1:])
        one = min(twice)
        return failed(
            f"{counted(len(again), 'document')} in the bundle already: the one on page {one[1]} is that on "
            f"page {one[0]}.",
            again,
        )
    pages: dict[Key, list[int]] = defaultdict(list)
    for number, key in enumerate(keys, 1):
        if key and number >= parts[0].first:
            pages[key].append(number)
    same = sorted(number for numbers in pages.values() if len(numbers) > 1 for number in numbers[1:])
    if same:
        return warned(
            f"{counted(len(same), 'page')} that other documents hold too: perhaps one contains another.",
            same,
        )
    return passed("No two documents have the same text and pictures.")


def _keys(bundle: Bundle) -> list[Key]:
    """For each page what it shows, () where it shows too little to tell."""
    pictures = [_pictures(leaf) for leaf in bundle.leaves[: len(bundle.pages)]]
    lengths: dict[Key, int] = defaultdict(int)
    for found in pictures:
        for shape, _ in found:
            lengths[shape] += 1
    keys: list[Key] = []
    for page, found in zip(bundle.pages, pictures, strict=True):
        words = page.own.split()
        shapes = tuple(shape for shape, _ in found)
        if len(words) >= FEW_WORDS:
            keys.append((" ".join(words), shapes))
        elif shapes:
            # Only pictures that could be the same are read.
            keys.append(tuple(_hash(stream) if lengths[shape] > 1 else shape for shape, stream in found))
        else:
            keys.append(())
    return keys


def _pictures(leaf: Any) -> list[tuple[Key, Any]]:
    resources = inherited(leaf, "/Resources")
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(things, Dictionary):
        return []
    return [
        ((int(thing.get("/Length", 0)), int(thing.get("/Width", 0)), int(thing.get("/Height", 0))), thing)
        for thing in things.as_dict().values()
        if isinstance(thing, Stream) and thing.get("/Subtype") == Name.Image
    ]


def _hash(stream: Any) -> Key:
    if int(stream.get("/Length", 0)) > MOST_BYTES:
        return (stream.objgen,)
    try:
        return (hashlib.sha256(stream.read_raw_bytes()).digest(),)
    except PdfError:
        return (stream.objgen,)
