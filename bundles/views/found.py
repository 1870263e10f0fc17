"""How a page of a bundle begins: the bundle found, the court's time kept, the frame of the page filled."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from bundles.access import bundles as access
from bundles.models import Bundle
from cases.access import can_edit_case

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Bundle, P], HttpResponseBase]
Routed = Callable[..., HttpResponseBase]

PARTS = (("bundle", "Arrange"), ("sections", "Sections"), ("build_it", "Build"), ("versions", "Versions"))


def _found_by(find: Callable[[access.Visitor, UUID, UUID], Bundle], view: View[P]) -> Routed:
    @wraps(view)
    def routed(
        request: HttpRequest, /, case_id: UUID, bundle_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        bundle = find(request.user, bundle_id, case_id)
        with timezone.override(bundle.case.court.time_zone):
            return view(request, bundle, *args, **kwargs)

    return routed


def for_members(view: View[P]) -> Routed:
    """The view is called with the bundle, for anybody who may see it; NotFound for anybody else."""
    return _found_by(access.get_bundle, view)


def for_editors(view: View[P]) -> Routed:
    """As ``for_members``; NotAllowed for a member who may only read."""
    return _found_by(access.get_bundle_to_edit, view)


def address(name: str, bundle: Bundle, *args: object) -> str:
    """The address of one of the bundle's pages."""
    return reverse(f"bundles:{name}", args=[bundle.case_id, bundle.pk, *args])


def page(
    request: HttpRequest, bundle: Bundle, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the bundle with its tabs; readers get only those that they may use."""
    can_edit = can_edit_case(request.user, bundle.case)
    tabs = [
        {"word": word, "href": address(name, bundle), "current": name == context.get("part")}
        for name, word in PARTS
        if can_edit or name in ("bundle", "versions")
    ]
    crumbs = [
        {"word": "Bundles", "href": reverse("bundles:bundles", args=[bundle.case_id])},
        {"word": bundle.title},
    ]
    frame = {"case": bundle.case, "bundle": bundle, "can_edit": can_edit, "tabs": tabs, "crumbs": crumbs}
    return render(request, f"bundles/{template}", {**frame, **context}, status=status)
