"""Saying that the court or a party has a version, and beginning to number afresh."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bundles import actions, standing
from bundles.access import bundles as access
from bundles.forms.bundles import DeliveryForm
from bundles.models import Bundle
from bundles.pdf import profile
from bundles.views import found
from cases.views.saving import form_page
from core.errors import Conflict
from core.requests import actor


@require_http_methods(["GET", "POST"])
@found.for_editors
def deliver(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponseBase:
    """Who has been given this version, how and when."""
    version = access.get_version(request.user, bundle, number)
    first = {"to": bundle.case.court.name, "at": timezone.localtime().replace(second=0, microsecond=0)}
    form = DeliveryForm(request.POST or None, initial=first)
    ways = ", ".join(channel.name for channel in profile.load(bundle.profile).limits.channels)
    if ways:
        form.fields["channel"].help_text = f"Such as {ways}."
    return form_page(
        request,
        form,
        lambda: actions.deliver(by=actor(request), version=version, **form.cleaned_data),
        case=bundle.case,
        heading=f"Version {number} of {bundle.title} was delivered",
        lead="From then on its pages keep their numbers: what is added later stands after them, and nothing "
        "that they have is moved or taken out.",
        done=f"Version {number} is delivered. Its page numbers stand.",
        back=found.address("version", bundle, number),
        word="Record the delivery",
    )


@require_http_methods(["GET", "POST"])
@found.for_editors
def edition(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """What a new edition means, and the button that begins one."""
    if request.method == "POST":
        try:
            actions.begin_edition(by=actor(request), bundle=bundle)
            messages.success(request, "A new edition has begun: arrange it as you like, then build it.")
        except Conflict as refusal:
            messages.error(request, str(refusal))
        return redirect(found.address("bundle", bundle))
    context = {"part": "bundle", "held": standing.delivered(bundle)}
    return found.page(request, bundle, "edition.html", context)
