"""Built versions: the list, one with its page map and verdict, and its file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bundles import certificate, masters, signing, verdict
from bundles.access import bundles as access
from bundles.models import Bundle, Version
from bundles.views import found


@require_GET
@found.for_members
def versions(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Every version that was built, the newest first."""
    kept = bundle.versions.select_related("build").prefetch_related("deliveries")
    built = access.openable(request.user, bundle.case, kept)
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
        "page_before": f"{found.address('version_file', bundle, number)}#page=",
        "file": found.address("version_file", bundle, number),
        "newest": not bundle.versions.filter(number__gt=number, build__variant=shown.build.variant).exists(),
        "files": shown.files.order_by("kind", "number"),
        "deliveries": shown.deliveries.all(),
        "pair": _pair(request.user, bundle, shown),
        "can_sign": signing.available(),
        "forms": _forms(bundle),
        "master_now": masters.newest(bundle.master) if bundle.master else None,
    }
    return found.page(request, bundle, "version.html", context)


def _pair(user: access.Visitor, bundle: Bundle, shown: Version) -> Version | None:
    """The other of a confidential and redacted pair: the same documents on the same pages."""
    others = bundle.versions.select_related("build").exclude(build__variant=shown.build.variant)
    for other in access.openable(user, bundle.case, others.order_by("-number")):
        if _places(other) == _places(shown):
            return other
    return None


def _places(version: Version) -> list[tuple[str, int, int]]:
    rows = zip(version.report["entries"], version.build.documents, strict=True)
    return [(str(known.get("key")), entry["first_page"], entry["last_page"]) for entry, known in rows]


def _forms(bundle: Bundle) -> list[tuple[str, str]]:
    """The certificates there are, that of the bundle's court first."""
    usual = certificate.form_for(bundle.profile)
    return sorted(certificate.FORMS.items(), key=lambda pair: pair[0] != usual)


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
