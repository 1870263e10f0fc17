"""The time, in one place, so that tests and reports agree on it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: ZoneInfo = LONDON) -> date:
    """The present calendar date in the court's own time zone."""
    return local_date(now(), zone)


def local_date(moment: datetime, zone: ZoneInfo = LONDON) -> date:
    """The calendar date of a moment in the court's own time zone."""
    return moment.astimezone(zone).date()
