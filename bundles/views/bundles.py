"""The bundles of a matter, a new one, and what one is called and built for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from bundles import access, actions, selectors, verdict
from bundles.forms import BundleForm, NewBundleForm
from bundles.models import Bundle, Version
from bundles.views import found
from cases.access import can_edit_case
from cases.models import Case
from cases.views import matter
from cases.views.saving import form_page, saved
from core.requests import actor

PAGE = 50


@require_GET
@matter.for_members
def bundles(request: HttpRequest, case: Case) -> HttpResponse:
    """The matter's bundles, each with its last version."""
    held = access.in_case(request.user, case).order_by("title", "pk")
    page = Paginator(held, PAGE).get_page(request.GET.get("page"))
    newest = access.openable(request.user, case, selectors.newest_versions(list(page)))
    last, counts = {version.bundle_id: version for version in newest}, selectors.document_counts(list(page))
    rows = [_row(bundle, last.get(bundle.pk), counts.get(bundle.pk, 0)) for bundle in page]
    context = {"case": case, "page": page, "rows": rows, "can_edit": can_edit_case(request.user, case)}
    return render(request, "bundles/bundles.html", context)


def _row(bundle: Bundle, last: Version | None, documents: int) -> dict[str, object]:
    word, kind = (
        verdict.in_a_word(last.passed, last.report["check"]) if last else ("Not built yet", "neutral")
    )
    return {"bundle": bundle, "last": last, "word": word, "kind": kind, "documents": documents}


@require_http_methods(["GET", "POST"])
@matter.for_editors
def new(request: HttpRequest, case: Case) -> HttpResponse:
    """A new bundle with its sections, then its page to put exhibits in."""
    form = NewBundleForm(request.POST or None, case=case)

    def save() -> Bundle:
        return actions.create(by=actor(request), case=case, **form.cleaned_data)

    made = saved(form, save) if request.method == "POST" else None
    if made is None:
        context = {"case": case, "form": form}
        return render(request, "bundles/new.html", context, status=422 if form.errors else 200)
    messages.success(request, f"{made.title} is ready to take exhibits.")
    return redirect(found.address("bundle", made))


@require_http_methods(["GET", "POST"])
@found.for_editors
def edit(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """What the bundle is called, its hearing and its rules."""
    form = BundleForm(request.POST or None, case=bundle.case, bundle=bundle)
    return form_page(
        request,
        form,
        lambda: actions.change(by=actor(request), bundle=bundle, **form.cleaned_data),
        case=bundle.case,
        heading=f"Settings of {bundle.title}",
        lead="Versions that are built already keep the settings they were built with.",
        done="The bundle's settings are saved.",
        back=found.address("bundle", bundle),
    )
