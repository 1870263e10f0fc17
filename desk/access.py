"""Who may read the ledger of a matter: its members, save an outside expert."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from cases import access
from cases.models import Case, Membership
from core.errors import NotAllowed


def closed_ledgers(user: User) -> frozenset[UUID]:
    """The matters in which this person is an outside expert, by their ids."""
    expert = Membership.objects.filter(user=user, role=Membership.Role.EXPERT)
    return frozenset(expert.values_list("case_id", flat=True))


def get_case_for_ledger(user: User | AnonymousUser, case_id: UUID) -> Case:
    """The matter, for reading its ledger.

    Raises:
        NotFound: it is not this person's matter.
        NotAllowed: the person is an outside expert, for the ledger names privileged exhibits.
    """
    case = access.get_case(user, case_id)
    if access.role_in(user, case) == Membership.Role.EXPERT:
        raise NotAllowed(
            "The ledger names exhibits that outside experts do not see.",
            remedy="Ask the matter's owner for what you need of it.",
        )
    return case
