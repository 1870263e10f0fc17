"""One filing: what it is, the separate things that happened to it, and what falls due from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import access, papers
from cases.actions import filings
from cases.forms.filings import (
    AcceptForm,
    FilingForm,
    PrepareForm,
    RejectForm,
    ServeForm,
    StepForm,
    SubmitForm,
)
from cases.models import Case, Filing
from cases.standing import deemed, due_standing, served_words, standing, submitted_words
from cases.views.matter import for_editors, for_members
from cases.views.saving import form_page, saved
from core.requests import actor


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can happen to a filing: its form, its action, the verb on its button."""

    name: str
    word: str
    form: type[StepForm]
    act: Callable[..., Filing]
    done: str


STEPS = {
    step.name: step
    for step in (
        Step("prepare", "Prepared", PrepareForm, filings.prepare, "The preparation is recorded."),
        Step("submit", "Submitted to the court", SubmitForm, filings.submit, "The submission is recorded."),
        Step("accept", "Accepted by the court", AcceptForm, filings.accept, "The acceptance is recorded."),
        Step("reject", "Rejected by the court", RejectForm, filings.reject, "The rejection is recorded."),
        Step("serve", "Served on the other side", ServeForm, filings.serve, "The service is recorded."),
    )
}


def _when(filing: Filing, step: Step) -> datetime | None:
    at: datetime | None = getattr(filing, step.form.names["at"])
    return at


def _how(filing: Filing, case: Case, step: Step) -> str:
    match step.name:
        case "submit":
            return submitted_words(filing, case.court)
        case "reject":
            return filing.rejected_because
        case "serve":
            return served_words(filing, case.court)
        case _:
            return ""


def _open(filing: Filing, step: Step) -> bool:
    """Whether the thing can still be recorded: the court answers only once."""
    answered = {"accept": filing.rejected_at, "reject": filing.accepted_at}
    return answered.get(step.name) is None


def _filing_page(
    request: HttpRequest, case: Case, filing: Filing, refused: tuple[Step, StepForm] | None = None
) -> HttpResponse:
    counted = deemed(filing, case.court)
    today = case.today
    steps = [
        {
            "step": step,
            "at": _when(filing, step),
            "how": _how(filing, case, step),
            "why": _working(counted) if step.name == "serve" and counted else None,
            "form": form,
            "open": _open(filing, step),
            "refused": bool(refused and refused[0] is step),
        }
        for step in STEPS.values()
        for form in [
            refused[1] if refused and refused[0] is step else step.form(filing=filing, prefix=step.name)
        ]
    ]
    context = {
        "case": case,
        "filing": filing,
        "standing": standing(filing, case.court),
        "steps": steps,
        "papers": papers.of(request.user, filing),
        "due": [(due, due_standing(due, today)) for due in filing.due_dates.select_related("party")],
        "can_edit": access.can_edit_case(request.user, case),
        "refusal": refused[1] if refused else None,
    }
    return render(request, "cases/filing.html", context, status=422 if refused else 200)


def _working(counted: Any) -> dict[str, Any]:
    return {
        "steps": [
            {"date": f"{step.date:%-d %b %Y}", "why": step.why, "source": step.source}
            for step in counted.working
        ],
        "warnings": counted.warnings,
        "source": counted.rule.source,
    }


def _filing(case: Case, filing_id: UUID) -> Filing:
    filing = access.one_of(case.filings.select_related("party"), filing_id)
    filing.case = case
    return filing


@for_members
def filing(request: HttpRequest, case: Case, filing_id: UUID) -> HttpResponse:
    """What is known of one filing."""
    return _filing_page(request, case, _filing(case, filing_id))


@require_POST
@for_editors
def record_step(request: HttpRequest, case: Case, filing_id: UUID, step: str) -> HttpResponse:
    """The step happened as the form says; recording it again corrects it."""
    found, chosen = _filing(case, filing_id), STEPS[step]
    form = chosen.form(request.POST, filing=found, prefix=step)
    columns = {column: field for field, column in chosen.form.names.items()}
    if saved(form, lambda: chosen.act(by=actor(request), filing=found, **form.cleaned_data), columns) is None:
        return _filing_page(request, case, _filing(case, filing_id), (chosen, form))
    messages.success(request, chosen.done)
    return redirect("cases:filing", case.pk, filing_id)


@for_editors
def log(request: HttpRequest, case: Case) -> HttpResponse:
    """A form for a filing whose document is not at hand."""
    form = FilingForm(request.POST or None, case=case)
    return form_page(
        request,
        form,
        lambda: filings.log_filing(by=actor(request), case=case, **form.cleaned_data),
        case=case,
        heading="Log a filing without its document",
        lead="For what you know was filed but do not hold yet. With the document in hand, drop it instead.",
        word="Log the filing",
        done="The filing is logged.",
        back=reverse("cases:docket", args=[case.pk]),
    )


@for_editors
def correct(request: HttpRequest, case: Case, filing_id: UUID) -> HttpResponse:
    """A form for what a filing is."""
    found = _filing(case, filing_id)
    form: forms.Form = FilingForm(request.POST or None, case=case, filing=found)
    return form_page(
        request,
        form,
        lambda: filings.correct(by=actor(request), filing=found, **form.cleaned_data),
        case=case,
        heading=f"Correct filing {found.number}",
        lead="The ledger keeps what was said before.",
        done="The filing is corrected.",
        back=reverse("cases:filing", args=[case.pk, filing_id]),
    )
