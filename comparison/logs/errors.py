"""Why logs cannot be analysed or an analysis not be believed, each with what to do about it."""

from core.errors import InvalidInput


class LogSpecInvalid(InvalidInput):
    """The specification of an analysis cannot be read."""


class LogsUnreadable(InvalidInput):
    """A file of logs or samples cannot be read, or holds no exchange."""


class LogRecordInvalid(InvalidInput):
    """An analysis's record does not have its form."""
