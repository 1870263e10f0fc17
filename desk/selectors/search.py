"""Where a person may search, and what of it the index has still to learn."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from cases import access
from evidence import access as exhibits
from search.answers import waiting


def scopes(user: User | AnonymousUser, case_id: UUID | None = None) -> frozenset[str]:
    """The scopes this person may search; with a matter, those of that matter alone.

    Raises:
        NotFound: the matter is not this person's.
    """
    mine = exhibits.search_scopes(user)
    if case_id is None:
        return mine
    case = access.get_case(user, case_id)
    return frozenset(scope for scope in mine if scope.startswith(case.scope))


def still_indexing(user: User) -> int:
    """How many exhibits of this person's matters, and authorities, the index has still to learn."""
    waiting_exhibits = [UUID(source_id) for source_id in waiting("exhibit")]
    mine = exhibits.visible(user).filter(pk__in=waiting_exhibits).count() if waiting_exhibits else 0
    return mine + len(waiting("authority"))
