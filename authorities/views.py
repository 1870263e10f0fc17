"""The pages of the authorities; public to every signed-in user."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from authorities import selectors
from authorities.forms import FilterForm
from authorities.models import Authority
from core.errors import NotFound

PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All authorities, by what is asked in the address."""
    form = FilterForm(request.GET)
    asked = form.asked()
    sort = request.GET.get("sort", selectors.NEWEST_FIRST)
    page = Paginator(selectors.listed(asked, sort), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "asked": asked, "sort": sort}
    return render(request, "authorities/list.html", context)


@require_safe
def authority(request: HttpRequest, pk: int) -> HttpResponse:
    """One authority: its text by paragraphs, or our summary of it, and how far either was checked."""
    found = Authority.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such authority.")
    context = {
        "authority": found,
        "paragraphs": _under_headings(found),
        "same": list(found.same_decision),
        "query": request.GET.get("q", ""),
    }
    return render(request, "authorities/authority.html", context)


def _under_headings(authority: Authority) -> list[dict[str, object]]:
    """Each paragraph, with the headings that begin at it: their words, anchor and depth from 2."""
    shown: list[dict[str, object]] = []
    above: list[str] = []
    for paragraph in authority.paragraphs.all():
        here = [part for part in paragraph.heading.split(" / ") if part]
        same = next(
            (n for n, (a, b) in enumerate(zip(above, here, strict=False)) if a != b),
            min(len(above), len(here)),
        )
        begins = [{"words": words, "level": min(same + n + 2, 6)} for n, words in enumerate(here[same:])]
        above = here
        shown.append({"paragraph": paragraph, "begins": begins, "anchor": f"heading-{paragraph.order}"})
    return shown
