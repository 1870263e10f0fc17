"""All my matters, one of them at a glance, and what is due in them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import access
from cases.models import Case, Membership
from cases.views.matter import for_members
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
    }
    return render(request, "desk/matters.html", context)


@require_safe
@for_members
def overview(request: HttpRequest, case: Case) -> HttpResponse:
    """One matter at a glance."""
    user = person(request)
    context = {"case": case, "can_edit": access.can_edit_case(user, case), **at_a_glance(user, case)}
    return render(request, "desk/overview.html", context)


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What is due across the person's matters, late first, each with its working.

    How near a date is, its own court's day says; so one day may be today in one matter and not in another.
    """
    page = Paginator(due_dates.open_dates(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{**due_dates.shown(date), "group": due_dates.nearness(date)} for date in page]
    rows.sort(key=lambda row: due_dates.NEARNESS.index(row["group"]))
    return render(request, "desk/due.html", {"page": page, "rows": rows})
