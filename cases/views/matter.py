"""How a page of a matter begins: the matter found, the person's role in it known, the court's time kept."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cases import access
from cases.models import Case

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Case, P], HttpResponse]
Routed = Callable[Concatenate[HttpRequest, UUID, P], HttpResponse]


def found_by(find: Callable[[access.Visitor, UUID], Case], view: View[P]) -> Routed[P]:
    """The view is called with the matter that ``find`` answers, and tells its times as its court does."""

    @wraps(view)
    def routed(request: HttpRequest, case_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        case = find(request.user, case_id)
        with timezone.override(case.court.zone):
            return view(request, case, *args, **kwargs)

    return cast("Routed[P]", routed)


def _to_own(user: access.Visitor, case_id: UUID) -> Case:
    case = access.get_case(user, case_id)
    access.check_can_manage_members(user, case)
    return case


def for_members(view: View[P]) -> Routed[P]:
    """The view is called with the matter, for any member of it; NotFound for anybody else."""
    return found_by(access.get_case, view)


def for_editors(view: View[P]) -> Routed[P]:
    """As ``for_members``; NotAllowed for a member who may only read."""
    return found_by(access.get_case_to_edit, view)


def for_owners(view: View[P]) -> Routed[P]:
    """As ``for_members``; NotAllowed for a member who does not own the matter."""
    return found_by(_to_own, view)
