"""Saying anew what was said of a party, a claim, a hearing or other proceedings; the ledger keeps the old."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q

from cases.actions.matters import check_application, check_only_party, check_sides
from cases.actions.proposals import propose_again
from cases.consequences import CONSEQUENCES
from cases.models import Application, CaseRelation, Claim, Filing, Hearing, Party
from core.actor import Actor
from core.errors import Conflict
from jurisdictions.models import CauseOfAction
from ledger.actions import record

Row = TypeVar("Row", bound=models.Model)


def _correct(by: Actor, chain: str, row: Row, values: Mapping[str, Any], **facts: Any) -> Row:
    columns = {field.name: field.attname for field in row._meta.concrete_fields if field.name in values}
    before = {name: getattr(row, column) for name, column in columns.items()}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    changed = {name: old for name, old in before.items() if old != getattr(row, columns[name])}
    record(chain=chain, by=by, verb="corrected", thing=row, facts={"before": changed, **facts})
    return row


def _relied_on(row: models.Model) -> bool:
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )


@transaction.atomic
def correct_party(
    *,
    by: Actor,
    party: Party,
    name: str,
    role: str,
    aliases: Sequence[str] = (),
    representation: str = "",
    address_for_service: str = "",
    place_of_service: str = "",
) -> Party:
    """The party's name, role, representation and address are as given.

    Where its role or the place of service changed, what falls due from the filings follows.
    """
    name = name.strip()
    check_only_party(party.case.parties.exclude(pk=party.pk), name, role)
    answers_anew = (role, place_of_service) != (party.role, party.place_of_service)
    values = {
        "name": name,
        "role": role,
        "aliases": list(aliases),
        "representation": representation,
        "address_for_service": address_for_service,
        "place_of_service": place_of_service,
    }
    _correct(by, party.case.chain, party, values)
    if answers_anew:
        kinds = {kind for _, kind in CONSEQUENCES}
        acted = Q(served_at__isnull=False) | Q(submitted_at__isnull=False)
        for filing in party.case.filings.filter(acted, kind__in=kinds):
            propose_again(by=by, filing=filing)
    return party


@transaction.atomic
def correct_claim(
    *,
    by: Actor,
    claim: Claim,
    cause: CauseOfAction,
    claimants: Sequence[Party],
    defendants: Sequence[Party],
    is_counterclaim: bool = False,
    in_the_alternative: bool = False,
    governing_law: str = "",
    relief: str = "",
) -> Claim:
    """The claim is as given. Its cause stays once a position was taken or evidence linked under it."""
    check_sides(claim.case, claimants, defendants)
    if cause != claim.cause and _relied_on(claim):
        raise Conflict(
            "Positions or evidence already stand under the elements of this cause of action.",
            remedy="Add the other cause as a claim of its own.",
        )
    before = {
        "claimants": [party.name for party in claim.claimants.all()],
        "defendants": [party.name for party in claim.defendants.all()],
    }
    claim.claimants.set(claimants)
    claim.defendants.set(defendants)
    values = {
        "cause": cause,
        "is_counterclaim": is_counterclaim,
        "in_the_alternative": in_the_alternative,
        "governing_law": governing_law,
        "relief": relief,
    }
    return _correct(by, claim.case.chain, claim, values, sides_before=before)


@transaction.atomic
def correct_relation(
    *,
    by: Actor,
    relation: CaseRelation,
    kind: str,
    title: str,
    court: str = "",
    reference: str = "",
    note: str = "",
) -> CaseRelation:
    """The other proceedings are named as given."""
    values = {"kind": kind, "title": title, "court": court, "reference": reference, "note": note}
    return _correct(by, relation.case.chain, relation, values)


@transaction.atomic
def correct_hearing(
    *, by: Actor, hearing: Hearing, title: str, starts_at: datetime, place: str = "", judge: str = ""
) -> Hearing:
    """The hearing is listed as given."""
    values = {"title": title, "starts_at": starts_at, "place": place, "judge": judge}
    return _correct(by, hearing.case.chain, hearing, values)


@transaction.atomic
def correct_application(
    *,
    by: Actor,
    application: Application,
    kind: str,
    title: str,
    applicant: Party,
    filing: Filing | None = None,
    undertakings: str = "",
    also_affected: str = "",
) -> Application:
    """The application is as given."""
    check_application(application.case, applicant, filing)
    values = {
        "kind": kind,
        "title": title,
        "applicant": applicant,
        "filing": filing,
        "undertakings": undertakings,
        "also_affected": also_affected,
    }
    return _correct(by, application.case.chain, application, values)
