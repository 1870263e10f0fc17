"""Taking documents and pages of a main bundle into its core bundle."""

from collections.abc import Sequence

from django.db import transaction

from authorities.models import Authority
from bundles import masters, ranges
from bundles.actions.contents import add_pages, add_section
from bundles.models import Bundle, Entry
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from evidence.models import Exhibit


@transaction.atomic
def take(
    *,
    by: Actor,
    core: Bundle,
    documents: Sequence[int] = (),
    pages: str = "",
    of_one: tuple[int, Sequence[int]] | None = None,
) -> list[Entry]:
    """Documents and pages of the main bundle's newest version stand in the core bundle.

    Each stands under the heading that it has in the main bundle, which the core bundle gets where it has
    none such.

    Args:
        by: who takes them.
        core: the core bundle.
        documents: which documents, by their number in the main bundle, from 1; whole.
        pages: numbers of the main bundle's pages, ``12-15, 40``.
        of_one: the number of one document, with some of its own pages.

    Raises:
        Conflict: it is no core bundle, or the main bundle was never built.
        InvalidInput: nothing is chosen, or a page that is no document's.
    """
    held = _held(core)
    by_number = {place.number: place for place in held}
    if any(number not in by_number or not by_number[number].pages for number in documents):
        raise InvalidInput("The main bundle has no such document.", remedy="Load the page again.")
    chosen = [(by_number[number], "") for number in documents]
    if of_one and of_one[1] and of_one[0] in by_number:
        chosen.append((by_number[of_one[0]], ranges.write(sorted(of_one[1]))))
    chosen += masters.at(held, pages)
    if not chosen:
        raise InvalidInput(
            "Nothing is chosen.", remedy="Tick a document, or write page numbers.", field="pages"
        )
    return [_take(by, core, place, wanted) for place, wanted in chosen]


def _held(core: Bundle) -> list[masters.Place]:
    if core.master is None:
        raise Conflict(f"{core} has no main bundle.", remedy="Begin a core bundle and choose one.")
    version = masters.newest(core.master)
    if version is None:
        raise Conflict(
            f"{core.master} has not been built yet, so its pages have no numbers.", remedy="Build it first."
        )
    return masters.places(version)


def _take(by: Actor, core: Bundle, place: masters.Place, wanted: str) -> Entry:
    section = core.sections.filter(title=place.section).first() or add_section(
        by=by, bundle=core, title=place.section
    )
    kind, _, key = place.key.partition(":")
    taken = Entry(
        exhibit=Exhibit.objects.get(pk=key) if kind == "exhibit" else None,
        authority=Authority.objects.get(pk=key) if kind == "authority" else None,
        title=place.title,
    )
    if taken.title == taken.own_title:
        taken.title = ""
    return add_pages(by=by, section=section, entry=taken, pages=wanted or place.chosen)
