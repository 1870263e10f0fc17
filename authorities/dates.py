"""Dates that are known to the year, the month or the day."""

from dataclasses import dataclass
from datetime import date

from core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as it is known.

    Args:
        first_day: the first day it can mean, for sorting; None when nothing is known.
        words: as people write it, no more exact than it is known ("December 2025"); empty when nothing is.
    """

    first_day: date | None
    words: str


def partial_date(text: str) -> PartialDate:
    """The date that ``2025``, ``2025-12`` or ``2025-12-16`` stands for; an empty text is no date.

    Raises:
        InvalidInput: the text is none of these.
    """
    if not text:
        return PartialDate(None, "")
    try:
        parts = [int(part) for part in text.split("-", maxsplit=2)]
        first_day = date(*[*parts, 1, 1][:3])
    except ValueError:
        raise InvalidInput(f"“{text}” is no date.", remedy="Write 2025, 2025-12 or 2025-12-16.") from None
    words = {1: f"{first_day:%Y}", 2: f"{first_day:%B %Y}"}
    return PartialDate(first_day, words.get(len(parts), f"{first_day:%-d %B %Y}"))
