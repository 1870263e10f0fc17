"""Opening a matter and correcting what it is called."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import User
from cases.actions import matters
from cases.forms.matters import MatterForm
from cases.models import Case
from cases.views.matter import for_editors
from cases.views.saving import form_page, saved
from core.requests import actor
from jurisdictions.models import Court


def new(request: HttpRequest) -> HttpResponse:
    """A form for a new matter; once open, its parties are asked for."""
    user = cast("User", request.user)
    form = MatterForm(request.POST or None, user=user)
    if request.method == "POST" and (
        case := saved(
            form,
            lambda: matters.open_case(
                by=actor(request),
                title=form.cleaned_data["title"],
                court=form.cleaned_data["court"],
                claim_number=form.cleaned_data["claim_number"],
                owner=user,
            ),
        )
    ):
        messages.success(request, "The matter is open. Now say who the parties are.")
        return redirect("cases:people", case.pk)
    context = {"form": form, "heading": "New matter", "word": "Open the matter", "back": "/", "case": None}
    return render(request, "cases/matter_form.html", context, status=422 if form.errors else 200)


@for_editors
def edit(request: HttpRequest, case: Case) -> HttpResponse:
    """A form for the matter's title, court and claim number."""
    user = cast("User", request.user)
    form = MatterForm(request.POST or None, user=user, case=case)
    return form_page(
        request,
        form,
        lambda: matters.correct_case(
            by=actor(request),
            case=case,
            title=form.cleaned_data["title"],
            court=form.cleaned_data["court"],
            claim_number=form.cleaned_data["claim_number"],
        ),
        case=case,
        heading="Edit the matter",
        done="The matter is corrected.",
        back=reverse("cases:people", args=[case.pk]),
        template="cases/matter_form.html",
    )


def claim_number_words(request: HttpRequest) -> HttpResponse:
    """What the chosen court says of its claim numbers, and whether this one fits; a piece of the form."""
    # PostgreSQL fails when it is asked for a NUL.
    court = Court.objects.filter(pk=request.GET.get("court", "").replace("\0", "")).first()
    number = request.GET.get("claim_number", "").strip().upper()
    fits = court is None or not number or court.accepts(number)
    return render(request, "cases/claim_number_words.html", {"court": court, "number": number, "fits": fits})
