"""Asking for a build, watching it, and what to do when it stopped."""

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from bundles import actions, alike, arrangement, selectors
from bundles.access import bundles as access
from bundles.forms.bundles import BuildForm
from bundles.models import Build, Bundle
from bundles.views import found
from cases.views.saving import saved
from core.requests import actor


@require_http_methods(["GET", "POST"])
@found.for_editors
def build_it(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """What would stop the build and what is privileged, before it is asked for."""
    form = BuildForm(request.POST or None, initial={"on_failure": bundle.on_failure, "variant": "full"})
    if request.method == "POST":
        asked = saved(form, lambda: _ask(request, bundle, form))
        if asked is not None:
            return redirect(found.address("build", bundle, asked.pk))
    context = {
        "part": "build_it",
        "form": form,
        "arranged": arrangement.of(bundle),
        "likenesses": alike.of(bundle),
        "under_way": selectors.under_way(bundle),
        "builds": bundle.builds.select_related("version")[:10],
    }
    return found.page(request, bundle, "build_it.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _ask(request: HttpRequest, bundle: Bundle, form: BuildForm) -> Build:
    """The build that is watched next: the one under way, or the first of those asked for."""
    if standing := selectors.under_way(bundle, form.variants[0]):
        return standing
    said = {name: value for name, value in form.cleaned_data.items() if name != "variant"}
    asked = [
        actions.ask_for_build(by=actor(request), bundle=bundle, variant=variant, **said)
        for variant in form.variants
    ]
    return asked[0]


@require_GET
@found.for_members
def build(request: HttpRequest, bundle: Bundle, build_id: int) -> HttpResponseBase:
    """How far the build has come; a finished one leads to its version, a stopped one says why."""
    asked = access.get_build(request.user, bundle, build_id)
    if asked.state == Build.State.BUILT:
        address = found.address("version", bundle, asked.version.number)
        return HttpResponseClientRedirect(address) if _polled(request) else redirect(address)
    if _polled(request):
        if asked.state == Build.State.STOPPED:
            return HttpResponseClientRefresh()
        return render(request, "bundles/parts/progress.html", {"build": asked})
    failed = [document for document in asked.documents if document["status"] == "failed"]
    context = {"part": "build_it", "build": asked, "failed": failed}
    return found.page(request, bundle, "build.html", context)


def _polled(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))
