"""Putting a bundle together and asking for it to be built."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from bundles.models import Build, Bundle, Entry, Section
from cases.models import Case, Hearing
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.queue import enqueue
from evidence.models import Exhibit
from ledger.actions import record


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
    if hearing and not hearing_date:
        hearing_date = clock.local_date(hearing.starts_at)
    bundle = Bundle.objects.create(
        case=case,
        title=title.strip(),
        hearing=hearing,
        hearing_date=hearing_date,
        profile=profile or case.court.bundle_profile,
        on_failure=on_failure,
    )
    record(chain=case.chain, by=by, verb="began", thing=bundle)
    for section in sections:
        add_section(by=by, bundle=bundle, title=section)
    return bundle


@transaction.atomic
def change(
    *, by: Actor, bundle: Bundle, title: str, hearing_date: date | None, profile: str, on_failure: str
) -> Bundle:
    """The bundle's title, hearing date, profile and way of failing are as given."""
    bundle.title, bundle.hearing_date = title.strip(), hearing_date
    bundle.profile, bundle.on_failure = profile, on_failure
    bundle.save()
    record(chain=bundle.case.chain, by=by, verb="changed", thing=bundle)
    return bundle


@transaction.atomic
def add_section(*, by: Actor, bundle: Bundle, title: str) -> Section:
    """The section stands at the bundle's end."""
    last = bundle.sections.aggregate(last=Max("order"))["last"] or 0
    section = Section.objects.create(bundle=bundle, title=title.strip(), order=last + 1)
    record(chain=bundle.case.chain, by=by, verb="added", thing=section, facts={"bundle": bundle.pk})
    return section


@transaction.atomic
def add_exhibits(*, by: Actor, section: Section, exhibits: Sequence[Exhibit]) -> list[Entry]:
    """The exhibits stand at the section's end, in the order given."""
    case = section.bundle.case
    if any(exhibit.case_id != case.pk for exhibit in exhibits):
        raise InvalidInput("A bundle holds exhibits of its own matter.", remedy="Receive the document here first.")
    if gone := [str(exhibit) for exhibit in exhibits if exhibit.withdrawn_at]:
        raise Conflict(f"Withdrawn: {', '.join(gone)}.", remedy="Restore it before putting it into a bundle.")
    last = section.entries.aggregate(last=Max("order"))["last"] or 0
    entries = []
    for place, exhibit in enumerate(exhibits, start=last + 1):
        entry = Entry.objects.create(section=section, exhibit=exhibit, order=place)
        record(chain=case.chain, by=by, verb="put into the bundle", thing=entry, facts={"exhibit": exhibit.pk})
        entries.append(entry)
    return entries


@transaction.atomic
def take_out(*, by: Actor, entry: Entry) -> None:
    """The exhibit no longer stands at this place of the bundle."""
    chain, entry_id, facts = entry.section.bundle.case.chain, entry.pk, {"exhibit": entry.exhibit_id}
    entry.delete()
    entry.ledger_id = entry_id  # type: ignore[attr-defined]
    record(chain=chain, by=by, verb="took out of the bundle", thing=entry, facts=facts)


@transaction.atomic
def arrange(*, by: Actor, bundle: Bundle, order: Sequence[tuple[Section, Sequence[Entry]]]) -> None:
    """Sections and entries stand in the order given, which names each of the bundle's exactly once.

    Raises:
        Conflict: the bundle changed meanwhile, so that the order leaves something out or names a stranger.
    """
    named = [entry.pk for _, entries in order for entry in entries]
    standing = set(Entry.objects.filter(section__bundle=bundle).values_list("pk", flat=True))
    sections = {section.pk for section, _ in order}
    if (
        len(named) != len(set(named))
        or set(named) != standing
        or sections != set(bundle.sections.values_list("pk", flat=True))
    ):
        raise Conflict(
            "The bundle was changed by somebody else meanwhile.", remedy="Load the page again and repeat the move."
        )
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


@transaction.atomic
def ask_for_build(*, by: Actor, bundle: Bundle) -> Build:
    """A build waits for the worker; a bundle with nothing in it is refused."""
    if not Entry.objects.filter(section__bundle=bundle).exists():
        raise InvalidInput("There is nothing in this bundle.", remedy="Put at least one exhibit into a section.")
    build = Build.objects.create(
        bundle=bundle, asked_by=by.label, asked_by_id=by.user_id, asked_at=clock.now()
    )
    enqueue("bundles.build", build_id=build.pk)
    return build
