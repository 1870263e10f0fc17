"""What every endpoint of the bundles' API shares: who acts, what was said, which hearing is meant."""

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer

from bundles.access import bundles as access
from bundles.access.bundles import Visitor
from cases.models import Case, Hearing
from core.actor import Actor
from core.errors import NotFound
from core.requests import actor
from evidence import access as exhibit_access


def by(request: Request) -> Actor:
    """Whoever calls."""
    return actor(request._request, "api")


def said(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """The body as the serializer reads it; ValidationError where it cannot."""
    read = serializer(data=request.data)
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)


def named(user: Visitor, case: Case, values: dict[str, Any]) -> dict[str, Any]:
    """The hearing, main bundle and statement that the values name by id, of those the asker may see."""
    found: dict[str, Any] = {"hearing": hearing(case, values["hearing"])}
    if values.get("master"):
        found["master"] = access.get_bundle(user, values["master"], case.pk)
    if values.get("statement"):
        found["statement"] = exhibit_access.in_matter(user, case.pk, values["statement"])
    return found


def hearing(case: Case, number: int | None) -> Hearing | None:
    """The matter's hearing with this number; None where no number is given."""
    if number is None:
        return None
    held = case.hearings.filter(pk=number).first()
    if held is None:
        raise NotFound("There is no such hearing.")
    return held
