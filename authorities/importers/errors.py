"""Why a file could not be imported."""

from core.errors import InvalidInput


class NotImported(InvalidInput):
    """The file is not an authority that this importer reads; nothing was imported from it."""
