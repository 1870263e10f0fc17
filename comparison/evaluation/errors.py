"""Why a comparison cannot be made or believed, each with what to do about it."""

from core.errors import InvalidInput


class MethodUnknown(InvalidInput):
    """A method was asked for that this installation cannot run."""


class SpecInvalid(InvalidInput):
    """A comparison's specification cannot be read."""


class RecordInvalid(InvalidInput):
    """A comparison's record does not have its form, or states figures that do not follow from it."""
