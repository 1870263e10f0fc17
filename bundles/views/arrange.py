"""The arranging page: what stands where, moved by drag, by key or by button."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bundles import actions, arrangement, order, selectors
from bundles.access import bundles as access
from bundles.models import Bundle
from bundles.views import found
from core.errors import Conflict, InvalidInput
from core.requests import actor

ONE = {"up": -1, "down": 1}


@require_GET
@found.for_members
def bundle(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Sections and entries in order, with what would stop a build."""
    return _page(request, bundle)


@require_POST
@found.for_editors
def arrange(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """Entries stand in the order posted; one button's move or removal is done after that."""
    chosen = [name for name in ("move", "take_out", "section_move", "sort") if name in request.POST]
    try:
        anchor = _acted(request, bundle, chosen[0] if chosen else "")
    except Conflict as conflict:
        if _by_script(request):
            return HttpResponse(str(conflict), status=409, content_type="text/plain; charset=utf-8")
        return _page(request, bundle, conflict=conflict)
    if _by_script(request):
        return HttpResponse(status=204)
    return redirect(found.address("bundle", bundle) + anchor)


def _acted(request: HttpRequest, bundle: Bundle, chosen: str) -> str:
    """What the form asks for is done; the answer is the place on the page to go back to."""
    posted = request.POST.get(chosen, "")
    if chosen == "take_out":
        entry = access.get_entry(bundle, _number(posted))
        actions.take_out(by=actor(request), entry=entry)
        messages.success(request, f"{entry} is taken out of the bundle. The exhibit itself stays.")
        return f"#section-{entry.section_id}"
    if chosen == "sort":
        section = access.get_section(bundle, _number(posted))
        actions.sort_by_date(by=actor(request), section=section)
        messages.success(request, f"{section} is in the order of its documents' dates.")
        return f"#section-{section.pk}"
    word, _, number = posted.partition(":")
    wanted = [
        (section, [_number(entry) for entry in request.POST.getlist(f"section-{section}")])
        for section, _ in selectors.order_of(bundle)
    ]
    if chosen:
        if word not in ONE:
            raise InvalidInput("That move is not known.", remedy="Use the buttons of the page.")
        move = order.entry_moved if chosen == "move" else order.section_moved
        wanted = move(wanted, _number(number), ONE[word])
    seen, page = request.POST.get("seen", ""), request.POST.get("page", "")
    actions.arrange_as(by=actor(request), bundle=bundle, order=wanted, seen=seen, page=page)
    return f"#entry-{number}" if chosen == "move" else f"#section-{number}" if chosen else ""


def _page(request: HttpRequest, bundle: Bundle, conflict: Conflict | None = None) -> HttpResponse:
    context = {
        "part": "bundle",
        "arranged": arrangement.of(bundle),
        "open_page": uuid4().hex,
        # Once for the page: five hundred look-ups of the same address would be most of its time.
        "exhibits": reverse("evidence:exhibits", args=[bundle.case_id]),
        "entries": found.address("bundle", bundle) + "entries/",
        "pictures": found.address("bundle", bundle) + "pictures/",
        "conflict": conflict,
    }
    return found.page(request, bundle, "arrange.html", context, status=409 if conflict else 200)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _number(posted: str) -> int:
    if not posted.isdecimal():
        raise InvalidInput("The form is not one of this page.", remedy="Load the page again.")
    return int(posted)
