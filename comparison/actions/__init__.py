"""Every write to a matter's models and comparisons."""

from comparison.actions.comparing import compare
from comparison.actions.importing import import_record
from comparison.actions.registering import attach_manifest, register

__all__ = ["attach_manifest", "compare", "import_record", "register"]
