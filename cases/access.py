"""Who may reach a matter. Everything that belongs to a matter is reached through these."""

from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from accounts.models import User
from cases.models import Case, Membership
from core.errors import NotAllowed, NotFound

Visitor = User | AnonymousUser
Row = TypeVar("Row", bound=Model)

WRITERS = (Membership.Role.OWNER, Membership.Role.EDITOR)


def visible(user: Visitor) -> QuerySet[Case]:
    """The matters of which this person is a member; being staff or superuser adds none."""
    if not user.is_authenticated:
        return Case.objects.none()
    return Case.objects.filter(memberships__user=user)


def role_in(user: Visitor, case: Case) -> str | None:
    """The person's role in the matter, or None where they have none."""
    if not user.is_authenticated:
        return None
    return Membership.objects.filter(case=case, user=user).values_list("role", flat=True).first()


def can_view_case(user: Visitor, case: Case) -> bool:
    """Whether this person may know that the matter exists."""
    return role_in(user, case) is not None


def can_edit_case(user: Visitor, case: Case) -> bool:
    """Whether this person may write in the matter."""
    return role_in(user, case) in WRITERS


def can_manage_members(user: Visitor, case: Case) -> bool:
    """Whether this person may say who else sees the matter."""
    return role_in(user, case) == Membership.Role.OWNER


def check_can_view_case(user: Visitor, case: Case) -> None:
    """Raises NotFound where the person may not know of the matter."""
    if not can_view_case(user, case):
        raise NotFound("There is no such matter.")


def check_can_edit_case(user: Visitor, case: Case) -> None:
    """Raises NotFound where the matter may not be seen, NotAllowed where it may only be read."""
    check_can_view_case(user, case)
    if not can_edit_case(user, case):
        raise NotAllowed(
            "Your role in this matter is to read it.",
            remedy="Ask the matter's owner to make you an editor.",
        )


def check_can_manage_members(user: Visitor, case: Case) -> None:
    """Raises NotFound where the matter may not be seen, NotAllowed for anybody but its owner."""
    check_can_view_case(user, case)
    if not can_manage_members(user, case):
        raise NotAllowed("Only the matter's owner can change its members.", remedy="Ask the owner to do it.")


def get_case(user: Visitor, case_id: UUID) -> Case:
    """The matter, for reading; NotFound where it is not this person's."""
    case = visible(user).select_related("court").filter(pk=case_id).first()
    if case is None:
        raise NotFound("There is no such matter.")
    return case


def get_case_to_edit(user: Visitor, case_id: UUID) -> Case:
    """The matter, for writing; NotFound or NotAllowed as for ``check_can_edit_case``."""
    case = get_case(user, case_id)
    check_can_edit_case(user, case)
    return case


def one_of(rows: QuerySet[Row], pk: int | UUID) -> Row:
    """The row of a matter already reached; NotFound where the matter has no such row."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(f"There is no such {rows.model._meta.verbose_name} in this matter.")
    return row
