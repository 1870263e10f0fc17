"""Where each page of one version stands in another."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bundles.pdf.references.pagemap import PageMap, Placed

INDEX = "Index"


@dataclass(frozen=True, slots=True)
class Row:
    """One page of the old version: its number, its number in the new one (or None), its document."""

    old: int
    new: int | None
    document: str


def concordance(old_map: PageMap, new_map: PageMap) -> list[Row]:
    """One row for each page of the old version, in order.

    A page is the same page when it is the same page of the same document; a document that stood twice and
    now stands once is found where it was kept. Pages of the index answer each other by their number.
    """
    return [*_index(old_map, new_map), *_documents(old_map, new_map)]


def pairs(old_map: PageMap, new_map: PageMap) -> list[tuple[Placed, Placed | None]]:
    """Each document of the old version with its place in the new one, or None where it is gone."""
    rest: dict[str, list[Placed]] = defaultdict(list)
    for document in new_map.documents:
        rest[document.identity].append(document)
    kept = {identity: places[0] for identity, places in rest.items()}
    partners: dict[int, Placed] = {}
    # Of several copies, the one under the same mark and title is the same; the others follow in order.
    for alike in (_same_words, _same_file):
        for document in old_map.documents:
            if document.first in partners:
                continue
            places = rest[document.identity]
            partner = next((place for place in places if alike(document, place)), None)
            if partner:
                places.remove(partner)
                partners[document.first] = partner
    return [
        (document, partners.get(document.first, kept.get(document.identity)))
        for document in old_map.documents
    ]


def _same_words(old: Placed, new: Placed) -> bool:
    return (old.mark, old.title) == (new.mark, new.title)


def _same_file(old: Placed, new: Placed) -> bool:
    return old.identity == new.identity


def _index(old_map: PageMap, new_map: PageMap) -> Iterator[Row]:
    for page in range(1, old_map.index_pages + 1):
        yield Row(page, page if page <= new_map.index_pages else None, INDEX)


def _documents(old_map: PageMap, new_map: PageMap) -> Iterator[Row]:
    for old, new in pairs(old_map, new_map):
        for nth, page in enumerate(old.pages):
            there = new is not None and nth < len(new.pages)
            yield Row(page, new.first + nth if new and there else None, old.title)
