"""Where each page of one version stands in another."""

from collections import defaultdict
from dataclasses import dataclass

from bundles.pdf.references.pagemap import PageMap, Placed

INDEX = "Index"


@dataclass(frozen=True, slots=True)
class Row:
    """One page of the old version: its PDF page, that in the new one (or None), and its document."""

    old: int
    new: int | None
    document: str


def concordance(old_map: PageMap, new_map: PageMap) -> list[Row]:
    """One row for each page of the old version, in order.

    A page is the same page when it is the same page of the same document; a document that stood twice and
    now stands once is found where it was kept. Pages of the index before the documents answer each other by
    their number; a page that stood in a document's place answers to the document's first.
    """
    answers = {old.first: _answers(old, new) for old, new in pairs(old_map, new_map)}
    front = min((document.first for document in new_map.documents), default=new_map.pages + 1) - 1
    rows = []
    for page in range(1, old_map.pages + 1):
        document = old_map.at(page)
        if document:
            rows.append(Row(page, answers[document.first].get(page), document.title))
        else:
            rows.append(Row(page, page if page <= front else None, INDEX))
    return rows


def _answers(old: Placed, new: Placed | None) -> dict[int, int]:
    if new is None:
        return {}
    own = new.own
    found = {page: own[leaf] for leaf, page in old.own.items() if leaf in own}
    return {page: new.first for page in old.pages if page not in old.own.values()} | found


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
