"""The main bundle behind a core bundle: where each page stands there, and whether that still holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bundles import ranges
from bundles.models import Bundle, Entry, Version
from core.errors import Conflict, InvalidInput


@dataclass(frozen=True, slots=True)
class Place:
    """One document of a main bundle's version.

    Args:
        number: counted from 1 in the order of the bundle.
        key: the document itself (``Entry.key``).
        title: as the main bundle's index calls it.
        section: the heading that it stands under.
        exhibit: the exhibit's id; empty for an authority.
        chosen: which of its pages are in the main bundle (``1-3, 7``); empty for all.
        pages: for each page of the document that is in the main bundle, its number there.
    """

    number: int
    key: str
    title: str
    section: str
    exhibit: str
    chosen: str
    pages: dict[int, int]

    @property
    def first(self) -> int:
        """The number of its first page there."""
        return min(self.pages.values())

    @property
    def last(self) -> int:
        """The number of its last page there."""
        return max(self.pages.values())


def newest(master: Bundle) -> Version | None:
    """The main bundle's newest whole version: the one that its page numbers are taken from."""
    return master.versions.filter(build__variant="full").select_related("build").order_by("-number").first()


def places(version: Version) -> list[Place]:
    """The version's documents with the numbers of their pages; those with a page in their place have none."""
    headings = [
        part["title"] for part in version.report["settings"]["sections"] for _ in range(part["documents"])
    ]
    rows = zip(version.report["entries"], version.build.documents, headings, strict=True)
    return [
        Place(
            number=number,
            key=known.get("key") or f"exhibit:{known['exhibit']}",
            title=entry["title"],
            section=heading,
            exhibit=known["exhibit"],
            chosen=known.get("pages", ""),
            pages=_numbers(entry, known),
        )
        for number, (entry, known, heading) in enumerate(rows, start=1)
    ]


def _numbers(entry: dict[str, Any], known: dict[str, Any]) -> dict[int, int]:
    if entry["status"] != "included" or known.get("signpost"):
        return {}
    first, last = entry["first_page"], entry["last_page"]
    pages = ranges.parse(known.get("pages", ""), last=10**6) or tuple(range(1, last - first + 2))
    # A sheet before the document counts as none of its pages.
    return {page: last - len(pages) + place for place, page in enumerate(pages, start=1)}


def printed(version: Version, number: int) -> str:
    """What is printed on that page of the version, counted from 1: ``45``, or ``45A`` and ``S45``."""
    numbers = version.report.get("numbers") or ()
    return numbers[number - 1] if numbers else str(number)


def reference(version: Version, number: int) -> str:
    """How people cite that page of the main bundle: ``A/45``, or ``Main 45`` where it has no letter."""
    letter = version.report["settings"].get("letter", "")
    return f"{letter}/{printed(version, number)}" if letter else f"Main {printed(version, number)}"


def references(
    version: Version, held: Sequence[Place], entry: Entry, pages: Sequence[int]
) -> tuple[str, ...]:
    """For each of the entry's pages its reference in the main bundle.

    Raises:
        Conflict: the main bundle's newest version no longer holds one of them.
    """
    for place in held:
        if place.key == entry.key and all(page in place.pages for page in pages):
            return tuple(reference(version, place.pages[page]) for page in pages)
    raise Conflict(
        f"{entry}: these pages are not in the newest version of {version.bundle}.",
        remedy="Take them out of the core bundle, or put the document into the main bundle and build that.",
    )


def at(held: Sequence[Place], words: str) -> list[tuple[Place, str]]:
    """The documents and their pages that stand at these page numbers of the main bundle.

    Args:
        held: the main bundle's documents.
        words: page numbers of the main bundle, ``12-15, 40``.

    Raises:
        InvalidInput: something else is written, or a page that belongs to no document.
    """
    by_number = {number: (place, page) for place in held for page, number in place.pages.items()}
    found = []
    for number in ranges.parse(words, last=max(by_number, default=0)):
        if number not in by_number:
            raise InvalidInput(
                f"Page {number} of the main bundle is not a document's.",
                remedy="The index and pages in a missing document's place cannot be taken.",
                field="pages",
            )
        found.append(by_number[number])
    return [
        (place, ranges.write([page for _, page in run]))
        for place, run in groupby(found, key=lambda one: one[0])
    ]


def built_from(core: Bundle) -> int | None:
    """The number of the main bundle's version whose references the core bundle's newest version carries."""
    last = core.versions.order_by("-number").first()
    return last.report["settings"].get("master_version") if last else None


def out_of_date(core: Bundle) -> Version | None:
    """The main bundle's newer version, where the core bundle was last built from an older one."""
    if core.master is None or (used := built_from(core)) is None:
        return None
    now = newest(core.master)
    return now if now and now.number > used else None
