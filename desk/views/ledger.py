"""The ledger of a matter in words, and its proof."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.models import Case
from cases.views.matter import found_by
from desk.access import get_case_for_ledger
from desk.forms import LedgerForm, asked
from desk.selectors.history import told
from ledger import selectors
from ledger.models import Chain
from ledger.verification import of_chain

PER_PAGE = 100


_for_readers = partial(found_by, get_case_for_ledger)


@require_safe
@_for_readers
def ledger(request: HttpRequest, case: Case) -> HttpResponse:
    """Who did what when, the latest first."""
    return render(request, "desk/ledger.html", _context(request, case))


@require_safe
@_for_readers
def verify(request: HttpRequest, case: Case) -> HttpResponse:
    """The same page, with every event of the chain proved again or what is wrong with it named."""
    chain = Chain.objects.filter(key=case.chain).first()
    problems = list(of_chain(chain)) if chain else []
    context = {**_context(request, case), "verified": True, "problems": problems}
    return render(request, "desk/ledger.html", context)


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    form = LedgerForm(request.GET, case=case)
    found = selectors.listed(case.chain, asked(form))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "case": case,
        "form": form,
        "page": page,
        "asked": asked(form),
        "events": [told(event, case) for event in page],
        "head": selectors.head(case.chain),
    }
