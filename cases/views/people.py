"""The parties to a matter, and the people who may see it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from cases import access
from cases.actions import corrections, matters
from cases.forms.people import MemberForm, MemberRoleForm, PartyForm
from cases.models import Case, Membership
from cases.views.matter import for_editors, for_members, for_owners
from cases.views.saving import form_page, saved
from core.errors import Conflict
from core.requests import actor


def _people(request: HttpRequest, case: Case, form: MemberForm) -> HttpResponse:
    role = access.role_in(request.user, case)
    context = {
        "case": case,
        "parties": case.parties.all(),
        "members": case.memberships.select_related("user"),
        "form": form,
        "roles": Membership.Role.choices,
        "can_edit": role in access.WRITERS,
        "can_manage": role == Membership.Role.OWNER,
    }
    return render(request, "cases/people.html", context, status=422 if form.errors else 200)


@for_members
def people(request: HttpRequest, case: Case) -> HttpResponse:
    """Parties with their representation, and members with their roles."""
    return _people(request, case, MemberForm())


@for_editors
def add_party(request: HttpRequest, case: Case) -> HttpResponse:
    """A form for a new party."""
    form = PartyForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: matters.add_party(by=actor(request), case=case, **form.cleaned_data),
        case=case,
        heading="Add a party",
        word="Add the party",
        done="The party is added.",
        back=reverse("cases:people", args=[case.pk]),
    )


@for_editors
def edit_party(request: HttpRequest, case: Case, party_id: int) -> HttpResponse:
    """A form for what is known of a party."""
    party = access.one_of(case.parties.all(), party_id)
    form = PartyForm(request.POST or None, party=party)
    return form_page(
        request,
        form,
        lambda: corrections.correct_party(by=actor(request), party=party, **form.cleaned_data),
        case=case,
        heading=f"Change {party.name}",
        done="The party is changed.",
        back=reverse("cases:people", args=[case.pk]),
    )


@require_POST
@for_owners
def add_member(request: HttpRequest, case: Case) -> HttpResponse:
    """The person with this e-mail address is a member."""
    form = MemberForm(request.POST)
    membership = saved(form, lambda: matters.admit(by=actor(request), case=case, **form.cleaned_data))
    if membership is None:
        return _people(request, case, form)
    messages.success(request, f"{membership.user} can see this matter now.")
    return redirect("cases:people", case.pk)


@require_POST
@for_owners
def change_role(request: HttpRequest, case: Case, membership_id: int) -> HttpResponse:
    """The member has another role."""
    membership = access.one_of(case.memberships.select_related("user"), membership_id)
    form = MemberRoleForm(request.POST)
    try:
        if form.is_valid():
            matters.add_member(
                by=actor(request), case=case, user=membership.user, role=form.cleaned_data["role"]
            )
            messages.success(request, f"{membership.user} has another role now.")
    except Conflict as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:people", case.pk)


@require_POST
@for_owners
def remove_member(request: HttpRequest, case: Case, membership_id: int) -> HttpResponse:
    """The member no longer sees the matter."""
    membership = access.one_of(case.memberships.select_related("user"), membership_id)
    person: User = membership.user
    try:
        matters.remove_member(by=actor(request), case=case, membership=membership)
    except Conflict as refusal:
        messages.error(request, str(refusal))
        return redirect("cases:people", case.pk)
    messages.success(request, f"{person} no longer sees {case.title}.")
    return redirect("/" if person.pk == request.user.pk else reverse("cases:people", args=[case.pk]))
