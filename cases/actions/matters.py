"""Opening a matter and saying who is in it, who claims what, and where else it is fought."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.models import User
from cases.models import (
    Application,
    Case,
    CaseRelation,
    Claim,
    ElementPosition,
    Filing,
    Hearing,
    Membership,
    Party,
)
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from jurisdictions.models import CauseOfAction, Court, Element
from ledger.actions import record


def _lock(case: Case) -> None:
    """Nothing else in the matter is numbered until this transaction ends."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def check_claim_number(court: Court, claim_number: str) -> None:
    """Raises InvalidInput where a claim number does not follow the court's pattern."""
    if claim_number and not court.accepts(claim_number):
        raise InvalidInput(
            f"{claim_number} is not a claim number of {court.name}.",
            remedy=court.claim_number_words or f"It should look like {court.claim_number_example}.",
            field="claim_number",
        )


@transaction.atomic
def open_case(*, by: Actor, title: str, court: Court, claim_number: str = "", owner: User) -> Case:
    """The matter is open and its owner is a member of it."""
    claim_number = claim_number.strip().upper()
    check_claim_number(court, claim_number)
    case = Case.objects.create(
        title=title.strip(), court=court, claim_number=claim_number, opened_on=clock.today(court.zone)
    )
    record(chain=case.chain, by=by, verb="opened", thing=case, facts={"court": court.code})
    add_member(by=by, case=case, user=owner, role=Membership.Role.OWNER)
    return case


@transaction.atomic
def correct_case(*, by: Actor, case: Case, title: str, court: Court, claim_number: str) -> Case:
    """The matter's title, court and claim number are as given; the ledger keeps what they were."""
    claim_number = claim_number.strip().upper()
    check_claim_number(court, claim_number)
    before = {"title": case.title, "court": case.court_id, "claim_number": case.claim_number}
    case.title, case.court, case.claim_number = title.strip(), court, claim_number
    case.save(update_fields=["title", "court", "claim_number"])
    record(chain=case.chain, by=by, verb="corrected", thing=case, facts={"before": before})
    return case


@transaction.atomic
def add_member(*, by: Actor, case: Case, user: User, role: str) -> Membership:
    """The person is a member of the matter in this role; an existing member's role is changed.

    The last owner stays its owner.
    """
    _lock(case)
    if role != Membership.Role.OWNER:
        _check_owner_remains(case, without=user)
    membership, new = Membership.objects.update_or_create(case=case, user=user, defaults={"role": role})
    record(
        chain=case.chain,
        by=by,
        verb="admitted" if new else "changed the role of",
        thing=membership,
        facts={"person": user.email, "role": role},
    )
    return membership


def admit(*, by: Actor, case: Case, email: str, role: str) -> Membership:
    """The person with this e-mail address is a member of the matter in this role."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise InvalidInput(
            f"Nobody with the address {email} has an account.",
            remedy="Check the address, or have an account made for them first (manage.py add_user).",
            field="email",
        )
    return add_member(by=by, case=case, user=user, role=role)


@transaction.atomic
def remove_member(*, by: Actor, case: Case, membership: Membership) -> None:
    """The person no longer sees the matter. The last owner cannot be removed."""
    _lock(case)
    _check_owner_remains(case, without=membership.user)
    membership_id, email = membership.pk, membership.user.email
    membership.delete()
    membership.ledger_id = membership_id  # type: ignore[attr-defined]
    record(chain=case.chain, by=by, verb="removed", thing=membership, facts={"person": email})


def _check_owner_remains(case: Case, without: User) -> None:
    owners = case.memberships.filter(role=Membership.Role.OWNER)
    if owners.filter(user=without).exists() and not owners.exclude(user=without).exists():
        raise Conflict("A matter needs an owner.", remedy="Make somebody else its owner first.")


def check_only_party(others: QuerySet[Party], name: str, role: str) -> None:
    """Raises Conflict where one of the others carries the name in this role."""
    if others.filter(name__iexact=name, role=role).exists():
        raise Conflict(
            f"{name} is already a party in this role.", remedy="Change the existing entry instead."
        )


@transaction.atomic
def add_party(
    *,
    by: Actor,
    case: Case,
    name: str,
    role: str,
    aliases: Sequence[str] = (),
    representation: str = "",
    address_for_service: str = "",
    place_of_service: str = "",
) -> Party:
    """The party stands in the matter, numbered after those of the same role."""
    name = name.strip()
    _lock(case)
    check_only_party(case.parties.all(), name, role)
    last = case.parties.filter(role=role).aggregate(last=Max("order"))["last"] or 0
    party = Party.objects.create(
        case=case,
        name=name,
        role=role,
        order=last + 1,
        aliases=list(aliases),
        representation=representation,
        address_for_service=address_for_service,
        place_of_service=place_of_service,
    )
    record(chain=case.chain, by=by, verb="added", thing=party)
    return party


def check_sides(case: Case, claimants: Sequence[Party], defendants: Sequence[Party]) -> None:
    """Raises InvalidInput unless parties of the matter stand on both sides and none on both at once."""
    if not claimants or not defendants:
        raise InvalidInput(
            "A claim needs somebody on each side.",
            remedy="Choose at least one party for each.",
            field="defendants" if claimants else "claimants",
        )
    if any(party.case_id != case.pk for party in [*claimants, *defendants]):
        raise InvalidInput("A claim is between parties of its own matter.", remedy="Add the party first.")
    if {party.pk for party in claimants} & {party.pk for party in defendants}:
        raise InvalidInput(
            "Nobody can claim against themselves.", remedy="Take the party off one side.", field="defendants"
        )


@transaction.atomic
def add_claim(
    *,
    by: Actor,
    case: Case,
    cause: CauseOfAction,
    claimants: Sequence[Party],
    defendants: Sequence[Party],
    is_counterclaim: bool = False,
    in_the_alternative: bool = False,
    governing_law: str = "",
    relief: str = "",
) -> Claim:
    """The claim stands in the matter between parties of this matter on both sides."""
    check_sides(case, claimants, defendants)
    _lock(case)
    last = case.claims.aggregate(last=Max("number"))["last"] or 0
    claim = Claim.objects.create(
        case=case,
        number=last + 1,
        cause=cause,
        is_counterclaim=is_counterclaim,
        in_the_alternative=in_the_alternative,
        governing_law=governing_law,
        relief=relief,
    )
    claim.claimants.set(claimants)
    claim.defendants.set(defendants)
    facts = {"claimants": [party.name for party in claimants], "defendants": [p.name for p in defendants]}
    record(chain=case.chain, by=by, verb="added", thing=claim, facts=facts)
    return claim


@transaction.atomic
def take_position(
    *, by: Actor, claim: Claim, element: Element, side: str, position: str, note: str = ""
) -> ElementPosition:
    """One side's position on one element is as given; the ledger keeps the earlier one."""
    if element.cause_id != claim.cause_id:
        raise InvalidInput(
            "This element belongs to another cause of action.", remedy="Choose one of this claim's."
        )
    stand, _ = ElementPosition.objects.update_or_create(
        claim=claim, element=element, side=side, defaults={"position": position, "note": note}
    )
    record(
        chain=claim.case.chain, by=by, verb="noted", thing=stand, facts={"position": position, "note": note}
    )
    return stand


@transaction.atomic
def relate(
    *, by: Actor, case: Case, kind: str, title: str, court: str = "", reference: str = "", note: str = ""
) -> CaseRelation:
    """The other proceedings are named in the matter."""
    relation = CaseRelation.objects.create(
        case=case, kind=kind, title=title, court=court, reference=reference, note=note
    )
    record(chain=case.chain, by=by, verb="added", thing=relation)
    return relation


@transaction.atomic
def list_hearing(
    *, by: Actor, case: Case, title: str, starts_at: datetime, place: str = "", judge: str = ""
) -> Hearing:
    """The hearing is listed in the matter."""
    hearing = Hearing.objects.create(case=case, title=title, starts_at=starts_at, place=place, judge=judge)
    record(chain=case.chain, by=by, verb="listed", thing=hearing, facts={"starts_at": starts_at})
    return hearing


def check_application(case: Case, applicant: Party, filing: Filing | None) -> None:
    """Raises InvalidInput unless who applies, and the filing it was made by, belong to the matter."""
    if applicant.case_id != case.pk:
        raise InvalidInput(
            "The party belongs to another matter.", remedy="Choose a party of this matter.", field="applicant"
        )
    if filing is not None and filing.case_id != case.pk:
        raise InvalidInput(
            "The filing belongs to another matter.", remedy="Choose a filing of this matter.", field="filing"
        )


@transaction.atomic
def note_application(
    *,
    by: Actor,
    case: Case,
    kind: str,
    title: str,
    applicant: Party,
    filing: Filing | None = None,
    undertakings: str = "",
    also_affected: str = "",
) -> Application:
    """The application stands in the matter with who makes it and who else it touches."""
    check_application(case, applicant, filing)
    application = Application.objects.create(
        case=case,
        kind=kind,
        title=title,
        applicant=applicant,
        filing=filing,
        undertakings=undertakings,
        also_affected=also_affected,
    )
    record(chain=case.chain, by=by, verb="noted", thing=application)
    return application
