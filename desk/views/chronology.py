"""The chronology of a matter, drawn and as a table."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.models import Case
from cases.views.matter import for_members
from desk.drawing import lanes
from desk.forms import ChronologyForm, asked
from desk.selectors import chronology as dated
from desk.views.request import person

PER_PAGE = 60


@require_safe
@for_members
def chronology(request: HttpRequest, case: Case) -> HttpResponse:
    """Every dated thing of a matter, oldest first, by kind."""
    kinds = asked(ChronologyForm(request.GET)).get("kind", [])
    page = Paginator(dated.Chronology(person(request), case, kinds), PER_PAGE).get_page(
        request.GET.get("page")
    )
    events = [dated.event(row, case) for row in page]
    context = {
        "case": case,
        "tabs": _tabs(kinds),
        "page": page,
        "events": events,
        "drawing": lanes(events, case.today),
    }
    return render(request, "desk/chronology.html", context)


def _tabs(kinds: Sequence[str]) -> list[dict[str, object]]:
    every = {"word": "Everything", "href": "?", "current": not kinds}
    return [
        every,
        *(
            {"word": word, "href": f"?kind={kind}", "current": kind in kinds}
            for kind, word in dated.KINDS.items()
        ),
    ]
