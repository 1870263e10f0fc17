"""The one way to write an event."""

from typing import Any

from django.db import models, transaction

from core import clock
from core.actor import Actor
from ledger import signing
from ledger.hashing import canonical, event_hash, row_digest
from ledger.models import Chain, Event

SITE = "site"


@transaction.atomic
def record(
    *, chain: str, by: Actor, verb: str, thing: models.Model, facts: dict[str, Any] | None = None
) -> Event:
    """The event stands at the end of its chain, and the chain's signed head names it.

    Call it inside the transaction that wrote ``thing``, after the write: the event carries a digest of
    the row. The chain's row is locked until that transaction ends, so two appends cannot fork it.

    Args:
        chain: ``case:<uuid>`` or ``site``.
        by: who acted.
        verb: past tense, as a clerk would write it ("received", "served").
        thing: the row acted on; a deleted instance (no primary key) records that it is gone.
        facts: what else the event says; JSON values, dates and UUIDs.
    """
    Chain.objects.get_or_create(key=chain)
    head = Chain.objects.select_for_update().get(key=chain)
    gone = thing.pk is None
    if not gone:
        thing.refresh_from_db()
    event = Event(
        chain=head,
        sequence=head.head_sequence + 1,
        previous_hash=head.head_hash,
        at=clock.now(),
        actor=by.label,
        actor_user_id=by.user_id,
        origin=by.origin,
        address=by.address or "",
        request_id=by.request_id,
        verb=verb,
        thing_type=thing._meta.label_lower,
        thing_id=str(getattr(thing, "ledger_id", thing.pk)),
        thing_label=str(thing)[:300],
        thing_digest="" if gone else row_digest(thing),
        facts=canonical(facts or {}),
    )
    event.hash = event_hash(chain, event)
    event.save(force_insert=True)
    head.head_sequence, head.head_hash = event.sequence, event.hash
    head.head_signature = signing.sign(chain, event.sequence, event.hash)
    head.save(update_fields=["head_sequence", "head_hash", "head_signature"])
    return event
