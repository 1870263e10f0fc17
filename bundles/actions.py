"""Putting a bundle together and asking for it to be built."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max

from bundles import selectors
from bundles.models import Build, Bundle, Entry, Section
from bundles.order import Order, mark
from bundles.pdf.check import profile as rules
from cases.models import Case, Hearing
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.queue import enqueue
from evidence.models import Exhibit
from ledger.actions import record

CHANGED_MEANWHILE = "The bundle was changed by somebody else meanwhile, so nothing was moved."
LOOK_AGAIN = "Look at it as it stands now and repeat the move."
LONGEST = 200
"""Characters of a title of a bundle or a section."""
REMEMBERED = 12 * 60 * 60
"""Seconds for which the last mover is remembered; as long as a person stays signed in."""


@transaction.atomic
def create(
    *,
    by: Actor,
    case: Case,
    title: str,
    hearing: Hearing | None = None,
    hearing_date: date | None = None,
    profile: str = "",
    on_failure: str = Bundle.OnFailure.STOP,
    sections: Sequence[str] = (),
) -> Bundle:
    """The bundle stands in the matter with its sections, ready to take exhibits."""
    rules.load(profile or case.court.bundle_profile)
    bundle = Bundle.objects.create(
        case=case,
        title=_title(title),
        hearing=hearing,
        hearing_date=hearing_date or _day_of(hearing),
        profile=profile or case.court.bundle_profile,
        on_failure=on_failure,
    )
    record(chain=case.chain, by=by, verb="began", thing=bundle)
    for section in sections:
        add_section(by=by, bundle=bundle, title=section)
    return bundle


@transaction.atomic
def change(
    *,
    by: Actor,
    bundle: Bundle,
    title: str,
    hearing: Hearing | None,
    hearing_date: date | None,
    profile: str,
    on_failure: str,
) -> Bundle:
    """The bundle's title, hearing, profile and way of failing are as given; built versions do not change."""
    rules.load(profile)
    bundle.title, bundle.hearing, bundle.hearing_date = (
        _title(title),
        hearing,
        hearing_date or _day_of(hearing),
    )
    bundle.profile, bundle.on_failure = profile, on_failure
    bundle.save()
    record(chain=bundle.case.chain, by=by, verb="changed", thing=bundle)
    return bundle


@transaction.atomic
def add_section(*, by: Actor, bundle: Bundle, title: str) -> Section:
    """The section stands at the bundle's end."""
    _lock(bundle)
    last = bundle.sections.aggregate(last=Max("order"))["last"] or 0
    section = Section.objects.create(bundle=bundle, title=_title(title), order=last + 1)
    record(chain=bundle.case.chain, by=by, verb="added", thing=section, facts={"bundle": bundle.pk})
    return section


@transaction.atomic
def rename_section(*, by: Actor, section: Section, title: str) -> Section:
    """The section's heading in the index and the bookmarks is as given."""
    facts = {"before": section.title}
    section.title = _title(title)
    section.save(update_fields=["title"])
    record(chain=section.bundle.case.chain, by=by, verb="renamed", thing=section, facts=facts)
    return section


@transaction.atomic
def remove_section(*, by: Actor, section: Section) -> None:
    """The section is gone; one that holds documents is refused, so that none is lost with it."""
    _lock(section.bundle)
    if section.entries.exists():
        raise Conflict(
            f"{section.title} holds documents.", remedy="Move them to another section or take them out first."
        )
    section_id = section.pk
    section.delete()
    section.ledger_id = section_id  # type: ignore[attr-defined]
    record(chain=section.bundle.case.chain, by=by, verb="removed", thing=section)


@transaction.atomic
def add_exhibits(*, by: Actor, section: Section, exhibits: Sequence[Exhibit]) -> list[Entry]:
    """The exhibits stand at the section's end, in the order given."""
    case = section.bundle.case
    if any(exhibit.case_id != case.pk for exhibit in exhibits):
        raise InvalidInput(
            "A bundle holds exhibits of its own matter.", remedy="Receive the document here first."
        )
    if gone := [str(exhibit) for exhibit in exhibits if exhibit.withdrawn_at]:
        raise Conflict(f"Withdrawn: {', '.join(gone)}.", remedy="Restore it before putting it into a bundle.")
    _lock(section.bundle)
    last = section.entries.aggregate(last=Max("order"))["last"] or 0
    entries = []
    for place, exhibit in enumerate(exhibits, start=last + 1):
        entry = Entry.objects.create(section=section, exhibit=exhibit, order=place)
        record(
            chain=case.chain, by=by, verb="put into the bundle", thing=entry, facts={"exhibit": exhibit.pk}
        )
        entries.append(entry)
    return entries


@transaction.atomic
def rename_entry(*, by: Actor, entry: Entry, title: str) -> Entry:
    """The document's title in the index is as given; an empty one gives the exhibit's own title back."""
    facts = {"before": str(entry)}
    entry.title = "" if title.strip() == entry.exhibit.title else title.strip()
    entry.save(update_fields=["title"])
    record(chain=entry.section.bundle.case.chain, by=by, verb="renamed", thing=entry, facts=facts)
    return entry


@transaction.atomic
def take_out(*, by: Actor, entry: Entry) -> None:
    """The exhibit no longer stands at this place of the bundle."""
    _lock(entry.section.bundle)
    chain, entry_id, facts = entry.section.bundle.case.chain, entry.pk, {"exhibit": entry.exhibit_id}
    entry.delete()
    entry.ledger_id = entry_id  # type: ignore[attr-defined]
    record(chain=chain, by=by, verb="took out of the bundle", thing=entry, facts=facts)


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
            or undoes what somebody else has moved.
    """
    _lock(bundle)
    standing = selectors.order_of(bundle)
    now, last_moved = mark(standing), f"arranged:{bundle.pk}"
    if (
        sorted(entry.pk for _, entries in order for entry in entries)
        != sorted(entry for _, entries in standing for entry in entries)
        or sorted(section.pk for section, _ in order) != sorted(section for section, _ in standing)
        or (seen and seen != now and not (page and cache.get(last_moved) == (page, now)))
    ):
        raise Conflict(CHANGED_MEANWHILE, remedy=LOOK_AGAIN)
    chain = bundle.case.chain
    for number, (section, entries) in enumerate(order, start=1):
        if section.order != number:
            section.order = number
            section.save(update_fields=["order"])
            record(chain=chain, by=by, verb="moved", thing=section, facts={"to": number})
        for place, entry in enumerate(entries, start=1):
            if (entry.section_id, entry.order) != (section.pk, place):
                entry.section, entry.order = section, place
                entry.save(update_fields=["section", "order"])
                record(chain=chain, by=by, verb="moved", thing=entry, facts={"section": number, "to": place})
    cache.set(last_moved, (page, mark(selectors.order_of(bundle))), timeout=REMEMBERED)


def arrange_as(*, by: Actor, bundle: Bundle, order: Order, seen: str = "", page: str = "") -> None:
    """As ``arrange``, with sections and entries named by their numbers."""
    sections = bundle.sections.in_bulk()
    entries = Entry.objects.filter(section__bundle=bundle).select_related("exhibit").in_bulk()
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
    _lock(bundle)
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
    _lock(section.bundle)
    dated = {
        entry: (day is None, day or date.min)
        for entry, day in section.entries.values_list("pk", "exhibit__dated")
    }
    arrange_as(
        by=by,
        bundle=section.bundle,
        order=[
            (number, sorted(held, key=dated.__getitem__) if number == section.pk else held)
            for number, held in selectors.order_of(section.bundle)
        ],
    )


@transaction.atomic
def ask_for_build(
    *, by: Actor, bundle: Bundle, on_failure: str = "", privileged_confirmed: bool = False
) -> Build:
    """A build waits for the worker; a bundle with nothing in it is refused.

    Args:
        by: who asks.
        bundle: what is built.
        on_failure: what to do this once about a document that cannot go in; the bundle's own way when empty.
        privileged_confirmed: a person has said that the privileged documents in it are meant to be there.

    Raises:
        InvalidInput: it holds nothing, or privileged documents that nobody has confirmed.
    """
    entries = Entry.objects.filter(section__bundle=bundle)
    if not entries.exists():
        raise InvalidInput(
            "There is nothing in this bundle.", remedy="Put at least one exhibit into a section."
        )
    if not privileged_confirmed:
        selectors.refuse_privileged(list(entries.select_related("exhibit")))
    build = Build.objects.create(
        bundle=bundle,
        asked_by=by.label,
        asked_by_id=by.user_id,
        asked_at=clock.now(),
        on_failure=on_failure or bundle.on_failure,
        privileged_confirmed=privileged_confirmed,
    )
    facts = {"on_failure": build.on_failure, "privileged_confirmed": privileged_confirmed}
    record(chain=bundle.case.chain, by=by, verb="asked for a build of", thing=bundle, facts=facts)
    enqueue("bundles.build", build_id=build.pk)
    return build


def _lock(bundle: Bundle) -> None:
    """No other change to the bundle's contents runs until this transaction ends."""
    Bundle.objects.select_for_update(no_key=True).get(pk=bundle.pk)


def _day_of(hearing: Hearing | None) -> date | None:
    return clock.local_date(hearing.starts_at, ZoneInfo(hearing.case.court.time_zone)) if hearing else None


def _title(words: str) -> str:
    words = words.strip()
    if not words:
        raise InvalidInput("A title is missing.", remedy="Write what it is called.", field="title")
    if len(words) > LONGEST:
        raise InvalidInput(
            f"The title has {len(words)} characters.", remedy=f"Shorten it to {LONGEST}.", field="title"
        )
    return words
