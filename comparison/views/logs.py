"""Analyses of API logs: their list, importing and asking for one, and what each gave."""

import json
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.access import can_edit_case, get_case, get_case_to_edit
from cases.models import Case
from cases.views.saving import saved
from comparison import access, actions, log_tables
from comparison.forms.logs import AnalyseForm, LogRecordForm
from comparison.logs import words
from comparison.models import LogRun
from comparison.selectors import LOGS_UNDER_WAY
from comparison.views.artefacts import PAGE, as_file
from core.requests import actor

RECENT = 5
"""Stopped runs that the page names."""


@require_safe
def index(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The matter's analyses of logs, and what is under way."""
    case = get_case(request.user, case_id)
    return _index_page(request, case)


@require_POST
def import_analysis(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """An analysis made elsewhere stands in the matter."""
    case = get_case_to_edit(request.user, case_id)
    form, by = LogRecordForm(request.POST, request.FILES), actor(request)
    made = saved(form, lambda: actions.import_logs(by=by, case=case, **form.cleaned_data))
    if made is None:
        return _index_page(request, case, record_form=form)
    messages.success(request, f"{made} is imported and kept.")
    return redirect("comparison:log-analysis", case.pk, made.pk)


@require_POST
def analyse(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """An exhibit's logs wait for the worker."""
    case = get_case_to_edit(request.user, case_id)
    form, by = AnalyseForm(request.POST, case=case, user=request.user), actor(request)
    if saved(form, lambda: actions.ask_to_analyse(by=by, case=case, **form.chosen())) is None:
        return _index_page(request, case, form=form)
    messages.success(request, "The logs wait for the worker.")
    return redirect("comparison:logs", case.pk)


@require_POST
def cancel_run(request: HttpRequest, case_id: UUID, log_run_id: int) -> HttpResponse:
    """An analysis that was asked for is stopped."""
    found = access.get_log_run(request.user, get_case_to_edit(request.user, case_id), log_run_id)
    actions.cancel_analysis(by=actor(request), run=found)
    messages.success(request, f"The analysis {found.title} is cancelled. It can be asked for again.")
    return redirect("comparison:logs", case_id)


@require_safe
def analysis(request: HttpRequest, case_id: UUID, analysis_id: UUID) -> HttpResponse:
    """What the analysis gave, each figure beside all other accounts, and what it does not say."""
    found = access.get_log_analysis(request.user, get_case(request.user, case_id), analysis_id)
    record = found.record
    groups = log_tables.group_rows(record)
    context = {
        "case": found.case,
        "analysis": found,
        "record": record,
        "headline": words.headline(record),
        "error_rate": words.error_rate(),
        "marks": log_tables.mark_rows(),
        "groups": groups[: log_tables.SHOWN],
        "others": groups[log_tables.SHOWN :],
        "days": log_tables.all_days(record),
        "templates": record["templates"],
        "templates_mean": words.TEMPLATES.format(least=record["least_uses_of_run"]),
        "duplicates": record["duplicates"],
        "duplicates_said": words.duplicates(record["duplicates"]) if record["duplicates"] else "",
        "duplicates_mean": words.DUPLICATES_MEAN,
        "rivals": words.RIVALS,
        "left_out": words.left_out(record),
        "heads": log_tables.HEADS,
        "page": Paginator(log_tables.ranked_rows(record), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "comparison/logs.html", context)


@require_safe
def analysis_file(request: HttpRequest, case_id: UUID, analysis_id: UUID) -> HttpResponse:
    """The record as a file."""
    found = access.get_log_analysis(request.user, get_case(request.user, case_id), analysis_id)
    return as_file(json.dumps(found.record, indent=1, ensure_ascii=False), f"logs-{found.pk}.json")


def _index_page(
    request: HttpRequest,
    case: Case,
    form: AnalyseForm | None = None,
    record_form: LogRecordForm | None = None,
) -> HttpResponse:
    runs = access.log_runs(request.user, case)
    form = form or AnalyseForm(case=case, user=request.user)
    record_form = record_form or LogRecordForm()
    context = {
        "case": case,
        "analyses": Paginator(access.log_analyses(request.user, case).defer("record"), PAGE).get_page(
            request.GET.get("page")
        ),
        "under_way": runs.filter(state__in=LOGS_UNDER_WAY),
        "stopped": runs.filter(state=LogRun.State.FAILED)[:RECENT],
        "can_edit": can_edit_case(request.user, case),
        "form": form,
        "record_form": record_form,
    }
    refused = form.errors or record_form.errors
    return render(request, "comparison/logs_index.html", context, status=422 if refused else 200)
