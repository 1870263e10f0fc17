"""Logging a filing and each of the separate things that then happen to it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from cases.actions.proposals import propose_again, propose_for
from cases.kinds import FilingKind
from cases.models import Case, Filing, Party
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from ledger.actions import record

Method = Filing.Method
TO_COURT = (Method.CE_FILE, Method.COUNTER, Method.EMAIL, Method.POST, Method.DX, Method.FAX)
ON_PARTY = (
    Method.EMAIL,
    Method.POST,
    Method.DX,
    Method.DELIVERY,
    Method.PERSONAL,
    Method.FAX,
    Method.ABROAD,
)


def _check_method(method: str, ways: Sequence[Filing.Method], field: str) -> None:
    if method not in ways:
        raise InvalidInput(
            f"“{dict(Method.choices).get(method, method)}” is no way to do this.",
            remedy=f"Choose one of: {', '.join(way.label for way in ways)}.",
            field=field,
        )


def _lock(filing: Filing) -> None:
    """The caller's filing is as it stands now, and nobody else changes it until the transaction ends."""
    filing.refresh_from_db(from_queryset=Filing.objects.select_for_update(no_key=True))


def _check_party(case: Case, party: Party | None) -> None:
    if party is not None and party.case_id != case.pk:
        raise InvalidInput(
            "The party belongs to another matter.", remedy="Choose a party of this matter.", field="party"
        )


def _check_particulars(kind: str, contains: bool) -> None:
    if contains and kind != FilingKind.CLAIM_FORM:
        raise InvalidInput(
            "Only a claim form contains its particulars.",
            remedy="Take the mark off, or choose claim form as the kind.",
            field="contains_particulars",
        )


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
    contains_particulars: bool = False,
) -> Filing:
    """The filing stands in the docket under the next number."""
    _check_party(case, party)
    _check_particulars(kind, contains_particulars)
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    last = case.filings.aggregate(last=Max("number"))["last"] or 0
    filing = Filing.objects.create(
        case=case,
        number=last + 1,
        kind=kind,
        title=title.strip(),
        party=party,
        dated=dated,
        prepared_at=prepared_at,
        contains_particulars=contains_particulars,
        logged_at=clock.now(),
    )
    record(chain=case.chain, by=by, verb="logged", thing=filing, facts={"kind": kind.value, "dated": dated})
    return filing


def _check_happened(at: datetime, field: str) -> None:
    if at > clock.now():
        raise InvalidInput(
            "This moment lies in the future.", remedy="Give the time at which it happened.", field=field
        )


def _check_order(earlier: datetime | None, later: datetime | None, words: str, field: str) -> None:
    if earlier and later and later < earlier:
        raise InvalidInput(words, remedy="Correct one of the two times.", field=field)


@transaction.atomic
def correct(
    *,
    by: Actor,
    filing: Filing,
    kind: FilingKind,
    title: str,
    party: Party | None,
    dated: date | None,
    contains_particulars: bool,
) -> Filing:
    """What the filing is, is as given; what falls due from it follows, and the ledger keeps the old."""
    _lock(filing)
    _check_party(filing.case, party)
    _check_particulars(kind, contains_particulars)
    before = {
        "kind": filing.kind,
        "title": filing.title,
        "party": filing.party_id,
        "dated": filing.dated,
        "contains_particulars": filing.contains_particulars,
    }
    filing.kind, filing.title, filing.party, filing.dated = kind.value, title.strip(), party, dated
    filing.contains_particulars = contains_particulars
    filing.save(update_fields=list(before))
    record(chain=filing.case.chain, by=by, verb="corrected", thing=filing, facts={"before": before})
    now = {"kind": filing.kind, "party": filing.party_id, "contains_particulars": contains_particulars}
    if now.items() - before.items():
        propose_again(by=by, filing=filing)
    return filing


@transaction.atomic
def prepare(*, by: Actor, filing: Filing, at: datetime) -> Filing:
    """The filing was ready to be sent at this moment."""
    _check_happened(at, "prepared_at")
    _lock(filing)
    filing.prepared_at = at
    filing.save(update_fields=["prepared_at"])
    record(chain=filing.case.chain, by=by, verb="prepared", thing=filing, facts={"at": at})
    return filing


@transaction.atomic
def submit(*, by: Actor, filing: Filing, at: datetime, method: str) -> Filing:
    """The filing was sent to the court at this moment, this way; what falls due from it is proposed."""
    _check_happened(at, "submitted_at")
    _check_method(method, TO_COURT, "submitted_by")
    _lock(filing)
    answered = filing.accepted_at or filing.rejected_at
    _check_order(at, answered, "The court answered before this moment.", "submitted_at")
    filing.submitted_at, filing.submitted_by = at, method
    filing.save(update_fields=["submitted_at", "submitted_by"])
    record(chain=filing.case.chain, by=by, verb="submitted", thing=filing, facts={"at": at, "method": method})
    propose_for(by=by, filing=filing, act="submitted")
    return filing


@transaction.atomic
def accept(*, by: Actor, filing: Filing, at: datetime) -> Filing:
    """The court accepted the filing at this moment."""
    _check_happened(at, "accepted_at")
    _lock(filing)
    if filing.rejected_at:
        raise Conflict(
            "The court has rejected this filing.", remedy="Log the corrected document as a new filing."
        )
    _check_order(filing.submitted_at, at, "It cannot be accepted before it was submitted.", "accepted_at")
    filing.accepted_at = at
    filing.save(update_fields=["accepted_at"])
    record(chain=filing.case.chain, by=by, verb="recorded acceptance of", thing=filing, facts={"at": at})
    return filing


@transaction.atomic
def reject(*, by: Actor, filing: Filing, at: datetime, because: str) -> Filing:
    """The court rejected the filing at this moment, for this reason."""
    _check_happened(at, "rejected_at")
    because = because.strip()
    _lock(filing)
    if filing.accepted_at:
        raise Conflict("The court has accepted this filing.", remedy="Check which of the two is right.")
    if not because:
        raise InvalidInput(
            "A rejection has a reason.", remedy="Write the court's reason.", field="rejected_because"
        )
    _check_order(filing.submitted_at, at, "It cannot be rejected before it was submitted.", "rejected_at")
    filing.rejected_at, filing.rejected_because = at, because
    filing.save(update_fields=["rejected_at", "rejected_because"])
    facts = {"at": at, "because": because}
    record(chain=filing.case.chain, by=by, verb="recorded rejection of", thing=filing, facts=facts)
    return filing


@transaction.atomic
def serve(
    *, by: Actor, filing: Filing, at: datetime, method: str, contains_particulars: bool | None = None
) -> Filing:
    """The filing was served at this moment, this way; what falls due from it is proposed.

    Args:
        by: who says so.
        filing: what was served.
        at: the moment of the act of service.
        method: how, one of ``ON_PARTY``.
        contains_particulars: of a claim form, whether its particulars are inside; None leaves it as it is.
    """
    _check_happened(at, "served_at")
    _check_method(method, ON_PARTY, "served_by")
    _lock(filing)
    if contains_particulars is not None:
        _check_particulars(filing.kind, contains_particulars)
        filing.contains_particulars = contains_particulars
    filing.served_at, filing.served_by = at, method
    filing.save(update_fields=["served_at", "served_by", "contains_particulars"])
    facts = {"at": at, "method": method}
    if filing.contains_particulars:
        facts["contains_particulars"] = True
    record(chain=filing.case.chain, by=by, verb="served", thing=filing, facts=facts)
    propose_again(by=by, filing=filing)
    return filing
