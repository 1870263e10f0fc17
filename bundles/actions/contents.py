"""Putting sections and documents into a bundle and taking them out."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from authorities.models import Authority
from bundles import ranges, sources, standing
from bundles.actions.late import place_for
from bundles.actions.locking import lock
from bundles.actions.titles import checked_title
from bundles.models import Bundle, Entry, Section
from bundles.order import STEP
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.queue import enqueue
from evidence.models import Exhibit
from ledger.actions import record

MOST_PAGES = 100_000
"""Taken for the number of pages of a document that has not been laid out yet."""


@transaction.atomic
def add_section(*, by: Actor, bundle: Bundle, title: str) -> Section:
    """The section stands at the bundle's end."""
    lock(bundle)
    last = bundle.sections.aggregate(last=Max("order"))["last"] or 0
    held = standing.delivered(bundle)
    section = Section.objects.create(
        bundle=bundle,
        title=checked_title(title),
        order=last + 1,
        added_after=held.version if held else None,
    )
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
    """The exhibits stand at the section's end, in the order given.

    Once a version has been delivered they stand in a section of late documents at the bundle's end, unless
    the bundle's late documents go to their place.
    """
    case = section.bundle.case
    if any(exhibit.case_id != case.pk for exhibit in exhibits):
        raise InvalidInput(
            "A bundle holds exhibits of its own matter.", remedy="Receive the document here first."
        )
    if gone := [str(exhibit) for exhibit in exhibits if exhibit.withdrawn_at]:
        raise Conflict(f"Withdrawn: {', '.join(gone)}.", remedy="Restore it before putting it into a bundle.")
    return _put(by, section, [Entry(exhibit=exhibit) for exhibit in exhibits])


@transaction.atomic
def add_authorities(*, by: Actor, section: Section, authorities: Sequence[Authority]) -> list[Entry]:
    """The authorities stand at the section's end, or among the late documents, as ``add_exhibits`` says."""
    return _put(by, section, [Entry(authority=authority) for authority in authorities])


@transaction.atomic
def add_pages(*, by: Actor, section: Section, entry: Entry, pages: str) -> Entry:
    """Those pages of another bundle's document stand at the section's end (``1-3, 7``; empty for all)."""
    taken = Entry(exhibit=entry.exhibit, authority=entry.authority, title=entry.title, pages=pages)
    return _put(by, section, [taken])[0]


def _put(by: Actor, section: Section, entries: Sequence[Entry]) -> list[Entry]:
    lock(section.bundle)
    section, delivered = place_for(by, section)
    last = section.entries.aggregate(last=Max("order"))["last"] or 0
    for place, entry in enumerate(entries, start=1):
        entry.section, entry.order, entry.added_after = section, last + STEP * place, delivered
        entry.save()
        facts = {"document": entry.key, "pages": entry.pages}
        record(chain=section.bundle.case.chain, by=by, verb="put into the bundle", thing=entry, facts=facts)
    enqueue("bundles.compare", bundle_id=str(section.bundle_id))
    return list(entries)


@transaction.atomic
def rename_entry(*, by: Actor, entry: Entry, title: str) -> Entry:
    """The document's title in the index is as given; an empty one gives the document's own back."""
    facts = {"before": str(entry)}
    entry.title = "" if title.strip() == entry.own_title else title.strip()
    entry.save(update_fields=["title"])
    record(chain=entry.section.bundle.case.chain, by=by, verb="renamed", thing=entry, facts=facts)
    return entry


@transaction.atomic
def change_entry(*, by: Actor, entry: Entry, pages: str, signpost: str) -> Entry:
    """Only the given pages go in, or a page that says where the document is kept; both empty for all of it.

    Args:
        by: who says so.
        entry: the document in its place.
        pages: such as ``1-3, 7``.
        signpost: where it is kept instead.

    Raises:
        InvalidInput: the pages are not among the document's.
        Conflict: its pages have been delivered.
    """
    bundle = entry.section.bundle
    lock(bundle)
    pages, signpost = pages.strip(), signpost.strip()
    if (pages, signpost) == (entry.pages, entry.signpost):
        return entry
    standing.refuse_change(bundle, entry, "given other pages")
    whole = sources.of(Entry(exhibit=entry.exhibit, authority=entry.authority)).all_pages
    if pages:
        pages = ranges.write(ranges.parse(pages, last=whole or MOST_PAGES))
    facts = {
        "before": {"pages": entry.pages, "signpost": entry.signpost},
        "pages": pages,
        "signpost": signpost,
    }
    entry.pages, entry.signpost = pages, signpost
    entry.save(update_fields=["pages", "signpost"])
    record(chain=bundle.case.chain, by=by, verb="chose the pages of", thing=entry, facts=facts)
    return entry


@transaction.atomic
def take_out(*, by: Actor, entry: Entry) -> None:
    """The document no longer stands at this place of the bundle; Conflict where it has been delivered."""
    lock(entry.section.bundle)
    standing.refuse_change(entry.section.bundle, entry, "taken out")
    chain, entry_id, facts = entry.section.bundle.case.chain, entry.pk, {"document": entry.key}
    entry.delete()
    entry.ledger_id = entry_id  # type: ignore[attr-defined]
    record(chain=chain, by=by, verb="took out of the bundle", thing=entry, facts=facts)
