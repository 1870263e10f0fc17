"""References resolved to pages, and carried from the version they were written against to this one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bundles.pdf.references.cited import Cited, Found
from bundles.pdf.references.concordance import concordance
from bundles.pdf.references.pagemap import PageMap, Placed
from bundles.pdf.references.readings import Reading, readings, why_none

Status = Literal["resolved", "ambiguous", "dangling"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page of the bundle, from 1, that a reference may mean, and the reading that leads there."""

    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of a document in the bundle, and where it leads.

    Args:
        found: the reference as found in the document.
        on_page: the bundle's page on which it stands, from 1.
        status: resolved to one page; ambiguous between the candidates; or dangling.
        candidates: the one page of a resolved reference, or all that an ambiguous one may mean.
        reason: why it is not resolved, in words; empty when it is.
    """

    found: Found
    on_page: int
    status: Status
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""

    @property
    def page(self) -> int | None:
        """The page that a resolved reference leads to, from 1."""
        return self.candidates[0].page if self.status == "resolved" else None

    def as_json(self) -> dict[str, Any]:
        """What a person needs to see of it."""
        return {
            "words": self.found.words,
            "on_page": self.on_page,
            "status": self.status,
            "page": self.page,
            "candidates": [{"page": each.page, "reading": each.words} for each in self.candidates],
            "reason": self.reason,
        }


def resolve(
    found: Sequence[Found],
    page_map: PageMap,
    written_against: PageMap | None = None,
    *,
    stands_at: Placed | None = None,
) -> list[Reference]:
    """Each reference with the page of ``page_map`` that it leads to, or why a person must look at it.

    Args:
        found: the references of one document.
        page_map: the bundle in which they are to lead somewhere.
        written_against: the version whose page numbers the document's author used; None when it is this one.
        stands_at: the document's place in the bundle, where it is in it; pages that are not are left out.
    """
    own = stands_at.own if stands_at else {each.page: each.page for each in found}
    here = {page: page for page in range(1, page_map.pages + 1)}
    moved = {row.old: row.new for row in concordance(written_against, page_map)} if written_against else here
    references = []
    for each in found:
        if each.page not in own:
            continue
        old, now = written_against or page_map, moved
        if written_against and _came_later(each.cited, written_against, page_map):
            old, now = page_map, here
        references.append(_resolved(each, own[each.page], old, now))
    return references


def _came_later(cited: Cited, old: PageMap, new: PageMap) -> bool:
    """Whether it names an exhibit that only the new version holds, whose own pages are the same in any."""
    marks = ({document.mark for document in version.documents} for version in (old, new))
    return cited.name != "" and [cited.name in known for known in marks] == [False, True]


def _resolved(found: Found, on_page: int, old: PageMap, moved: Mapping[int, int | None]) -> Reference:
    meant = readings(found.cited, old)
    if not meant:
        return Reference(found, on_page, "dangling", reason=why_none(found.cited, old))
    if len(meant) > 1:
        places = tuple(_candidate(reading, moved) for reading in meant)
        there = tuple(place for place in places if place)
        return Reference(found, on_page, "ambiguous", there, "It can be read in more than one way.")
    place = _candidate(meant[0], moved)
    if place is None:
        # The document is not named: who may read this version need not know what was in the other.
        number = old.number_of(meant[0].page)
        why = f"Page {number} of the version it was written against is not in this one."
        return Reference(found, on_page, "dangling", reason=why)
    return Reference(found, on_page, "resolved", (place,))


def _candidate(reading: Reading, moved: Mapping[int, int | None]) -> Candidate | None:
    page = moved.get(reading.page)
    return Candidate(page, reading.words) if page else None
