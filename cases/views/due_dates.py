"""What is due in a matter, why, and what a person says of it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import access, selectors
from cases.actions import due_dates as actions
from cases.forms.proceedings import DueDateForm
from cases.models import Case, DueDate
from cases.rules import calendar_of
from cases.standing import due_standing
from cases.views.matter import for_editors, for_members
from cases.views.saving import form_page, next_or
from core.errors import Conflict, NotFound
from core.requests import actor

ROWS = 50
STRIP = 14
TABS = {"open": "Ahead", "missed": "Missed", "done": "Done", "all": "All, superseded too"}
BUTTONS = {
    DueDate.State.CONFIRMED: "Confirm",
    DueDate.State.DONE: "Done",
    DueDate.State.MISSED: "Missed",
}


def _steps(due: DueDate) -> list[dict[str, str]]:
    return [{**step, "date": f"{date.fromisoformat(step['date']):%a %-d %b %Y}"} for step in due.working]


def _shown(due: DueDate, case: Case) -> dict[str, Any]:
    """A due date with its state in words, its working and what may be said of it next."""
    following = DueDate.TRANSITIONS[DueDate.State(due.state)]
    return {
        "due": due,
        "standing": due_standing(due, case.today),
        "why": {"steps": _steps(due), "source": due.rule_source, "warnings": due.warnings},
        "buttons": [(state.value, word) for state, word in BUTTONS.items() if state in following],
    }


@for_members
def due_dates(request: HttpRequest, case: Case) -> HttpResponse:
    """The dates of a matter, nearest first, with the two weeks ahead drawn."""
    which = request.GET.get("show", "open")
    page = Paginator(selectors.due_dates(case, which=which), ROWS).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "page": page,
        "rows": [_shown(due, case) for due in page],
        "strip": _strip(case),
        "closed": _closed(case),
        "tabs": [
            {"word": word, "href": f"?show={key}", "current": key == which} for key, word in TABS.items()
        ],
        "can_edit": access.can_edit_case(request.user, case),
    }
    return render(request, "cases/due_dates.html", context)


def _strip(case: Case) -> list[dict[str, Any]]:
    today = case.today
    near = selectors.due_dates(case).filter(
        due_on__gte=today - timedelta(days=7), due_on__lt=today + timedelta(days=STRIP)
    )
    return [
        {
            "date": due.due_on,
            "label": due.title,
            "href": reverse("cases:due_date", args=[case.pk, due.pk]),
            "kind": due_standing(due, today).mark,
            "word": f"by {due.due_time:%H:%M}" if due.due_time else "",
        }
        for due in near
    ]


def _closed(case: Case) -> list[Any]:
    calendar = calendar_of(case.court)
    days = [case.today + timedelta(days=offset) for offset in range(-7, STRIP + 7)]
    return [day for day in days if calendar and calendar.not_open(day)]


@for_members
def due_date(request: HttpRequest, case: Case, due_id: int) -> HttpResponse:
    """One date with every step of its working."""
    due = access.one_of(selectors.due_dates(case, which="all"), due_id)
    context = {"case": case, **_shown(due, case), "can_edit": access.can_edit_case(request.user, case)}
    return render(request, "cases/due_date.html", context)


@require_POST
@for_editors
def set_state(request: HttpRequest, case: Case, due_id: int) -> HttpResponse:
    """The date is in the state that was pressed."""
    due = access.one_of(selectors.due_dates(case, which="all"), due_id)
    wanted = request.POST.get("state", "")
    if wanted not in [state.value for state in BUTTONS]:
        raise NotFound("There is no such state.")
    try:
        due = actions.set_state(by=actor(request), due=due, state=DueDate.State(wanted))
        messages.success(request, f"{due.title}: {due.get_state_display().lower()}.")
    except Conflict as refusal:
        messages.error(request, str(refusal))
    return redirect(next_or(request, reverse("cases:due_date", args=[case.pk, due_id])))


@for_editors
def enter(request: HttpRequest, case: Case) -> HttpResponse:
    """A form for a date that no rule gives."""
    form = DueDateForm(request.POST or None, case=case)
    return form_page(
        request,
        form,
        lambda: actions.enter(by=actor(request), case=case, **form.cleaned_data),
        case=case,
        heading="Enter a date",
        lead="For a date that an order, a notice or an agreement gives. "
        "Dates that follow from service are proposed by themselves.",
        word="Enter the date",
        done="The date is entered.",
        back=reverse("cases:due_dates", args=[case.pk]),
    )
