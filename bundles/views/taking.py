"""A core bundle's pages, taken from its main bundle by document, by number or by picture."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bundles import actions, masters
from bundles.forms.bundles import TakeForm
from bundles.models import Bundle, Entry
from bundles.views import found
from core.errors import Conflict, InvalidInput
from core.requests import actor
from evidence.models import Page


@require_http_methods(["GET", "POST"])
@found.for_editors
def take(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """The main bundle's documents to tick, and a line for page numbers."""
    if bundle.master is None:
        return redirect(found.address("bundle", bundle))
    form, problem = TakeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        ticked = [int(number) for number in request.POST.getlist("selected") if number.isdecimal()]
        try:
            taken = actions.take(by=actor(request), core=bundle, documents=ticked, **form.cleaned_data)
            return _taken(request, bundle, taken)
        except (InvalidInput, Conflict) as refusal:
            problem = refusal
    context = {"form": form, "problem": problem, "ticked": request.POST.getlist("selected")}
    return found.page(
        request, bundle, "take.html", _context(bundle) | context, status=422 if problem else 200
    )


@require_http_methods(["GET", "POST"])
@found.for_editors
def take_pages(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponseBase:
    """One document of the main bundle, its pages to tick."""
    if bundle.master is None:
        return redirect(found.address("bundle", bundle))
    context = _context(bundle)
    place = next((one for one in _places(bundle) if one.number == number), None)
    if place is None:
        raise Http404
    problem = None
    if request.method == "POST":
        ticked = [int(page) for page in request.POST.getlist("page") if page.isdecimal()]
        chosen = (number, [page for page in ticked if page in place.pages])
        try:
            return _taken(request, bundle, actions.take(by=actor(request), core=bundle, of_one=chosen))
        except (InvalidInput, Conflict) as refusal:
            problem = refusal
    drawn = Page.objects.filter(exhibit_id=place.exhibit).exclude(image_sha256="") if place.exhibit else None
    pictured = set(drawn.values_list("number", flat=True)) if drawn is not None else set()
    pages = [{"own": own, "number": there, "pictured": own in pictured} for own, there in place.pages.items()]
    context |= {"place": place, "pages": pages, "problem": problem}
    return found.page(request, bundle, "take_pages.html", context, status=422 if problem else 200)


def _places(bundle: Bundle) -> list[masters.Place]:
    version = masters.newest(bundle.master) if bundle.master else None
    return masters.places(version) if version else []


def _context(bundle: Bundle) -> dict[str, object]:
    version = masters.newest(bundle.master) if bundle.master else None
    return {
        "part": "bundle",
        "master": bundle.master,
        "version": version,
        "places": _places(bundle),
    }


def _taken(request: HttpRequest, bundle: Bundle, entries: list[Entry]) -> HttpResponse:
    one = len(entries) == 1
    messages.success(request, f"{'One entry is' if one else f'{len(entries)} entries are'} taken over.")
    return redirect(f"{found.address('bundle', bundle)}#entry-{entries[0].pk}")
