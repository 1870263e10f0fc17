"""What changed between two versions of a bundle, and the table of old and new page numbers."""

import csv
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bundles import changes as changes_between
from bundles import concordance_pdf, referring
from bundles.access import bundles as access
from bundles.models import Bundle, Version
from bundles.views import found
from core.errors import InvalidInput


@require_GET
@found.for_members
def changes(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponse:
    """What changed since the version before, or since the one that ``?since=`` names."""
    shown = access.get_version(request.user, bundle, number)
    earlier = _earlier(request, bundle, shown)
    since = _since(request, shown, earlier)
    made = changes_between.between(referring.map_of(since), referring.map_of(shown)) if since else None
    context = {
        "part": "versions",
        "version": shown,
        "since": since,
        "earlier": earlier,
        "changes": made,
        "documents": made.documents() if made else [],
        "runs": made.runs() if made else [],
        "file": found.address("version_file", bundle, number),
    }
    return found.page(request, bundle, "changes.html", context)


@require_GET
@found.for_members
def concordance_file(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponse:
    """The concordance as ``?as=csv``, a row for each page, or ``?as=pdf``, in runs, to hand over.

    That of a first version says that each page stands where it stood.
    """
    shown = access.get_version(request.user, bundle, number)
    since = _since(request, shown, _earlier(request, bundle, shown)) or shown
    found_changes = changes_between.between(referring.map_of(since), referring.map_of(shown))
    name = f"concordance-version-{since.number}-to-{shown.number}"
    if request.GET.get("as") == "pdf":
        content = concordance_pdf.lay_out(found_changes, since, shown)
        response = HttpResponse(content, content_type="application/pdf")
    else:
        response = HttpResponse(_csv(found_changes), content_type="text/csv; charset=utf-8")
    kind = "pdf" if request.GET.get("as") == "pdf" else "csv"
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _csv(made: changes_between.Changes) -> str:
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(["Old page", "New page", "Document"])
    rows.writerows([made.old_number(row), made.new_number(row) or "gone", row.document] for row in made.rows)
    return text.getvalue()


def _earlier(request: HttpRequest, bundle: Bundle, shown: Version) -> list[Version]:
    """The versions before this one that the asker may open, the newest first."""
    before = bundle.versions.select_related("build").filter(number__lt=shown.number)
    return access.openable(request.user, bundle.case, before.order_by("-number"))


def _since(request: HttpRequest, shown: Version, earlier: list[Version]) -> Version | None:
    wanted = request.GET.get("since", "")
    if not wanted:
        return referring.before(shown, earlier)
    chosen = next((version for version in earlier if str(version.number) == wanted), None)
    if chosen is None:
        raise InvalidInput("That is no earlier version.", remedy="Choose one of those listed.", field="since")
    return chosen
