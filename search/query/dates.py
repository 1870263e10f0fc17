"""Values of the date field: a day, a month, a year, a range of them, or a comparison."""

import calendar
import re
from datetime import date, timedelta

from search.query.errors import QueryError
from search.query.tree import DateRange

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_COMPARISON = re.compile(r"(>=|<=|>|<)(.*)")
_REMEDY = "Write date:2025, date:2025-11, date:2025-11-04, date:2025-01..2025-06 or date:>2025-01-01."


def date_range(value: str, *, position: int) -> DateRange:
    """The days that a date value means.

    Args:
        value: what follows ``date:``.
        position: where the value stands in the query, counted in characters from 1.

    Raises:
        QueryError: when it names no date, or the range runs backwards.
    """
    text = value.strip()
    if compared := _COMPARISON.fullmatch(text):
        return _compared(compared[1], compared[2], position)
    if ".." not in text:
        return DateRange(*_period(text, position))
    from_text, _, to_text = text.partition("..")
    if not from_text and not to_text:
        raise _unreadable(value, position)
    first = _period(from_text, position)[0] if from_text else None
    last = _period(to_text, position)[1] if to_text else None
    if first and last and first > last:
        raise QueryError(
            f"The range of dates “{value}” ends before it begins",
            remedy="Put the earlier date first.",
            position=position,
        )
    return DateRange(first, last)


def _compared(sign: str, text: str, position: int) -> DateRange:
    first, last = _period(text, position)
    try:
        match sign:
            case ">":
                return DateRange(last + timedelta(days=1), None)
            case ">=":
                return DateRange(first, None)
            case "<":
                return DateRange(None, first - timedelta(days=1))
            case _:
                return DateRange(None, last)
    except OverflowError:
        raise _unreadable(text, position) from None


def _period(text: str, position: int) -> tuple[date, date]:
    parts = _PERIOD.fullmatch(text.strip())
    if not parts:
        raise _unreadable(text, position)
    year = int(parts[1])
    month = int(parts[2]) if parts[2] else None
    day = int(parts[3]) if parts[3] else None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise _unreadable(text, position) from None


def _unreadable(text: str, position: int) -> QueryError:
    return QueryError(f"“{text}” is not a date", remedy=_REMEDY, position=position)
