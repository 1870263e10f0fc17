"""Bringing a bundle's sections and documents into order."""

from collections.abc import Sequence
from datetime import date

from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Coalesce

from bundles import selectors
from bundles.actions.locking import lock
from bundles.models import Bundle, Entry, Section
from bundles.order import Order, mark, places, taken_elsewhere
from bundles.standing import refuse_moves
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from ledger.actions import record

CHANGED_MEANWHILE = "The bundle was changed by somebody else meanwhile, so nothing was moved."
LOOK_AGAIN = "Look at it as it stands now and repeat the move."
REMEMBERED = 12 * 60 * 60
"""Seconds for which the last mover is remembered; as long as a person stays signed in."""


@transaction.atomic
def arrange(
    *,
    by: Actor,
    bundle: Bundle,
    order: Sequence[tuple[Section, Sequence[Entry]]],
    seen: str = "",
    page: str = "",
) -> None:
    """Sections and entries stand in the order given, which names each of the bundle's exactly once.

    Args:
        by: who moved them.
        bundle: the bundle.
        order: every section with its entries.
        seen: the ``order.mark`` of the arrangement that the person saw; empty leaves that unchecked.
        page: which open page the move was made on; moves made there before are no surprise to it.

    Raises:
        Conflict: the bundle changed meanwhile, so that the order leaves something out, names a stranger
            or undoes what somebody else has moved; or a page that was delivered would get another number.
    """
    lock(bundle)
    standing = selectors.order_of(bundle)
    now, last_moved = mark(standing), f"arranged:{bundle.pk}"
    if (
        sorted(entry.pk for _, entries in order for entry in entries)
        != sorted(entry for _, entries in standing for entry in entries)
        or sorted(section.pk for section, _ in order) != sorted(section for section, _ in standing)
        or (seen and seen != now and not (page and cache.get(last_moved) == (page, now)))
    ):
        raise Conflict(CHANGED_MEANWHILE, remedy=LOOK_AGAIN)
    wanted = [(section.pk, [entry.pk for entry in entries]) for section, entries in order]
    refuse_moves(bundle, standing, wanted)
    chain, taken = bundle.case.chain, taken_elsewhere(standing, wanted)
    for number, (section, entries) in enumerate(order, start=1):
        if section.order != number:
            section.order = number
            section.save(update_fields=["order"])
            record(chain=chain, by=by, verb="moved", thing=section, facts={"to": number})
        here = {entry.pk: entry.order for entry in entries}
        kept = places([entry.pk for entry in entries], here, taken)
        for place, entry in enumerate(entries, start=1):
            if (entry.section_id, entry.order) != (section.pk, kept[entry.pk]):
                entry.section, entry.order = section, kept[entry.pk]
                entry.save(update_fields=["section", "order"])
                record(chain=chain, by=by, verb="moved", thing=entry, facts={"section": number, "to": place})
    cache.set(last_moved, (page, mark(selectors.order_of(bundle))), timeout=REMEMBERED)


def arrange_as(*, by: Actor, bundle: Bundle, order: Order, seen: str = "", page: str = "") -> None:
    """As ``arrange``, with sections and entries named by their numbers."""
    sections = bundle.sections.in_bulk()
    entries = Entry.objects.filter(section__bundle=bundle).select_related("exhibit", "authority").in_bulk()
    try:
        named = [(sections[section], [entries[entry] for entry in held]) for section, held in order]
    except KeyError as gone:
        raise Conflict(CHANGED_MEANWHILE, remedy=LOOK_AGAIN) from gone
    arrange(by=by, bundle=bundle, order=named, seen=seen, page=page)


@transaction.atomic
def move_to_section(*, by: Actor, entry: Entry, section: Section) -> None:
    """The document stands at the end of the section, which is one of the same bundle."""
    bundle = entry.section.bundle
    if section.bundle_id != bundle.pk:
        raise InvalidInput("That section is of another bundle.", remedy="Choose one of this bundle's.")
    lock(bundle)
    order = [
        (number, [one for one in held if one != entry.pk] + ([entry.pk] if number == section.pk else []))
        for number, held in selectors.order_of(bundle)
    ]
    arrange_as(by=by, bundle=bundle, order=order)


@transaction.atomic
def sort_by_date(*, by: Actor, section: Section) -> None:
    """The section's documents stand in the order of their dates; undated ones keep their order at its end.

    Law: Chancery Guide and PD 32 para 27: the documents of a bundle stand in chronological order.
    """
    lock(section.bundle)
    dated = {
        entry: (day is None, day or date.min)
        for entry, day in section.entries.values_list("pk", Coalesce("exhibit__dated", "authority__date"))
    }
    arrange_as(
        by=by,
        bundle=section.bundle,
        order=[
            (number, sorted(held, key=dated.__getitem__) if number == section.pk else held)
            for number, held in selectors.order_of(section.bundle)
        ],
    )
