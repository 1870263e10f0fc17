"""Redacted copies: asked for, watched while they are made, and what was verified of them."""

from typing import Any
from uuid import UUID

from csp.decorators import csp_exempt
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from bundles.access import redactions as redaction_access
from bundles.actions import redactions as actions
from bundles.models import RedactedCopy
from bundles.views.redactions import address
from cases.access import can_edit_case, get_case
from core.errors import Conflict, InvalidInput
from core.requests import actor
from evidence import access
from evidence.storage import store

CHECKS = {
    "pages": "Same pages",
    "structure": "Nothing besides the pages",
    "look": "Looks the same elsewhere",
    "picture": "Pixels of the page’s picture",
    "shown": "Pixels as displayed",
    "text": "Text under the boxes",
    "words": "Text of the page",
    "surroundings": "Read again around the boxes",
}


@require_POST
def ask(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """A copy without what is marked waits for the worker."""
    exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
    try:
        copy = actions.ask_for_copy(by=actor(request), exhibit=exhibit)
    except (InvalidInput, Conflict) as refusal:
        messages.error(request, str(refusal))
        return redirect(address(exhibit, 1))
    return redirect("bundles:redacted_copy", case_id, exhibit_id, copy.number)


@require_GET
def copy(request: HttpRequest, case_id: UUID, exhibit_id: UUID, number: int) -> HttpResponse:
    """How far the copy has come, or what was verified of it, or why it was not made."""
    exhibit = redaction_access.get_exhibit(request.user, case_id, exhibit_id)
    attempt = redaction_access.get_attempt(exhibit, number)
    polled = bool(request.headers.get("HX-Request"))
    under_way = attempt.state in actions.UNDER_WAY
    if polled and not under_way:
        return HttpResponseClientRefresh()
    context = {
        "case": exhibit.case,
        "exhibit": exhibit,
        "copy": attempt,
        "under_way": under_way,
        "can_edit": can_edit_case(request.user, exhibit.case),
        "checks": _checks(attempt.report),
        "rebuilt": [page for page in attempt.report.get("pages", []) if page["treatment"] == "rebuilt"],
    }
    template = "bundles/parts/redacting.html" if polled else "bundles/redacted_copy.html"
    return render(request, template, context)


# The browser's own PDF viewer needs styles that the site's policy refuses; the file itself has no script.
@csp_exempt()  # type: ignore[arg-type]
@require_GET
def copy_file(request: HttpRequest, case_id: UUID, exhibit_id: UUID, number: int) -> FileResponse:
    """The redacted copy's PDF, for any member of the matter; ``?download`` saves it."""
    made = redaction_access.get_made(request.user, case_id, exhibit_id, number)
    return file_response(made, download="download" in request.GET)


def file_response(made: RedactedCopy, *, download: bool) -> FileResponse:
    """The copy's PDF, sent in pieces."""
    return FileResponse(
        store().path(made.sha256).open("rb"),
        as_attachment=download,
        filename=redaction_access.file_name(made),
        content_type="application/pdf",
    )


@require_GET
def redacted(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The matter's redacted copies; titles only of exhibits that the reader may see."""
    case = get_case(request.user, case_id)
    known = set(access.in_case(request.user, case).values_list("pk", flat=True))
    rows = [(made, made.exhibit_id in known) for made in redaction_access.made(request.user, case_id)]
    insider = any(seen for _, seen in rows)
    return render(request, "bundles/redacted.html", {"case": case, "rows": rows, "insider": insider})


def _checks(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Each kind of check once, with the pages on which it passed and the details of those where it failed."""
    kinds: dict[str, dict[str, Any]] = {}
    for check in report.get("checks", []):
        kind = kinds.setdefault(
            check["name"],
            {
                "title": CHECKS.get(check["name"], check["name"]),
                "detail": check["detail"],
                "pages": 0,
                "failed": [],
            },
        )
        kind["pages"] += check["page"] is not None
        if not check["passed"]:
            kind["failed"].append(check)
    return list(kinds.values())
