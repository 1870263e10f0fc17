"""The installation's content store."""

from django.conf import settings

from evidence.files.store import ContentStore


def store() -> ContentStore:
    """The store under ``ASSIZE_VAR``; every original and rendition, by SHA-256."""
    return ContentStore(settings.STORE_ROOT)
