"""The chronology of a matter, drawn and as a table."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import access
from core import clock
from desk.forms import ChronologyForm, asked
from desk.selectors import chronology as dated
from desk.views.request import person

PER_PAGE = 60


@require_safe
def chronology(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every dated thing of a matter, oldest first, by kind."""
    user = person(request)
    case = access.get_case(user, case_id)
    form = ChronologyForm(request.GET)
    rows = dated.rows(user, case, asked(form).get("kind", ()))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "form": form,
        "page": page,
        "events": [dated.event(row, case) for row in page],
        "today": clock.today(),
    }
    return render(request, "desk/chronology.html", context)
