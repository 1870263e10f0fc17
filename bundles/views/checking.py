"""Check a bundle: anybody's PDF against a court's rules, for the person who put it in and nobody else."""

from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.models import User
from bundles import checking, verdict
from bundles.access.checks import checks_of, get_check
from bundles.actions import checking as actions
from bundles.forms.checks import CheckFileForm
from bundles.models import FileCheck
from bundles.models.checks import KEPT
from bundles.pdf import profile as profiles
from cases.views.saving import saved
from core.errors import NotFound

WIDTH = 1100
"""Pixels of a page's picture."""
AN_HOUR = 3600
UNDER_WAY = (FileCheck.State.WAITING, FileCheck.State.RUNNING)


@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest) -> HttpResponseBase:
    """A PDF is put in here; what this person put in before stands below."""
    actions.forget_old()
    form = CheckFileForm()
    if request.method == "POST":
        form = CheckFileForm(request.POST, request.FILES)
        asked = saved(form, lambda: _ask(request, form))
        if asked is not None:
            return redirect("bundles:check", asked.pk)
    rows = [(one, profiles.load(one.profile).title, *_word(one)) for one in checks_of(request.user)]
    context = {
        "form": form,
        "rows": rows,
        "known": [profiles.load(name) for name in profiles.names()],
        "most_mb": settings.MAX_UPLOAD_BYTES // 2**20,
    }
    return render(request, "bundles/checks.html", context, status=422 if form.errors else 200)


def _ask(request: HttpRequest, form: CheckFileForm) -> FileCheck:
    file = form.cleaned_data["file"]
    given = {which: form.cleaned_data[which] for which in actions.FURTHER}
    return actions.ask_for_check(
        owner=cast(User, request.user),
        name=file.name,
        content=file.chunks(),
        profile=form.cleaned_data["profile"],
        **{which: further.chunks() for which, further in given.items() if further},
    )


def _word(check: FileCheck) -> tuple[str, str]:
    if check.answer is not None:
        return verdict.in_a_word(check.answer["passed"], check.answer)
    return check.get_state_display(), "due" if check.state == FileCheck.State.STOPPED else "neutral"


@require_safe
def check(request: HttpRequest, check_id: UUID) -> HttpResponseBase:
    """How far the check has come, or the answer rule by rule."""
    found = get_check(request.user, check_id)
    if request.headers.get("HX-Request"):
        if found.state not in UNDER_WAY:
            return HttpResponseClientRefresh()
        return render(request, "bundles/parts/check_progress.html", {"check": found})
    return render(request, "bundles/check.html", _context(found))


def _context(found: FileCheck) -> dict[str, Any]:
    profile = profiles.load(found.profile)
    context: dict[str, Any] = {
        "check": found,
        "profile": profile,
        "under_way": found.state in UNDER_WAY,
        "until": found.asked_at + KEPT,
        "crumbs": [{"word": "Check a bundle", "href": "../"}, {"word": found.name}],
    }
    if found.answer is not None:
        context |= {
            "verdict": verdict.summary(found.answer),
            "rules": verdict.rows(found.answer, [asdict(rule) for rule in profile.rules]),
            "conflicts": found.answer["conflicts"],
        }
    return context


@require_safe
def page(request: HttpRequest, check_id: UUID, number: int) -> HttpResponse:
    """One page as it is shown, with the rules that name it."""
    found = get_check(request.user, check_id)
    if found.answer is None:
        raise NotFound("This file has no answer yet.")
    profile = profiles.load(found.profile)
    rules = verdict.rows(found.answer, [asdict(rule) for rule in profile.rules])
    named = sorted({place for rule in found.answer["rules"] for place in rule["pages"]})
    before = [place for place in named if place < number]
    after = [place for place in named if place > number]
    ids = {rule["id"] for rule in found.answer["rules"] if number in rule["pages"]}
    context = {
        "check": found,
        "number": number,
        "rules": [rule for rule in rules if rule.id in ids],
        "before": before[-1] if before else None,
        "after": after[0] if after else None,
        "crumbs": [
            {"word": "Check a bundle", "href": "../../../"},
            {"word": found.name, "href": "../../"},
            {"word": f"Page {number}"},
        ],
    }
    return render(request, "bundles/check_page.html", context)


@require_safe
def picture(request: HttpRequest, check_id: UUID, number: int) -> FileResponse:
    """The picture of one page, drawn by a program of its own."""
    found = get_check(request.user, check_id)
    answer = FileResponse(checking.picture(found, number, WIDTH).open("rb"), content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, max_age=AN_HOUR)
    return answer


@require_POST
def forget(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """The file and its answer are gone."""
    found = get_check(request.user, check_id)
    name = found.name
    actions.forget(found)
    messages.success(request, f"{name} and what was found in it are deleted.")
    return redirect("bundles:checks")
