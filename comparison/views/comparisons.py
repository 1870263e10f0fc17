"""Comparing two models, and what that gave."""

import json
from itertools import starmap
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.access import get_case, get_case_to_edit
from cases.views.saving import saved
from comparison import access, actions, selectors, signed, tables
from comparison.drawing.blocks import drawn_map
from comparison.evaluation import words
from comparison.forms.comparisons import CompareForm, RecordForm
from comparison.views.artefacts import PAGE, as_file, matter_context
from core.requests import actor


@require_POST
def compare(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Two models are compared by the hashes of their tensors."""
    case = get_case_to_edit(request.user, case_id)
    form = CompareForm(request.POST, case=case)
    by = actor(request)
    made = saved(form, lambda: actions.compare(by=by, **form.cleaned_data))
    if made is None:
        return render(request, "comparison/matter.html", matter_context(request, case, form), status=422)
    messages.success(request, f"{made} is compared and kept.")
    return redirect("comparison:result", case.pk, made.pk)


@require_POST
def import_record(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A comparison that was run elsewhere stands in the matter."""
    case = get_case_to_edit(request.user, case_id)
    form = RecordForm(request.POST, request.FILES)
    by = actor(request)
    made = saved(form, lambda: actions.import_answer(by=by, case=case, **form.answer()))
    if made is None:
        context = matter_context(request, case, record_form=form)
        return render(request, "comparison/matter.html", context, status=422)
    messages.success(request, f"{made} is imported and kept.")
    return redirect("comparison:result", case.pk, made.pk)


@require_safe
def result(request: HttpRequest, case_id: UUID, comparison_id: UUID) -> HttpResponse:
    """What the comparison gave, what else explains it, and what it does not say."""
    found = access.get_comparison(request.user, get_case(request.user, case_id), comparison_id)
    rows = tables.tensor_rows(found.detail)
    only, sort = request.GET.get("only", ""), request.GET.get("sort", "name")
    counts = tables.counts(rows)
    tabs = [{"word": "All", "href": f"?sort={sort}#tensors", "count": len(rows), "current": not only}]
    tabs += [
        {
            "word": count["word"],
            "href": f"?only={count['kind'].replace(' ', '+')}&sort={sort}#tensors",
            "count": count["tensors"],
            "current": only == count["kind"],
        }
        for count in counts
    ]
    chosen = tables.chosen_rows(rows, only, sort)
    context = {
        "case": found.case,
        "comparison": found,
        "standings": [
            (one, one.file and access.shown(request.user, found.case, one.file.exhibit))
            for one in signed.standings(found)
        ],
        "answered": signed.job_of(found),
        "finding": next((one for one in found.findings if one["method"] == "hashes"), None),
        "findings": tables.finding_rows(found.findings, found.detail.get("nulls", {})),
        "maps": [drawn for drawn in starmap(drawn_map, found.detail.get("maps", {}).items()) if drawn],
        "scale": found.result["manifest"].get("calibration", {}).get("verbal_scale", []),
        "config": [(key, *map(tables.config_words, pair)) for key, pair in found.detail["config"].items()],
        "counts": counts,
        "drawing": tables.drawn(rows),
        "page": Paginator(chosen, PAGE).get_page(request.GET.get("page")),
        "tabs": tabs,
        "sort": sort,
        "propositions": tables.proposition_rows(found.result["propositions"]),
        "not_run": selectors.not_run([finding["method"] for finding in found.findings]),
        "no_ratio": words.NO_RATIO,
        "job": selectors.registered_job(found),
        "run": getattr(found, "run", None),
    }
    return render(request, "comparison/result.html", context)


@require_safe
def result_file(request: HttpRequest, case_id: UUID, comparison_id: UUID) -> HttpResponse:
    """The result and its table of tensors as one JSON file."""
    found = access.get_comparison(request.user, get_case(request.user, case_id), comparison_id)
    content = json.dumps({**found.result, "detail": found.detail}, indent=1, ensure_ascii=False)
    return as_file(content, f"comparison-{found.pk}.json")
