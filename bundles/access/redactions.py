"""Who may reach what is redacted: insiders what is to go, every member the copies without it."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from bundles.models import RedactedCopy, Redaction
from cases.access import check_can_edit_case, get_case, role_in
from cases.models import Membership
from core.errors import NotFound
from evidence import access
from evidence.models import Exhibit

Visitor = User | AnonymousUser


def get_exhibit(user: Visitor, case_id: UUID, exhibit_id: UUID) -> Exhibit:
    """The exhibit with what is to be blacked out on it; NotFound for an outside expert."""
    exhibit = access.in_matter(user, case_id, exhibit_id)
    if role_in(user, exhibit.case) == Membership.Role.EXPERT:
        raise NotFound("There is no such exhibit.")
    return exhibit


def get_exhibit_to_edit(user: Visitor, case_id: UUID, exhibit_id: UUID) -> Exhibit:
    """As ``get_exhibit``, for writing; NotAllowed where the person may only read it."""
    exhibit = get_exhibit(user, case_id, exhibit_id)
    check_can_edit_case(user, exhibit.case)
    return exhibit


def get_redaction(exhibit: Exhibit, number: int) -> Redaction:
    """The rectangle of an exhibit already reached; NotFound where the exhibit has no such one."""
    found = exhibit.redactions.filter(pk=number).first()
    if found is None:
        raise NotFound("There is no such rectangle.")
    return found


def get_attempt(exhibit: Exhibit, number: int) -> RedactedCopy:
    """A redacted copy of an exhibit already reached, made or not; NotFound where there is none."""
    found = exhibit.redacted_copies.filter(number=number).first()
    if found is None:
        raise NotFound("There is no such redacted copy.")
    return found


def made(user: Visitor, case_id: UUID) -> QuerySet[RedactedCopy]:
    """The matter's redacted copies that were made and verified, for any member of it.

    Copies of withdrawn exhibits are left out. An outside expert has the newest of each exhibit alone: an
    earlier one may show what was then found to have to go.
    """
    case = get_case(user, case_id)
    copies = RedactedCopy.objects.filter(
        exhibit__case=case, exhibit__withdrawn_at=None, state=RedactedCopy.State.MADE
    )
    if role_in(user, case) == Membership.Role.EXPERT:
        later = copies.filter(exhibit=OuterRef("exhibit"), number__gt=OuterRef("number"))
        copies = copies.filter(~Exists(later))
    return copies.select_related("exhibit__case").order_by("exhibit__number", "-number")


def get_made(user: Visitor, case_id: UUID, exhibit_id: UUID, number: int) -> RedactedCopy:
    """A redacted copy that was made, for any member of the matter; NotFound otherwise."""
    found = made(user, case_id).filter(exhibit=exhibit_id, number=number).first()
    if found is None:
        raise NotFound("There is no such redacted copy.")
    return found


def file_name(made: RedactedCopy) -> str:
    """The copy's name as a file, which tells nothing of the exhibit but its number."""
    return f"Exhibit {made.exhibit.number} redacted {made.number}.pdf"
