"""What can go wrong with rule packs and with a computation."""

from core.errors import InvalidInput, NotFound


class RulePackError(InvalidInput):
    """A rule pack or calendar file says something that cannot be used; the message names file and row."""


class RuleNotEncoded(NotFound):
    """The rule is known, but a date cannot be computed from it; the message says why."""
