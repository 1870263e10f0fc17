"""Putting sections and documents into a bundle and taking them out."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from bundles.actions.locking import lock
from bundles.actions.titles import checked_title
from bundles.models import Bundle, Entry, Section
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from evidence.models import Exhibit
from ledger.actions import record


@transaction.atomic
def add_section(*, by: Actor, bundle: Bundle, title: str) -> Section:
    """The section stands at the bundle's end."""
    lock(bundle)
    last = bundle.sections.aggregate(last=Max("order"))["last"] or 0
    section = Section.objects.create(bundle=bundle, title=checked_title(title), order=last + 1)
    record(chain=bundle.case.chain, by=by, verb="added", thing=section, facts={"bundle": bundle.pk})
    return section


@transaction.atomic
def rename_section(*, by: Actor, section: Section, title: str) -> Section:
    """The section's heading in the index and the bookmarks is as given."""
    facts = {"before": section.title}
    section.title = checked_title(title)
    section.save(update_fields=["title"])
    record(chain=section.bundle.case.chain, by=by, verb="renamed", thing=section, facts=facts)
    return section


@transaction.atomic
def remove_section(*, by: Actor, section: Section) -> None:
    """The section is gone; one that holds documents is refused, so that none is lost with it."""
    lock(section.bundle)
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
    lock(section.bundle)
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
    """The document's title in the index is as given; an empty one gives the document's own back."""
    facts = {"before": str(entry)}
    entry.title = "" if title.strip() == entry.own_title else title.strip()
    entry.save(update_fields=["title"])
    record(chain=entry.section.bundle.case.chain, by=by, verb="renamed", thing=entry, facts=facts)
    return entry


@transaction.atomic
def take_out(*, by: Actor, entry: Entry) -> None:
    """The exhibit no longer stands at this place of the bundle."""
    lock(entry.section.bundle)
    chain, entry_id, facts = entry.section.bundle.case.chain, entry.pk, {"document": entry.key}
    entry.delete()
    entry.ledger_id = entry_id  # type: ignore[attr-defined]
    record(chain=chain, by=by, verb="took out of the bundle", thing=entry, facts=facts)
