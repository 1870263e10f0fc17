"""Closed days of a place: weekends, bank holidays and the further days its court offices are closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from jurisdictions.deadlines.errors import RulePackError
from jurisdictions.deadlines.fields import Row, read_toml

DAY = timedelta(days=1)
SATURDAY = 5
DATA = Path(__file__).resolve().parent.parent / "data" / "calendars.toml"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The closed days of one place.

    Args:
        holidays: bank holidays by date, with their names; Good Friday and Christmas Day included.
        office_closed: further days on which the court office is closed, with the reason.
        years: the years covered, each true when its holidays have been officially announced.
        uncertain: first day, last day and reason of each span in which an unknown day may be closed.
    """

    id: str
    name: str
    zone: ZoneInfo
    source: str
    holidays: Mapping[date, str]
    office_closed: Mapping[date, str]
    years: Mapping[int, bool]
    uncertain: tuple[tuple[date, date, str], ...]

    def not_business(self, day: date) -> str | None:
        """Why this is not a business day; None when it is one.

        Law: CPR 6.2(b).
        """
        if day.weekday() >= SATURDAY:
            return day.strftime("%A")
        return self.holidays.get(day)

    def not_open(self, day: date) -> str | None:
        """Why the court office is closed on this day; None when it is open.

        Law: PD 2A paras 2.1 and 3.2.
        """
        return self.not_business(day) or self.office_closed.get(day)

    def next_business_day(self, day: date) -> date:
        """The first business day after this day."""
        day += DAY
        while self.not_business(day):
            day += DAY
        return day

    def cautions(self, days: Iterable[date], *, office: bool) -> list[str]:
        """What a reader must be told about the calendar on these days, each once.

        Args:
            days: every day of the working.
            office: the act is done at the court office, so doubts about its closed days matter.
        """
        days = sorted(set(days))
        found: list[str] = []
        for year in sorted({day.year for day in days}):
            if year not in self.years:
                found.append(
                    f"Bank holidays of {year} are not in the calendar of {self.name}: "
                    "only weekends were left out."
                )
            elif not self.years[year]:
                found.append(f"Bank holidays of {year} had not been officially announced: check them.")
        for first, last, why in self.uncertain:
            if office and any(first <= day <= last for day in days):
                found.append(why)
        return found


def load_calendars(path: Path = DATA) -> dict[str, Calendar]:
    """Every calendar in the file, by id.

    Raises:
        RulePackError: the file cannot be read or a row is wrong.
    """
    calendars: dict[str, Calendar] = {}
    for row in Row(read_toml(path), path.name).rows("calendar"):
        calendar = _calendar(row)
        if calendar.id in calendars:
            raise row.wrong("this id is used twice.")
        calendars[calendar.id] = calendar
    return calendars


def _calendar(row: Row) -> Calendar:
    holidays: dict[date, str] = {}
    closed: dict[date, str] = {}
    years: dict[int, bool] = {}
    uncertain: list[tuple[date, date, str]] = []
    for year in row.rows("year", key="year"):
        number = year.get("year", int)
        years[number] = year.get("verified", bool)
        year.get("read", str)
        for name, days in (("holidays", holidays), ("office_closed", closed)):
            for day in year.rows(name, key="date"):
                on = day.get("date", date)
                if on.year != number or on in days:
                    raise day.wrong("the date is in another year or is listed twice.")
                days[on] = day.get("name", str)
                day.done()
        for span in year.rows("uncertain", key="from"):
            uncertain.append((span.get("from", date), span.get("to", date), span.get("why", str)))
            span.done()
        year.done()
    zone = row.get("zone", str)
    try:
        place = ZoneInfo(zone)
    except (KeyError, ValueError) as error:
        raise RulePackError(
            f"{row.where}: there is no time zone {zone}.", remedy="Use a name such as Europe/London."
        ) from error
    calendar = Calendar(
        id=row.get("id", str),
        name=row.get("name", str),
        zone=place,
        source=row.get("source", str),
        holidays=holidays,
        office_closed=closed,
        years=years,
        uncertain=tuple(uncertain),
    )
    row.done()
    return calendar
