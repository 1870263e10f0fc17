"""Proof that every built bundle, its further files and every copy made for one are still what was made."""

from collections.abc import Iterator

from bundles.models import AuthorityCopy, RedactedCopy, Version, VersionFile
from evidence.storage import store
from ledger.verification import Problem


def stored_versions() -> Iterator[Problem]:
    """Every file of a version, and every redacted or laid out copy, hashes to the name it is stored under."""
    kept = (
        Version.objects.select_related("bundle"),
        VersionFile.objects.select_related("version__bundle"),
        AuthorityCopy.objects.select_related("authority"),
        RedactedCopy.objects.select_related("exhibit").filter(state=RedactedCopy.State.MADE),
    )
    for rows in kept:
        for row in rows.order_by("pk").iterator():
            if not store().verify(row.sha256):
                yield Problem(f"{row}", f"the stored file {row.sha256} is missing or altered")
