"""The docket: every filing of a matter, sorted and narrowed in the address."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases import access, papers, selectors
from cases.forms.filings import DocketFilter
from cases.kinds import FilingKind
from cases.models import Case, Filing
from cases.standing import short_date, standing
from cases.views.matter import for_members

ROWS = 50


@for_members
def docket(request: HttpRequest, case: Case) -> HttpResponse:
    """One page of the filings that the address asks for."""
    form = DocketFilter(request.GET, case=case)
    form.is_valid()
    narrowed = {name: value for name, value in form.cleaned_data.items() if value}
    sort = request.GET.get("sort", "-number")
    numbered = selectors.in_order(selectors.narrowed(case, narrowed), sort).values_list("pk", flat=True)
    page = Paginator(numbered, ROWS).get_page(request.GET.get("page"))
    # Sorting keys alone, then reading fifty whole rows, keeps the last of a thousand pages quick.
    found = Filing.objects.select_related("party").in_bulk(list(page))
    filings = [found[pk] for pk in page]
    counts = papers.counts(request.user, list(found))
    context = {
        "case": case,
        "form": form,
        "page": page,
        "rows": [(filing, standing(filing, case.court), counts.get(filing.pk, 0)) for filing in filings],
        "chips": _chips(request, case, narrowed),
        "sort": sort,
        "can_edit": access.can_edit_case(request.user, case),
    }
    return render(request, "cases/docket.html", context)


def _chips(request: HttpRequest, case: Case, narrowed: dict[str, Any]) -> list[dict[str, str]]:
    """What the docket is narrowed by, in words, each with the address without it."""
    chips = []
    for name, value in narrowed.items():
        address = request.GET.copy()
        address.pop(name, None)
        address.pop("page", None)
        chips.append({"word": _word(case, name, value), "href": f"?{address.urlencode()}"})
    return chips


def _word(case: Case, name: str, value: Any) -> str:
    match name:
        case "kind":
            return FilingKind(value).label
        case "party":
            return str(value.name)
        case "state":
            return selectors.STATES[value][0]
        case "since" | "until":
            return f"{'from' if name == 'since' else 'until'} {short_date(value, today=case.today)}"
        case _:
            return f"“{value}”"
