"""What the bar of every page needs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from cases import access
from desk.access import closed_ledgers
from desk.selectors import due

MATTERS = 30


def bar(request: HttpRequest) -> dict[str, Any]:
    """``nav``: the person's matters and what is due within seven days; read only where shown.

    ``closed_ledgers``: the matters whose ledger the person may not read, so that no link leads there.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {
        "nav": SimpleLazyObject(lambda: _nav(user)),
        "closed_ledgers": SimpleLazyObject(lambda: closed_ledgers(user)),
    }


def _nav(user: User) -> dict[str, Any]:
    pressing = due.pressing(user)
    return {
        "matters": access.visible(user)[:MATTERS],
        "due": {"count": pressing.count, "late": pressing.late, "url": reverse("desk:due")},
    }
