"""All my matters, one of them at a glance, and what is due in them."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import access
from cases.models import Membership
from core import clock
from desk.forms import MattersForm, asked
from desk.selectors import due as due_dates
from desk.selectors.matters import matters
from desk.selectors.overview import at_a_glance
from desk.views.request import person

PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The person's matters, each with what is next in it."""
    form = MattersForm(request.GET)
    words = asked(form).get("words", "")
    sort = request.GET.get("sort", "")
    rows = matters(person(request), words=words, sort=sort)
    context = {
        "form": form,
        "words": words,
        "sort": sort or "title",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "roles": dict(Membership.Role.choices),
        "today": clock.today(),
    }
    return render(request, "desk/matters.html", context)


@require_safe
def overview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One matter at a glance."""
    user = person(request)
    case = access.get_case(user, case_id)
    context = {
        "case": case,
        "can_edit": access.can_edit_case(user, case),
        "today": clock.today(),
        **at_a_glance(user, case),
    }
    return render(request, "desk/overview.html", context)


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What is due across the person's matters, late first, each with its working."""
    today = clock.today()
    page = Paginator(due_dates.open_dates(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    next_week = due_dates.in_a_week(today)
    rows = [
        {**due_dates.shown(date), "group": _group((date.due_on - today).days, date.due_on <= next_week)}
        for date in page
    ]
    return render(request, "desk/due.html", {"page": page, "rows": rows, "today": today})


def _group(days: int, soon: bool) -> str:
    if days < 0:
        return "Late"
    if days == 0:
        return "Today"
    return "Within seven days" if soon else "Later"
