"""From a posted form to an action and back: what an action refuses is said in the form."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from cases.models import Case
from core.errors import Conflict, InvalidInput

T = TypeVar("T")


def saved(form: forms.Form, act: Callable[[], T], names: Mapping[str, str] | None = None) -> T | None:
    """What the action answered; None where the form or the action refused, which the form then says.

    Args:
        form: bound; its errors are shown beside the fields.
        act: calls the action with the form's cleaned values.
        names: the form's field for a field that the action names otherwise.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except (InvalidInput, Conflict) as refusal:
        named = getattr(refusal, "field", None) or ""
        field = (names or {}).get(named, named)
        form.add_error(field if field in form.fields else None, str(refusal))
        return None


def form_page(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[], object],
    *,
    case: Case | None,
    heading: str,
    done: str,
    back: str,
    word: str = "Save",
    lead: str = "",
    template: str = "cases/form_page.html",
) -> HttpResponse:
    """A page with one form: shown, refused with everything typed kept, or saved and left for ``back``."""
    if request.method == "POST" and saved(form, save) is not None:
        messages.success(request, done)
        return redirect(back)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "heading": heading,
        "back": back,
        "word": word,
        "lead": lead,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def next_or(request: HttpRequest, fallback: str) -> str:
    """The page of this site that the form names in ``next``, else the fallback."""
    wanted = request.POST.get("next", "")
    # Without the slash ``redirect`` would take it for the name of a page.
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if own else fallback
