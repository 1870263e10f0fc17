"""What is to be blacked out on an exhibit: drawn on its pages, found by search, decided by a person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bundles import redacting
from bundles.access import redactions as redaction_access
from bundles.actions import redactions as actions
from bundles.forms.redactions import BoxForm, FindForm
from bundles.models import Redaction
from bundles.pdf.redact.find.under import text_under
from cases.access import can_edit_case
from cases.views.saving import saved
from core.errors import InvalidInput, NotFound
from core.requests import actor
from evidence import access
from evidence.models import Exhibit
from evidence.selectors import duplicates

STATES = Redaction.State
WORDS = {
    STATES.PROPOSED: "Proposed",
    STATES.MARKED: "To be blacked out",
    STATES.DISMISSED: "Left as it is",
}
MARKS = {STATES.PROPOSED: "doubtful", STATES.MARKED: "done", STATES.DISMISSED: "none"}


@require_http_methods(["GET", "POST"])
def redactions(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """One page with its rectangles; a rectangle posted is to be blacked out."""
    if request.method == "GET":
        exhibit = redaction_access.get_exhibit(request.user, case_id, exhibit_id)
        edited = request.GET.get("edit", "")
        row = redaction_access.get_redaction(exhibit, int(edited)) if edited.isdecimal() else None
        number = row.page if row else _number(exhibit, request.GET.get("page", ""))
        return _page(request, exhibit, number, {"form": BoxForm.of(row) if row else BoxForm()})
    exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
    number, form = _number(exhibit, request.POST.get("page", "")), BoxForm(request.POST)
    kept = saved(form, lambda: _keep(request, exhibit, number, form))
    if kept is None:
        return _page(request, exhibit, number, {"form": form})
    return redirect(address(exhibit, number))


@require_POST
def find(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """What the text holds of the names and kinds posted is proposed."""
    exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
    form = FindForm(request.POST, exhibit=exhibit)
    new = saved(form, lambda: redacting.find(by=actor(request), exhibit=exhibit, **form.sought()))
    number = _number(exhibit, request.POST.get("page", ""))
    if new is None:
        return _page(request, exhibit, number, {"find": form})
    if new:
        messages.success(request, f"{new} new proposal{'' if new == 1 else 's'}. Accept or dismiss each.")
        number = _proposed(exhibit) or number
    else:
        messages.info(request, "Nothing new was found. Pages without text cannot be searched.")
    return redirect(address(exhibit, number))


@require_POST
def decide(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """The rectangles posted are to be blacked out, or left as they are; ``all`` takes every proposal."""
    exhibit = redaction_access.get_exhibit_to_edit(request.user, case_id, exhibit_id)
    state, _, one = request.POST.get("action", "").partition(" ")
    if state not in (STATES.MARKED, STATES.DISMISSED):
        raise InvalidInput("That cannot be done to a rectangle.", remedy="Accept it or dismiss it.")
    posted = [one] if one else request.POST.getlist("selected")
    numbers = [int(number) for number in posted if number.isdecimal()]
    if "all" in posted:
        numbers = list(exhibit.redactions.filter(state=STATES.PROPOSED).values_list("pk", flat=True))
    actions.decide(by=actor(request), exhibit=exhibit, numbers=numbers, state=state)
    number = _number(exhibit, request.POST.get("page", ""))
    waiting = exhibit.redactions.filter(state=STATES.PROPOSED)
    if not waiting.filter(page=number).exists() and len(numbers) and "all" not in posted:
        number = _proposed(exhibit) or number
    return redirect(address(exhibit, number))


def address(exhibit: Exhibit, number: int) -> str:
    """The address of the rectangles on one page."""
    return f"{reverse('bundles:redactions', args=[exhibit.case_id, exhibit.pk])}?page={number}"


def _keep(request: HttpRequest, exhibit: Exhibit, number: int, form: BoxForm) -> Redaction:
    box, moved = form.box(number), form.cleaned_data["redaction"]
    if moved is None:
        return actions.mark(by=actor(request), exhibit=exhibit, box=box)
    redaction = redaction_access.get_redaction(exhibit, moved)
    return actions.move(by=actor(request), redaction=redaction, box=box)


def _number(exhibit: Exhibit, asked: str) -> int:
    """The page asked for, or the first with a proposal, or the first; one that is there."""
    last = exhibit.pages.count()
    if asked.isdecimal() and last:
        return min(max(int(asked), 1), last)
    return _proposed(exhibit) or 1


def _proposed(exhibit: Exhibit) -> int | None:
    waiting = exhibit.redactions.filter(state=STATES.PROPOSED).order_by("page")
    return waiting.values_list("page", flat=True).first()


def _page(request: HttpRequest, exhibit: Exhibit, number: int, forms: dict[str, Any]) -> HttpResponse:
    sheet = exhibit.pages.filter(number=number).first()
    if sheet is None:
        raise NotFound("There is no picture of this exhibit's pages, so nothing can be drawn on them.")
    can_edit = can_edit_case(request.user, exhibit.case)
    total = exhibit.pages.count()
    context = {
        "case": exhibit.case,
        "exhibit": exhibit,
        "can_edit": can_edit,
        "sheet": sheet,
        "total": total,
        "image": reverse("evidence:image", args=[exhibit.case_id, exhibit.pk, number])
        if sheet.image_sha256
        else "",
        "previous": address(exhibit, number - 1) if number > 1 else "",
        "next": address(exhibit, number + 1) if number < total else "",
        "rows": _rows(exhibit, number, sheet.width, sheet.height),
        "counted": _counted(exhibit),
        "pages": _pages(exhibit),
        "copies": exhibit.redacted_copies.all()[:5],
        "twins": duplicates(exhibit, access.in_case(request.user, exhibit.case)),
        "bulk_actions": [
            {"value": STATES.MARKED, "word": "Black out"},
            {"value": STATES.DISMISSED, "word": "Leave as they are"},
        ],
        "form": BoxForm(),
        "find": FindForm(exhibit=exhibit),
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "bundles/redactions.html", context, status=422 if wrong else 200)


def _rows(exhibit: Exhibit, number: int, width: float, height: float) -> list[dict[str, Any]]:
    """The page's rectangles with the words under them, and their places in points."""
    found = list(exhibit.redactions.filter(page=number))
    if not found:
        return []
    texts = text_under(redacting.pdf_of(exhibit), number, [actions.box_of(row) for row in found])
    return [
        {
            "redaction": row,
            "text": text,
            "word": WORDS[STATES(row.state)],
            "mark": MARKS[STATES(row.state)],
            "x": row.left * width,
            "y": row.top * height,
            "w": (row.right - row.left) * width,
            "h": (row.bottom - row.top) * height,
        }
        for row, text in zip(found, texts, strict=True)
    ]


def _counted(exhibit: Exhibit) -> dict[str, int]:
    return exhibit.redactions.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in STATES}
    )


def _pages(exhibit: Exhibit) -> list[dict[str, Any]]:
    """Each page that has rectangles, with how many are proposed and marked."""
    rows = exhibit.redactions.order_by("page").values("page")
    counted = rows.annotate(
        proposed=Count("pk", filter=Q(state=STATES.PROPOSED)),
        marked=Count("pk", filter=Q(state=STATES.MARKED)),
    )
    return [{**row, "href": address(exhibit, row["page"])} for row in counted]
