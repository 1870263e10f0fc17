"""Built versions: the list, one with its page map and verdict, and its file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from csp.decorators import csp_exempt
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from bundles import access, verdict
from bundles.models import Bundle, Version
from bundles.views import found
from evidence.storage import store


@require_GET
@found.for_members
def versions(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Every version that was built, the newest first."""
    built = access.openable(request.user, bundle.case, bundle.versions.select_related("build"))
    rows = [(version, *verdict.in_a_word(version.passed, version.report["check"])) for version in built]
    return found.page(request, bundle, "versions.html", {"part": "versions", "rows": rows})


@require_GET
@found.for_members
def version(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponse:
    """What was built, where each document stands, and the checker's verdict rule by rule."""
    shown = access.get_version(request.user, bundle, number)
    report, settings = shown.report, shown.report["settings"]
    context = {
        "part": "versions",
        "version": shown,
        "report": report,
        "settings": settings,
        "hearing_date": date.fromisoformat(held) if (held := settings["hearing_date"]) else None,
        "sections": list(_page_map(shown)),
        "verdict": verdict.summary(report["check"]),
        "rules": verdict.rows(report["check"], settings["rules"]),
        "file": found.address("version_file", bundle, number),
        "newest": not bundle.versions.filter(number__gt=number).exists(),
    }
    return found.page(request, bundle, "version.html", context)


# The browser's own PDF viewer needs styles that the site's policy refuses; the file itself has no script.
@csp_exempt()
@require_GET
@found.for_members
def version_file(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponseBase:
    """The bundle's PDF, to look at, or to keep with ``?download``."""
    shown = access.get_version(request.user, bundle, number)
    return file_response(shown, download="download" in request.GET)


def file_response(version: Version, *, download: bool) -> FileResponse:
    """The version's PDF under its court name, sent in pieces."""
    return FileResponse(
        store().path(version.sha256).open("rb"),
        as_attachment=download,
        filename=version.file_name,
        content_type="application/pdf",
    )


def _page_map(version: Version) -> Iterator[dict[str, Any]]:
    """Each section's title with its documents; each document knows its exhibit."""
    documents = iter(
        {**entry, "exhibit": known["exhibit"]}
        for entry, known in zip(version.report["entries"], version.build.documents, strict=True)
    )
    for section in version.report["settings"]["sections"]:
        yield {
            "title": section["title"],
            "documents": [next(documents) for _ in range(section["documents"])],
        }
