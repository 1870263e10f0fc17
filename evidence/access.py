"""Who may reach an exhibit: members of its matter, less what is closed to an outside expert."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from cases.access import check_can_edit_case
from cases.models import Case, Membership
from core.errors import NotFound
from evidence.models import Exhibit

CLOSED = ~Q(privilege=Exhibit.Privilege.NONE) | Q(redacted=True)
"""What outside experts may not see: the privileged, and the originals of which a redacted copy was made."""


def visible(user: User | AnonymousUser) -> QuerySet[Exhibit]:
    """Every exhibit this person may know of, over all their matters; withdrawn ones included."""
    if not user.is_authenticated:
        return Exhibit.objects.none()
    full = Membership.objects.filter(user=user).exclude(role=Membership.Role.EXPERT).values("case")
    expert = Membership.objects.filter(user=user, role=Membership.Role.EXPERT).values("case")
    return Exhibit.objects.filter(Q(case__in=full) | Q(case__in=expert) & ~CLOSED)


def in_case(user: User | AnonymousUser, case: Case) -> QuerySet[Exhibit]:
    """The exhibits of one matter which this person may know of."""
    return visible(user).filter(case=case)


def get_exhibit(user: User | AnonymousUser, exhibit_id: UUID) -> Exhibit:
    """The exhibit, for reading; NotFound where it is not for this person."""
    exhibit = (
        visible(user)
        .select_related("case__court", "intake", "parent", "filing")
        .filter(pk=exhibit_id)
        .first()
    )
    if exhibit is None:
        raise NotFound("There is no such exhibit.")
    return exhibit


def in_matter(user: User | AnonymousUser, case_id: UUID, exhibit_id: UUID) -> Exhibit:
    """The exhibit, for reading, where it belongs to the matter of the address; NotFound otherwise."""
    exhibit = get_exhibit(user, exhibit_id)
    if exhibit.case_id != case_id:
        raise NotFound("There is no such exhibit.")
    return exhibit


def in_matter_to_edit(user: User | AnonymousUser, case_id: UUID, exhibit_id: UUID) -> Exhibit:
    """As ``in_matter``, for writing; NotAllowed where the person may only read it."""
    exhibit = in_matter(user, case_id, exhibit_id)
    check_can_edit_case(user, exhibit.case)
    return exhibit


def get_exhibit_to_edit(user: User | AnonymousUser, exhibit_id: UUID) -> Exhibit:
    """The exhibit, for writing; NotAllowed where the person may only read it."""
    exhibit = get_exhibit(user, exhibit_id)
    check_can_edit_case(user, exhibit.case)
    return exhibit


def search_scopes(user: User | AnonymousUser) -> frozenset[str]:
    """The scopes this person may search: public authorities, their matters, and more for insiders.

    Closed exhibits are in the scope of those who are more than an outside expert in the matter.
    """
    if not user.is_authenticated:
        return frozenset()
    scopes = {"public"}
    for membership in Membership.objects.filter(user=user).select_related("case"):
        scopes.add(membership.case.scope)
        if membership.role != Membership.Role.EXPERT:
            scopes.add(f"{membership.case.scope}:privileged")
    return frozenset(scopes)
