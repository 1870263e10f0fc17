"""Authorities for a bundle: those that a skeleton argument cites, and any other of the library."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from authorities import selectors as library
from authorities.models import Authority
from bundles import actions
from bundles import cited as citations
from bundles.models import Bundle, Entry
from bundles.views import found
from core.errors import Conflict, InvalidInput
from core.requests import actor
from evidence import access as exhibit_access
from evidence.selectors import standing

MOST = 50
"""Authorities shown for a search."""


@require_http_methods(["GET", "POST"])
@found.for_editors
def cited(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """What a skeleton argument cites, to tick; a post puts the ticked authorities into the bundle."""
    problem = None
    if request.method == "POST":
        try:
            return _added(request, bundle)
        except (InvalidInput, Conflict) as refusal:
            problem = refusal
    exhibits = standing(exhibit_access.in_case(request.user, bundle.case)).select_related("filing")
    sources = citations.skeletons(exhibits)
    asked = request.GET.get("from", "")
    chosen = next((one for one in sources if str(one.pk) == asked), sources[0] if sources else None)
    # PostgreSQL takes no NUL in a text.
    words = request.GET.get("words", "").replace("\0", " ").strip()
    context = {
        "part": "bundle",
        "problem": problem,
        "sources": sources,
        "chosen": chosen,
        "rows": citations.by(chosen) if chosen else [],
        "words": words,
        "found": library.listed({"words": words})[:MOST] if words else [],
        "held": set(Entry.objects.filter(section__bundle=bundle).values_list("authority_id", flat=True)),
        "ticked": request.POST.getlist("selected"),
    }
    return found.page(request, bundle, "cited.html", context, status=422 if problem else 200)


def _added(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    ticked = [int(number) for number in request.POST.getlist("selected") if number.isdecimal()]
    authorities = Authority.objects.filter(pk__in=ticked)
    entries = actions.add_cited(by=actor(request), bundle=bundle, authorities=list(authorities))
    one = len(entries) == 1
    messages.success(request, f"{'One authority' if one else f'{len(entries)} authorities'} put in.")
    return redirect(f"{found.address('bundle', bundle)}#entry-{entries[0].pk}")
