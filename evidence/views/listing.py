"""Every exhibit of a matter."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.access import can_edit_case, get_case
from evidence import access, selectors
from evidence.forms.filters import PAGES, SORTS, ExhibitFilter
from evidence.models import Exhibit

A_PAGE = 50


@require_safe
def exhibits(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The exhibits, filtered and sorted as the address says; it looks again while any is being worked on."""
    case = get_case(request.user, case_id)
    visible = access.in_case(request.user, case)
    form = ExhibitFilter(request.GET, case=case, visible=visible)
    sort = request.GET.get("sort", "number")
    children = selectors.standing(visible).annotate(page_count=PAGES)
    found = form.rows(sort).select_related("intake", "produced_by", "filing", "parent")
    found = found.prefetch_related(
        Prefetch("children", children.select_related("intake", "produced_by", "filing").order_by("number"))
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [line for exhibit in page for line in _lines(exhibit, nested=not form.is_filtered)]
    context = {
        "case": case,
        "form": form,
        "page": page,
        "rows": rows,
        "sort": sort if sort.lstrip("-") in SORTS else "number",
        "filtered": form.is_filtered,
        "working": any(row["mark"] == "waiting" for row in rows),
        "unfiled": selectors.unfiled(visible).count(),
        "may_edit": can_edit_case(request.user, case),
    }
    return render(request, "evidence/exhibits.html", context)


def _lines(exhibit: Exhibit, *, nested: bool) -> list[dict[str, object]]:
    """The exhibit's row, and under it those of its attachments."""
    lines = [_line(exhibit)]
    if nested:
        lines += [_line(child, nested=True) for child in exhibit.children.all()]
    return lines


def _line(exhibit: Exhibit, *, nested: bool = False) -> dict[str, object]:
    state = selectors.intake_words(exhibit.intake)
    return {
        "exhibit": exhibit,
        "nested": nested,
        "state": "Withdrawn" if exhibit.withdrawn_at else state,
        "mark": "neutral" if exhibit.withdrawn_at else selectors.intake_mark(exhibit.intake),
    }
