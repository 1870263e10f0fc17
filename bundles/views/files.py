"""The files beside a version, and what a person may ask to be made of it."""

from csp.decorators import csp_exempt
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from bundles import actions
from bundles.access import bundles as access
from bundles.models import Bundle, Version, VersionFile
from bundles.views import found
from core.errors import AssizeError
from core.requests import actor
from evidence.storage import store


# The browser's own PDF viewer needs styles that the site's policy refuses; the file itself has no script.
@csp_exempt()
@require_GET
@found.for_members
def version_file(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponseBase:
    """The bundle's PDF, to look at, or to keep with ``?download``."""
    shown = access.get_version(request.user, bundle, number)
    return file_response(shown, download="download" in request.GET)


@csp_exempt()
@require_GET
@found.for_members
def further_file(
    request: HttpRequest, bundle: Bundle, number: int, kind: str, place: int
) -> HttpResponseBase:
    """A volume, a delta, a certificate or a signed copy, likewise."""
    version = access.get_version(request.user, bundle, number)
    return file_response(access.get_file(version, kind, place), download="download" in request.GET)


@require_POST
@found.for_editors
def certify(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponseBase:
    """A certificate stands beside the version."""
    version = access.get_version(request.user, bundle, number)
    actions.certify(by=actor(request), version=version, form=request.POST.get("form", ""))
    messages.success(request, "The certificate is ready to be completed and signed.")
    return redirect(found.address("version", bundle, number) + "#files")


@require_POST
@found.for_editors
def sign(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponseBase:
    """A signed copy stands beside the version, or it is said why not."""
    version = access.get_version(request.user, bundle, number)
    try:
        actions.sign(by=actor(request), version=version)
        messages.success(request, "The signed copy is ready; its signature was checked.")
    except AssizeError as refusal:
        messages.error(request, str(refusal))
    return redirect(found.address("version", bundle, number) + "#files")


def file_response(file: Version | VersionFile, *, download: bool) -> FileResponse:
    """The PDF under its court name, sent in pieces."""
    return FileResponse(
        store().path(file.sha256).open("rb"),
        as_attachment=download,
        filename=file.file_name,
        content_type="application/pdf",
    )
