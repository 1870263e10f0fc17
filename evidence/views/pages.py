"""One page of an exhibit: its picture with its words beside it, and the passages that were asked for."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.errors import NotFound
from evidence import access
from evidence.files.extract import find_box, read_page
from evidence.files.order import Box
from evidence.models import Exhibit, Page
from evidence.proposals import read_lines
from evidence.selectors import LEGIBLE, best_pdf
from evidence.storage import store

MOST_SPANS = 60
_TERM = re.compile(r'"([^"]+)"|(\w[\w’\'.-]*)')
_OPERATORS = {"AND", "OR", "NOT"}
_FIELDS = re.compile(
    r'(?:NOT\s+|-)?\b(?:party|court|date|kind):(?:"[^"]*"|\S+)|(?:NOT\s+|(?<!\w)-)(?:"[^"]*"|\w+)'
)


@require_safe
def page(request: HttpRequest, case_id: UUID, exhibit_id: UUID, number: int) -> HttpResponse:
    """The page; ``?start=&end=`` or ``?q=`` marks passages, ``?to=`` goes to another page."""
    exhibit = access.in_matter(request.user, case_id, exhibit_id)
    total = exhibit.pages.count()
    if (to := request.GET.get("to", "")).isdecimal() and total:
        return redirect("evidence:page", case_id, exhibit_id, min(max(int(to), 1), total))
    row = exhibit.pages.filter(number=number).first()
    if row is None:
        raise NotFound("There is no such page.")
    spans = _asked(request, row.text)
    suffix = f"?{urlencode({'q': request.GET['q']})}" if request.GET.get("q") else ""

    def near(other: int) -> str:
        inside = 1 <= other <= total
        return reverse("evidence:page", args=[case_id, exhibit_id, other]) + suffix if inside else ""

    context = {
        "case": exhibit.case,
        "exhibit": exhibit,
        "row": row,
        "total": total,
        "lines": [_marked(line.number, line.text, line.start, spans) for line in read_lines(row)],
        "sheet": {
            "number": number,
            "of": total,
            "image": reverse("evidence:image", args=[case_id, exhibit_id, number])
            if row.image_sha256
            else "",
            "width": row.width,
            "height": row.height,
            "previous": near(number - 1),
            "next": near(number + 1),
            "boxes": _boxes(exhibit, row, spans),
        },
        "recognised": _recognised(row),
        "asked": request.GET.get("q", ""),
    }
    return render(request, "evidence/page.html", context)


def _asked(request: HttpRequest, text: str) -> list[tuple[int, int]]:
    start, end = request.GET.get("start", ""), request.GET.get("end", "")
    if start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text):
        return [(int(start), int(end))]
    return find_terms(request.GET.get("q", ""), text)


def find_terms(query: str, text: str) -> list[tuple[int, int]]:
    """Where the words and phrases of a search stand in the text; a word also where another begins with it."""
    wanted = []
    for phrase, word in _TERM.findall(_FIELDS.sub(" ", query)):
        if phrase:
            wanted.append(r"\s+".join(map(re.escape, phrase.split())))
        elif word not in _OPERATORS:
            wanted.append(rf"{re.escape(word)}\w*")
    if not wanted:
        return []
    found = re.finditer(rf"\b(?:{'|'.join(wanted)})", text, re.IGNORECASE)
    return [match.span() for match, _ in zip(found, range(MOST_SPANS), strict=False)]


def _boxes(exhibit: Exhibit, row: Page, spans: list[tuple[int, int]]) -> list[dict[str, object]]:
    if not spans:
        return []
    sheet = read_page(store().path(best_pdf(exhibit).sha256), row.number)
    places: list[tuple[Box, bool]] = []
    for first, (start, end) in enumerate(spans):
        places += [(box, first == 0) for box in find_box(sheet, start, end)]
    return [
        {"x": left - 1, "y": top - 1, "w": right - left + 2, "h": bottom - top + 2, "current": current}
        for (left, top, right, bottom), current in places
    ]


def _marked(number: int, text: str, start: int, spans: list[tuple[int, int]]) -> dict[str, object]:
    """A line in pieces, each with whether it is marked."""
    pieces, place = [], 0
    for low, high in spans:
        first, last = max(low - start, place), min(high - start, len(text))
        if first < last:
            pieces += [(text[place:first], False), (text[first:last], True)]
            place = last
    pieces.append((text[place:], False))
    return {"number": number, "pieces": pieces, "marked": any(marked for _, marked in pieces)}


def _recognised(row: Page) -> str:
    if not row.recognised:
        return ""
    if row.confidence is None:
        return "The words of this page were recognised from a picture; how surely is not known."
    sure = (
        "with few doubts"
        if row.confidence >= 90
        else "with some doubts"
        if row.confidence >= LEGIBLE
        else "poorly"
    )
    return (
        f"The words of this page were recognised from a picture, {sure} "
        f"(mean confidence {row.confidence:.0f} of 100). Check them against the picture."
    )
