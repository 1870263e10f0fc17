"""Proof that every built bundle is still what was built."""

from collections.abc import Iterator

from bundles.models import Version
from evidence.storage import store
from ledger.verification import Problem


def stored_versions() -> Iterator[Problem]:
    """Every version's file hashes to the name it is stored under."""
    for version in Version.objects.select_related("bundle").order_by("pk").iterator():
        if not store().verify(version.sha256):
            yield Problem(f"{version}", f"the stored file {version.sha256} is missing or altered")
