"""The report of a comparison: the expert's parts, and the reports that were laid out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import can_edit_case, get_case, get_case_to_edit
from cases.views.saving import saved
from comparison import access, actions
from comparison.actions.reports import NO_RECORD, record_of
from comparison.forms.reports import PartsForm
from comparison.models import Comparison, ExpertReport
from core.requests import actor


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, case_id: UUID, comparison_id: UUID) -> HttpResponse:
    """What the expert wrote, the reports so far, and a button for another."""
    case = get_case_to_edit(request.user, case_id) if request.method == "POST" else None
    found = access.get_comparison(request.user, case or get_case(request.user, case_id), comparison_id)
    kept = ExpertReport.objects.filter(comparison=found).first()
    form = PartsForm(request.POST or None, initial=kept.parts if kept else {})
    if request.method == "POST":
        by = actor(request)
        if saved(form, lambda: actions.save_parts(by=by, comparison=found, parts=form.cleaned_data)):
            messages.success(
                request, "The expert’s parts are saved. Reports laid out before keep what they had."
            )
            return redirect("comparison:report", case_id, comparison_id)
    status = 422 if form.errors else 200
    return render(request, "comparison/report.html", _shown(request, found, kept, form), status=status)


@require_POST
def make(request: HttpRequest, case_id: UUID, comparison_id: UUID) -> HttpResponse:
    """A report is being laid out."""
    found = access.get_comparison(request.user, get_case_to_edit(request.user, case_id), comparison_id)
    actions.ask_for_report(by=actor(request), comparison=found)
    messages.success(request, "The report is being laid out. It will stand among the exhibits.")
    return redirect("comparison:report", case_id, comparison_id)


def _shown(
    request: HttpRequest, found: Comparison, kept: ExpertReport | None, form: PartsForm
) -> dict[str, object]:
    return {
        "case": found.case,
        "comparison": found,
        "kept": kept,
        "form": form,
        "reports": access.visible_reports(request.user, found),
        "no_record": "" if record_of(found) else NO_RECORD,
        "can_edit": can_edit_case(request.user, found.case),
    }
