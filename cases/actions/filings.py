"""Logging a filing and each of the separate things that then happen to it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from cases.actions.due_dates import propose_for
from cases.kinds import FilingKind
from cases.models import Case, Filing, Party
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from ledger.actions import record


@transaction.atomic
def log_filing(
    *,
    by: Actor,
    case: Case,
    kind: FilingKind,
    title: str,
    party: Party | None = None,
    dated: date | None = None,
    prepared_at: datetime | None = None,
) -> Filing:
    """The filing stands in the docket under the next number."""
    if party is not None and party.case_id != case.pk:
        raise InvalidInput("The party belongs to another matter.", remedy="Choose a party of this matter.", field="party")
    Case.objects.select_for_update().get(pk=case.pk)
    last = case.filings.aggregate(last=Max("number"))["last"] or 0
    filing = Filing.objects.create(
        case=case,
        number=last + 1,
        kind=kind,
        title=title.strip(),
        party=party,
        dated=dated,
        prepared_at=prepared_at,
        logged_at=clock.now(),
    )
    record(chain=case.chain, by=by, verb="logged", thing=filing, facts={"kind": kind.value, "dated": dated})
    return filing


def _not_yet_happened(at: datetime, field: str) -> InvalidInput | None:
    if at <= clock.now():
        return None
    return InvalidInput("This moment lies in the future.", remedy="Give the time at which it happened.", field=field)


@transaction.atomic
def correct(
    *, by: Actor, filing: Filing, kind: FilingKind, title: str, party: Party | None, dated: date | None
) -> Filing:
    """What the filing is, is as given; the ledger keeps what was said before."""
    before = {"kind": filing.kind, "title": filing.title, "party": filing.party_id, "dated": filing.dated}
    filing.kind, filing.title, filing.party, filing.dated = kind.value, title.strip(), party, dated
    filing.save(update_fields=["kind", "title", "party", "dated"])
    record(chain=filing.case.chain, by=by, verb="corrected", thing=filing, facts={"before": before})
    return filing


@transaction.atomic
def submit(*, by: Actor, filing: Filing, at: datetime, method: str) -> Filing:
    """The filing was sent to the court at this moment, this way."""
    if problem := _not_yet_happened(at, "submitted_at"):
        raise problem
    filing.submitted_at, filing.submitted_by = at, method
    filing.save(update_fields=["submitted_at", "submitted_by"])
    record(chain=filing.case.chain, by=by, verb="submitted", thing=filing, facts={"at": at, "method": method})
    propose_for(by=by, filing=filing, act="submitted")
    return filing


@transaction.atomic
def accept(*, by: Actor, filing: Filing, at: datetime) -> Filing:
    """The court accepted the filing at this moment."""
    if problem := _not_yet_happened(at, "accepted_at"):
        raise problem
    if filing.rejected_at:
        raise Conflict("The court has rejected this filing.", remedy="Log the corrected document as a new filing.")
    if filing.submitted_at and at < filing.submitted_at:
        raise InvalidInput("It cannot be accepted before it was submitted.", remedy="Correct one of the two times.", field="accepted_at")
    filing.accepted_at = at
    filing.save(update_fields=["accepted_at"])
    record(chain=filing.case.chain, by=by, verb="recorded acceptance of", thing=filing, facts={"at": at})
    return filing


@transaction.atomic
def reject(*, by: Actor, filing: Filing, at: datetime, because: str) -> Filing:
    """The court rejected the filing at this moment, for this reason."""
    if problem := _not_yet_happened(at, "rejected_at"):
        raise problem
    if filing.accepted_at:
        raise Conflict("The court has accepted this filing.", remedy="Check which of the two is right.")
    if not because.strip():
        raise InvalidInput("A rejection has a reason.", remedy="Write the court's reason.", field="rejected_because")
    filing.rejected_at, filing.rejected_because = at, because.strip()
    filing.save(update_fields=["rejected_at", "rejected_because"])
    record(
        chain=filing.case.chain, by=by, verb="recorded rejection of", thing=filing, facts={"at": at, "because": because}
    )
    return filing


@transaction.atomic
def serve(*, by: Actor, filing: Filing, at: datetime, method: str) -> Filing:
    """The filing was served at this moment, this way; what falls due from it is proposed."""
    if problem := _not_yet_happened(at, "served_at"):
        raise problem
    filing.served_at, filing.served_by = at, method
    filing.save(update_fields=["served_at", "served_by"])
    record(chain=filing.case.chain, by=by, verb="served", thing=filing, facts={"at": at, "method": method})
    propose_for(by=by, filing=filing, act="served")
    return filing
