"""Comparing two models, and what that gave."""

import json
from itertools import starmap
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.access import get_case, get_case_to_edit
from cases.views.saving import saved
from comparison import access, actions, selectors, signed, tables
from comparison.drawing.blocks import drawn_map
from comparison.evaluation import words
from comparison.findings import propositions, rivals, rows
from comparison.findings.controls import controls
from comparison.forms.comparisons import CompareForm, RecordForm
from comparison.models import Comparison, SignedFile, Stratum
from comparison.views.artefacts import PAGE, as_file, matter_context
from core.requests import actor
from evidence.models import Exhibit


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
    context = {
        "case": found.case,
        "comparison": found,
        "finding": next((one for one in found.findings if one["method"] == "hashes"), None),
        "propositions": tables.proposition_rows(found.result["propositions"]),
        "of_hashes_alone": {one["method"] for one in found.findings} == {"hashes"},
        "not_run": selectors.not_run([finding["method"] for finding in found.findings]),
        "no_ratio": words.NO_RATIO,
        "answered": signed.job_of(found),
        "standings": _standings(request, found),
        "run": getattr(found, "run", None),
        **_findings(found, request.GET.get("proposition", "")),
        **_tensors(found, request.GET),
    }
    return render(request, "comparison/result.html", context)


def _standings(request: HttpRequest, found: Comparison) -> list[tuple[signed.Standing, Exhibit | None]]:
    """What signatures say of the files, each with its exhibit; no report that is closed to this person."""
    rows = []
    for one in signed.standings(found):
        exhibit = access.shown(request.user, found.case, one.file.exhibit if one.file else None)
        if exhibit or one.file is None or one.file.kind != SignedFile.Kind.REPORT:
            rows.append((one, exhibit))
    return rows


def _findings(found: Comparison, proposition: str) -> dict[str, object]:
    """Controls, values on their nulls, the proposition chosen, and the rival explanation tested."""
    result, detail = found.result, found.detail
    calibration = result["manifest"].get("calibration", {})
    population = detail.get("population", [])
    record = detail.get("record_sha256", "")
    source = f"file of the run, SHA-256 {record[:12]}…" if record else "the manifests of both models"
    chosen = propositions.view(proposition, result)
    tabs = [{"word": "All", "href": "?#propositions", "current": chosen is None}]
    tabs += [
        {"word": words.SHORT[row["id"]], "href": f"?{urlencode({'proposition': row['id']})}#propositions",
         "current": chosen is not None and chosen.id == row["id"]}
        for row in result["propositions"]
    ]  # fmt: skip
    maps = detail.get("maps", {}).items()
    found_rows = rows.finding_rows(result, detail, source)
    return {
        "findings": found_rows,
        "spoke": sum(row["spoke"] for row in found_rows),
        "caveats": rows.caveat_rows(found.findings),
        "controls": controls(found.findings, population, calibration),
        "together": rows.together(result),
        "tippetts": rows.tippett_rows(result),
        "rivals": rivals.tested(found.findings, population, calibration.get("stratum")),
        "maps": [drawn for drawn in starmap(drawn_map, maps) if drawn],
        "scale": calibration.get("verbal_scale", []),
        "stratum": calibration.get("stratum") or "",
        "strata": dict(Stratum.choices),
        "chosen": chosen,
        "proposition_tabs": tabs,
    }


def _tensors(found: Comparison, asked: QueryDict) -> dict[str, object]:
    """The tensors of both models by hash: counted, drawn and listed, of one kind where one is asked for."""
    tensors = tables.tensor_rows(found.detail)
    only, sort = asked.get("only", ""), asked.get("sort", "name")
    counts = tables.counts(tensors)
    tabs = [{"word": "All", "href": f"?sort={sort}#tensors", "count": len(tensors), "current": not only}]
    tabs += [
        {
            "word": count["word"],
            "href": f"?only={count['kind'].replace(' ', '+')}&sort={sort}#tensors",
            "count": count["tensors"],
            "current": only == count["kind"],
        }
        for count in counts
    ]
    chosen = tables.chosen_rows(tensors, only, sort)
    return {
        "config": [(key, *map(tables.config_words, pair)) for key, pair in found.detail["config"].items()],
        "counts": counts,
        "drawing": tables.drawn(tensors),
        "page": Paginator(chosen, PAGE).get_page(asked.get("page")),
        "tabs": tabs,
        "sort": sort,
    }


@require_safe
def result_file(request: HttpRequest, case_id: UUID, comparison_id: UUID) -> HttpResponse:
    """The result and its table of tensors as one JSON file."""
    found = access.get_comparison(request.user, get_case(request.user, case_id), comparison_id)
    content = json.dumps({**found.result, "detail": found.detail}, indent=1, ensure_ascii=False)
    return as_file(content, f"comparison-{found.pk}.json")
