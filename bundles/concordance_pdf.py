"""The concordance of two versions as a PDF to hand over with the new one."""

from zoneinfo import ZoneInfo

from bundles.changes import Changes
from bundles.models import Version
from bundles.pdf.typeset import typesetter


def lay_out(changes: Changes, since: Version, now: Version) -> bytes:
    """The table of old and new page numbers, in runs of pages that moved together, as a PDF."""
    settings = now.report["settings"]
    zone = ZoneInfo(now.bundle.case.court.time_zone)
    context = {
        "title": settings["title"],
        "case": settings["case"],
        "court": settings["court"],
        "claim_number": settings["claim_number"],
        "old": {"number": since.number, "built": f"{since.built_at.astimezone(zone):%-d %B %Y, %H:%M}"},
        "new": {"number": now.number, "built": f"{now.built_at.astimezone(zone):%-d %B %Y, %H:%M}"},
        "renumbered": changes.renumbered,
        "rows": [
            {
                "old": first if first == last else f"{first}–{last}",
                "new": "gone"
                if not new_first
                else new_first
                if new_first == new_last
                else f"{new_first}–{new_last}",
                "document": document,
            }
            for first, last, new_first, new_last, document in changes.runs()
        ],
    }
    with typesetter() as layout:
        return layout.pdf("concordance.html", context)
