"""Errors of the statistics; each says what is missing and where to get it."""

from core.errors import InvalidInput


class MeasureRefused(InvalidInput):
    """The arrays given cannot be compared by this method."""


class PopulationMissing(InvalidInput):
    """The reference population cannot support what was asked of it."""
