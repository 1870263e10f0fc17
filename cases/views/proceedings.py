"""Hearings, applications and proceedings elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases import access
from cases.actions import corrections, matters
from cases.forms.proceedings import ApplicationForm, HearingForm, RelationForm
from cases.models import Case
from cases.views.matter import for_editors, for_members
from cases.views.saving import form_page
from core import clock
from core.requests import actor


def _page(case: Case) -> str:
    return reverse("cases:proceedings", args=[case.pk])


@for_members
def proceedings(request: HttpRequest, case: Case) -> HttpResponse:
    """What the court will hear, what was applied for, and where else it is fought."""
    context = {
        "case": case,
        "hearings": case.hearings.all(),
        "applications": case.applications.select_related("applicant", "filing"),
        "relations": case.relations.all(),
        "now": clock.now(),
        "can_edit": access.can_edit_case(request.user, case),
    }
    return render(request, "cases/proceedings.html", context)


@for_editors
def list_hearing(request: HttpRequest, case: Case) -> HttpResponse:
    """A form for a new hearing."""
    form = HearingForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: matters.list_hearing(by=actor(request), case=case, **form.cleaned_data),
        case=case,
        heading="List a hearing",
        word="List the hearing",
        done="The hearing is listed.",
        back=_page(case),
    )


@for_editors
def edit_hearing(request: HttpRequest, case: Case, hearing_id: int) -> HttpResponse:
    """A form for when and where a hearing is."""
    hearing = access.one_of(case.hearings.all(), hearing_id)
    form = HearingForm(request.POST or None, hearing=hearing)
    return form_page(
        request,
        form,
        lambda: corrections.correct_hearing(by=actor(request), hearing=hearing, **form.cleaned_data),
        case=case,
        heading="Change the hearing",
        done="The hearing is changed.",
        back=_page(case),
    )


@for_editors
def note_application(request: HttpRequest, case: Case) -> HttpResponse:
    """A form for a new application."""
    form = ApplicationForm(request.POST or None, case=case)
    return form_page(
        request,
        form,
        lambda: matters.note_application(by=actor(request), case=case, **form.cleaned_data),
        case=case,
        heading="Note an application",
        word="Note the application",
        done="The application is noted.",
        back=_page(case),
    )


@for_editors
def edit_application(request: HttpRequest, case: Case, application_id: int) -> HttpResponse:
    """A form for what an application says."""
    application = access.one_of(case.applications.all(), application_id)
    form = ApplicationForm(request.POST or None, case=case, application=application)
    return form_page(
        request,
        form,
        lambda: corrections.correct_application(
            by=actor(request), application=application, **form.cleaned_data
        ),
        case=case,
        heading="Change the application",
        done="The application is changed.",
        back=_page(case),
    )


@for_editors
def relate(request: HttpRequest, case: Case) -> HttpResponse:
    """A form for proceedings elsewhere."""
    form = RelationForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: matters.relate(by=actor(request), case=case, **form.cleaned_data),
        case=case,
        heading="Add related proceedings",
        word="Add the proceedings",
        done="The related proceedings are added.",
        back=_page(case),
    )


@for_editors
def edit_relation(request: HttpRequest, case: Case, relation_id: int) -> HttpResponse:
    """A form for what is known of proceedings elsewhere."""
    relation = access.one_of(case.relations.all(), relation_id)
    form = RelationForm(request.POST or None, relation=relation)
    return form_page(
        request,
        form,
        lambda: corrections.correct_relation(by=actor(request), relation=relation, **form.cleaned_data),
        case=case,
        heading="Change the related proceedings",
        done="The related proceedings are changed.",
        back=_page(case),
    )
