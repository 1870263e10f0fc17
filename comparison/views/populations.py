"""Reference populations: making one, its models, and what it could support."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import can_edit_case, get_case, get_case_to_edit, one_of
from cases.views.saving import saved
from comparison import access, actions, support
from comparison.forms.populations import MemberForm, PopulationForm
from comparison.models import PopulationMember
from comparison.tables import natural
from core.requests import actor


@require_http_methods(["GET", "HEAD", "POST"])
def make_population(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A population is made."""
    case = get_case_to_edit(request.user, case_id)
    form = PopulationForm(request.POST or None)
    if request.method == "POST":
        by = actor(request)
        made = saved(form, lambda: actions.make_population(by=by, case=case, **form.cleaned_data))
        if made is not None:
            return redirect("comparison:population", case.pk, made.pk)
    context = {"case": case, "form": form}
    return render(request, "comparison/population_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def population(request: HttpRequest, case_id: UUID, population_id: UUID) -> HttpResponse:
    """A population's models and what it could support; models are added to it."""
    case = (
        get_case_to_edit(request.user, case_id)
        if request.method == "POST"
        else get_case(request.user, case_id)
    )
    found = access.get_population(request.user, case, population_id)
    form = MemberForm(request.POST or None, population=found)
    if request.method == "POST":
        by = actor(request)
        added = saved(form, lambda: actions.add_members(by=by, population=found, **form.cleaned_data))
        if added is not None:
            messages.success(request, f"{len(added)} added to {found}.")
            return redirect("comparison:population", case.pk, found.pk)
    rows = found.members.select_related("artefact", "derived_from").defer("artefact__manifest")
    members = sorted(rows, key=lambda member: (bool(member.derived_from_id), natural(member.lineage)))
    context = {
        "case": found.case,
        "population": found,
        "members": members,
        "supports": support.by_stratum(members),
        "other_kind": support.OTHER_KIND if support.of_another_kind(members) else "",
        "jobs": found.jobs.all(),
        "can_edit": can_edit_case(request.user, found.case),
        "form": form,
    }
    return render(request, "comparison/population.html", context, status=422 if form.errors else 200)


@require_POST
def remove_member(request: HttpRequest, case_id: UUID, population_id: UUID, member_id: int) -> HttpResponse:
    """A model no longer belongs to the population."""
    case = get_case_to_edit(request.user, case_id)
    found = access.get_population(request.user, case, population_id)
    member = one_of(PopulationMember.objects.filter(population=found), member_id)
    actions.remove_member(by=actor(request), member=member)
    messages.success(request, f"{member.artefact.label} is taken out.")
    return redirect("comparison:population", case.pk, found.pk)
