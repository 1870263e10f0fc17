"""Saying by which version's page numbers a document refers to the bundle."""

from django.db import transaction

from bundles.models import Entry, Version
from core.actor import Actor
from core.errors import InvalidInput
from ledger.actions import record


@transaction.atomic
def say_written_against(*, by: Actor, entry: Entry, version: Version | None) -> Entry:
    """The document's references are read by that version's page numbers; None leaves it to the usual rule.

    Raises:
        InvalidInput: the version is another bundle's.
    """
    bundle = entry.section.bundle
    if version is not None and version.bundle_id != bundle.pk:
        raise InvalidInput("That is no version of this bundle.", remedy="Choose one of those listed.")
    if entry.written_against_id == (version.pk if version else None):
        return entry
    before = entry.written_against.number if entry.written_against else None
    entry.written_against = version
    entry.save(update_fields=["written_against"])
    facts = {"before": before, "version": version.number if version else None}
    record(chain=bundle.case.chain, by=by, verb="said which version is meant in", thing=entry, facts=facts)
    return entry
