"""The documents that refer to the bundle's pages: by which version's numbers, and what needs a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bundles import actions, referring, sources
from bundles.access import bundles as access
from bundles.models import Bundle
from bundles.views import found
from core.errors import InvalidInput
from core.requests import actor


@require_http_methods(["GET", "POST"])
@found.for_editors
def references(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """Each such document with the version it was written against; a post says which that is."""
    versions = referring.whole_versions(bundle)
    if request.method == "POST":
        number, entry_id = request.POST.get("version", ""), request.POST.get("entry", "")
        entry = access.get_entry(bundle, int(entry_id) if entry_id.isdecimal() else 0)
        chosen = next((version for version in versions if str(version.number) == number), None)
        if number and chosen is None:
            raise InvalidInput("That is no version of this bundle.", remedy="Choose one of those listed.")
        actions.say_written_against(by=actor(request), entry=entry, version=chosen)
        messages.success(request, f"{entry}: the next build reads its references so.")
        return redirect(found.address("references", bundle))
    rows = [
        {
            "entry": entry,
            "said": entry.written_against_id,
            "usual": referring.usual(entry.exhibit, entry.key, versions),
        }
        for entry in sources.entries_of(bundle)
        if referring.refers(entry)
    ]
    last = versions[-1] if versions else None
    context = {
        "part": "versions",
        "rows": rows,
        "versions": versions,
        "last": last,
        "followed": last.report.get("references") if last else None,
        "file": found.address("version_file", bundle, last.number) if last else "",
    }
    return found.page(request, bundle, "references.html", context)
