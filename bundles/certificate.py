"""The certificate of a version: every source's hash, and the words that the person who signs it needs."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from bundles.models import Version
from core import clock
from core.errors import IntegrityFailure
from evidence.storage import store

FORMS = {"cpr-32": "Statement of truth (CPR Part 32)", "fre-902-14": "Certification (FRE 902(14))"}
"""What may be certified, in words."""


def form_for(profile: str) -> str:
    """Which words the court of this profile needs."""
    return "fre-902-14" if profile.startswith("us-") else "cpr-32"


def context(version: Version, form: str) -> dict[str, Any]:
    """What the certificate's template shows, after every file was read and hashed again.

    Law: FRE 902(14) and 902(11): a qualified person certifies a copy authenticated by digital
    identification; 28 USC 1746: declared under penalty of perjury. CPR PD 22, 2.2: the words of a statement
    of truth; CPR PD 32, 20.2.

    Raises:
        IntegrityFailure: a file is missing or was altered; names it.
    """
    rows = list(_sources(version))
    wrong = [row["title"] for row in rows if not row["same"]]
    if wrong or not store().verify(version.sha256):
        what = "; ".join(wrong) or "the bundle itself"
        raise IntegrityFailure(
            f"Not certified: the stored file of {what} is missing or altered.",
            remedy="Restore it from a backup, then certify.",
        )
    settings = version.report["settings"]
    zone = ZoneInfo(version.bundle.case.court.time_zone)
    return {
        "form": form,
        "title": settings["title"],
        "case": settings["case"],
        "court": settings["court"],
        "claim_number": settings["claim_number"],
        "version": version.number,
        "file_name": version.file_name,
        "sha256": version.sha256,
        "size": version.size,
        "pages": version.pages,
        "built_at": f"{version.built_at.astimezone(zone):%-d %B %Y, %H:%M}",
        "computed_at": f"{clock.now().astimezone(zone):%-d %B %Y, %H:%M}",
        "zone": zone.key,
        "rows": rows,
    }


def _sources(version: Version) -> Iterable[dict[str, Any]]:
    for entry, known in zip(version.report["entries"], version.build.documents, strict=True):
        included = entry["status"] == "included" and not known.get("signpost")
        yield {
            "title": entry["title"],
            "source": entry["source"],
            "pages": f"{entry['first_page']}–{entry['last_page']}",
            "sha256": entry["sha256"] or "",
            "included": included,
            "same": not included or store().verify(entry["sha256"]),
        }
