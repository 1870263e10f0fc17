"""Saying that the court or a party has been given a version."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from bundles import sources, standing
from bundles.actions.late import late_section
from bundles.actions.locking import lock
from bundles.models import Bundle, Delivery, Version
from bundles.order import STEP
from core import clock
from core.actor import Actor
from core.errors import InvalidInput
from ledger.actions import record

LONGEST_NAME, LONGEST_CHANNEL = 200, 100


@transaction.atomic
def deliver(
    *, by: Actor, version: Version, to: str, channel: str = "", at: datetime | None = None
) -> Delivery:
    """Somebody has this version; what it holds keeps its page numbers, and what comes later comes after.

    Law: General Guidance on Electronic Court Bundles (29 Nov 2021): pages added after delivery go to the end.

    Args:
        by: who says so.
        version: what was delivered.
        to: who has it: the court, or a party.
        channel: how they got it, such as "CE-File".
        at: when; now where it is not given.

    Raises:
        InvalidInput: nobody is named, or the time lies ahead or before the version was built.
    """
    bundle = version.bundle
    lock(bundle)
    to, channel, at = to.strip(), channel.strip(), at or clock.now()
    if not 0 < len(to) <= LONGEST_NAME:
        raise InvalidInput("It is not said who has it.", remedy="Name the court or the party.", field="to")
    if len(channel) > LONGEST_CHANNEL:
        raise InvalidInput(
            f"How it was sent takes {len(channel)} characters.",
            remedy=f"Shorten it to {LONGEST_CHANNEL}.",
            field="channel",
        )
    if at > clock.now():
        raise InvalidInput(
            "That time has not come yet.", remedy="Say so once it has been delivered.", field="at"
        )
    if at < version.built_at.replace(second=0, microsecond=0):
        raise InvalidInput(
            "The version had not been built then.",
            remedy="Correct the time, or choose the version they were given.",
            field="at",
        )
    made = Delivery.objects.create(version=version, to=to, channel=channel, at=at, by=by.label)
    facts = {"to": to, "channel": channel, "at": at.isoformat()}
    record(chain=bundle.case.chain, by=by, verb="delivered", thing=version, facts=facts)
    _mark_what_came_since(by, bundle, version)
    return made


def _mark_what_came_since(by: Actor, bundle: Bundle, version: Version) -> None:
    """What stands in the bundle but not in the delivered version counts as added after it."""
    held = standing.delivered(bundle)
    if held is None or held.version.pk != version.pk:
        return
    inside = Counter(held.keys)
    for entry in sources.entries_of(bundle):
        if inside[entry.key]:
            inside[entry.key] -= 1
            continue
        entry.added_after = version
        if bundle.late == Bundle.Late.APPEND:
            entry.section = late_section(by, bundle, version)
            last = entry.section.entries.aggregate(last=Max("order"))["last"] or 0
            entry.order = last + STEP
        entry.save(update_fields=["added_after", "section", "order"])
        facts = {"after": version.number}
        record(chain=bundle.case.chain, by=by, verb="found to be late", thing=entry, facts=facts)
