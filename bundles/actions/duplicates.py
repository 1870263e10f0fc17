"""Deciding about two documents of a bundle that are alike."""

from django.db import transaction

from bundles.actions.contents import take_out
from bundles.actions.locking import lock
from bundles.alike import AlikePair
from bundles.models import Bundle, DuplicateDecision, Entry
from core import clock
from core.actor import Actor
from core.errors import InvalidInput
from core.queue import enqueue
from evidence.models import Exhibit
from ledger.actions import record

Decision = DuplicateDecision.Decision


@transaction.atomic
def decide(*, by: Actor, bundle: Bundle, alike: AlikePair, leave_out: Entry | None) -> DuplicateDecision:
    """It is settled whether both documents stay; one that is left out is taken out of the bundle.

    Args:
        by: who decides.
        bundle: the bundle in which both stand.
        alike: the two, as the comparison found them.
        leave_out: the one of the two that goes; None where both stay.

    Raises:
        Conflict: the one to leave out has been delivered.
        InvalidInput: it is neither of the two.
    """
    lock(bundle)
    if leave_out is not None and leave_out.pk not in (alike.spare.pk, alike.kept.pk):
        raise InvalidInput("That is neither of the two documents.", remedy="Choose one of them.")
    first, second = sorted(_exhibits(alike), key=lambda exhibit: exhibit.pk.hex)
    left_out = leave_out.exhibit if leave_out else None
    decision, _ = DuplicateDecision.objects.update_or_create(
        bundle=bundle,
        first=first,
        second=second,
        defaults={
            "likeness": f"{alike.pair.kind}, {alike.pair.confidence}",
            "decision": Decision.LEAVE_OUT if left_out else Decision.KEEP_BOTH,
            "left_out": left_out,
            "decided_by": by.label,
            "decided_at": clock.now(),
        },
    )
    facts = {
        "first": first.pk,
        "second": second.pk,
        "likeness": decision.likeness,
        "decision": decision.decision,
        "left_out": left_out.pk if left_out else None,
    }
    record(chain=bundle.case.chain, by=by, verb="decided on the duplicates", thing=decision, facts=facts)
    if leave_out is not None:
        take_out(by=by, entry=leave_out)
    return decision


def ask_to_compare(bundle: Bundle) -> None:
    """The worker will read the documents that have not been compared yet."""
    enqueue("bundles.compare", bundle_id=str(bundle.pk))


def _exhibits(alike: AlikePair) -> list[Exhibit]:
    return [entry.exhibit for entry in (alike.spare, alike.kept) if entry.exhibit]
