"""One exhibit: what it is, where it came from, what was made of it, what it is evidence of."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from cases.access import can_edit_case
from core.errors import Conflict, InvalidInput, NotConverted
from core.requests import actor
from evidence import access, custody, named, selectors
from evidence.actions import exhibits, intake, links
from evidence.forms.exhibit import DescribeForm, LinkFromExhibitForm, ReasonForm, UnlockForm
from evidence.forms.filters import WORKING
from evidence.models import ElementLink, Exhibit, Intake


@require_safe
def exhibit(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """All that is known of the exhibit; a page that watched the intake to its end is asked for anew."""
    found = access.in_matter(request.user, case_id, exhibit_id)
    if "HX-Request" in request.headers and found.intake.state not in WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _page(request, found)


@require_POST
def describe(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """The exhibit is described as posted."""
    found = access.in_matter_to_edit(request.user, case_id, exhibit_id)
    form = DescribeForm(request.POST, exhibit=found)
    if form.is_valid() and _done(
        form, lambda: exhibits.describe(by=actor(request), exhibit=found, **form.cleaned_data)
    ):
        messages.success(request, "The description is saved.")
        return redirect("evidence:exhibit", case_id, exhibit_id)
    return _page(request, access.in_matter(request.user, case_id, exhibit_id), describe=form)


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """The exhibit is withdrawn for the reason posted."""
    found = access.in_matter_to_edit(request.user, case_id, exhibit_id)
    form = ReasonForm(request.POST)
    if form.is_valid() and _done(
        form, lambda: exhibits.withdraw(by=actor(request), exhibit=found, **form.cleaned_data)
    ):
        messages.success(request, "The exhibit is withdrawn. Its original and its history are kept.")
        return redirect("evidence:exhibit", case_id, exhibit_id)
    return _page(request, access.in_matter(request.user, case_id, exhibit_id), withdraw=form)


@require_POST
def restore(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """The exhibit stands again."""
    found = access.in_matter_to_edit(request.user, case_id, exhibit_id)
    exhibits.restore(by=actor(request), exhibit=found)
    messages.success(request, "The exhibit stands again.")
    return redirect("evidence:exhibit", case_id, exhibit_id)


@require_POST
def retry(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """The intake waits for another try."""
    found = access.in_matter_to_edit(request.user, case_id, exhibit_id)
    intake.retry_intake(by=actor(request), exhibit=found)
    messages.success(request, "It will be converted again.")
    return redirect("evidence:exhibit", case_id, exhibit_id)


@sensitive_post_parameters("password")
@require_POST
def unlock(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """A copy without its password is taken in, where the password posted opens the original."""
    found = access.in_matter_to_edit(request.user, case_id, exhibit_id)
    form = UnlockForm(request.POST)
    if form.is_valid() and _done(
        form, lambda: intake.unlock(by=actor(request), exhibit=found, **form.cleaned_data)
    ):
        messages.success(request, "It is unlocked. The original stays as it came; the password is not kept.")
        return redirect("evidence:exhibit", case_id, exhibit_id)
    return _page(request, access.in_matter(request.user, case_id, exhibit_id), unlock=form)


@require_POST
def link(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """A page of the exhibit is linked to the element posted."""
    found = access.in_matter_to_edit(request.user, case_id, exhibit_id)
    form = LinkFromExhibitForm(request.POST, case=found.case)

    def act() -> None:
        claim, element = form.chosen()
        given = {name: form.cleaned_data[name] for name in ("weight", "page_number", "note")}
        links.link_to_element(by=actor(request), exhibit=found, claim=claim, element=element, **given)

    if form.is_valid() and _done(form, act):
        messages.success(request, "The page is linked.")
        return redirect("evidence:exhibit", case_id, exhibit_id)
    return _page(request, found, link=form)


def _done(form: Form, act: Any) -> bool:
    """Whether the action was done; what it says against it stands in the form."""
    try:
        act()
    except (InvalidInput, Conflict, NotConverted) as error:
        field = getattr(error, "field", None)
        form.add_error(field if field in form.fields else None, str(error))
        return False
    return True


def _page(request: HttpRequest, found: Exhibit, **forms: Form) -> HttpResponse:
    visible = access.in_case(request.user, found.case)
    may_edit = can_edit_case(request.user, found.case)
    context: dict[str, Any] = {
        "case": found.case,
        "exhibit": found,
        "may_edit": may_edit,
        "state": {"word": selectors.intake_words(found.intake), "mark": selectors.intake_mark(found.intake)},
        "working": found.intake.state in WORKING,
        "may_retry": may_edit
        and Intake.State.WAITING in Intake.TRANSITIONS[Intake.State(found.intake.state)],
        "facts": _facts(found),
        "renditions": list(found.renditions.all()),
        "pages": found.pages.count(),
        "hard_to_read": selectors.hard_to_read(found),
        "custody": custody.of(found),
        "parent": visible.filter(children=found).first(),
        "attachments": visible.filter(parent=found).select_related("intake"),
        "duplicates": selectors.duplicates(found, visible),
        "names": named.gathered(found),
        "links": _links(found),
    }
    if may_edit:
        context["forms"] = {
            "describe": DescribeForm(exhibit=found),
            "withdraw": ReasonForm(),
            "unlock": UnlockForm() if selectors.can_unlock(found) else None,
            "link": LinkFromExhibitForm(case=found.case),
            **forms,
        }
    return render(request, "evidence/exhibit.html", context, status=422 if forms else 200)


def _links(found: Exhibit) -> QuerySet[ElementLink]:
    return found.element_links.select_related("claim__cause", "element")


def _facts(found: Exhibit) -> list[dict[str, object]]:
    where = [found.collected_how, f"{found.collected_on:%-d %b %Y}" if found.collected_on else ""]
    privileged = found.privilege != Exhibit.Privilege.NONE
    return [
        {"term": "Mark", "value": found.mark},
        {"term": "Date on it", "value": f"{found.dated:%-d %b %Y}" if found.dated else ""},
        {"term": "Produced by", "value": found.produced_by.name if found.produced_by else ""},
        {"term": "Custodian", "value": found.custodian},
        {"term": "Collected", "value": ", ".join(filter(None, where))},
        {
            "term": "Privilege",
            "value": found.get_privilege_display(),
            "hint": "Outside experts do not see it." if privileged else "",
        },
        {"term": "Confidentiality", "value": found.get_confidentiality_display()},
    ]
