"""Counting a period from one day, each step kept with its reason and its source."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from jurisdictions.deadlines.calendar import DAY, Calendar
from jurisdictions.deadlines.models import Direction, Rule, Step, Unit

SHORT_PERIOD = 5
CLEAR_DAYS = "CPR 2.8(2)-(3)"
SHORT_SOURCE = "CPR 2.8(4)"


@dataclass(slots=True)
class Working:
    """The steps so far, in order, and what a reader must be warned of."""

    steps: list[Step] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, step: str, day: date, why: str, source: str) -> None:
        """The step is recorded after the others."""
        self.steps.append(Step(step, day, why, source))


def add_months(day: date, number: int) -> date:
    """The same day of the month so many calendar months on, or the month's last day when it has no such day.

    Law: CPR 2.10 (calendar months); the corresponding-date rule.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def count(rule: Rule, period: int, start: date, calendar: Calendar, working: Working) -> date:
    """The date that the period reaches from ``start``, before any closed day is considered.

    Args:
        rule: gives the unit, the direction and whether an event ends the period.
        period: length in the rule's unit; hours are not counted here.
        start: the day of the trigger or, counting back, of the event.
        calendar: the days that a short period leaves out.
        working: receives the steps.

    Law: CPR 2.8 and 2.10.
    """
    if rule.unit in (Unit.MONTHS, Unit.YEARS):
        return _months(rule, period, start, working)
    days = period * 7 if rule.unit is Unit.WEEKS else period
    short = rule.unit is Unit.DAYS and period <= SHORT_PERIOD
    clear = rule.direction is Direction.BEFORE or rule.end_is_event
    one_day = -DAY if rule.direction is Direction.BEFORE else DAY
    if rule.direction is Direction.BEFORE:
        working.add("Day left out", start, "The day of the event is not counted.", CLEAR_DAYS)
    else:
        working.add("Day left out", start, "The day on which the period begins is not counted.", CLEAR_DAYS)
    if short or rule.unit is Unit.BUSINESS_DAYS:
        source = SHORT_SOURCE if short else rule.source
        reached = _counted_days(start, days, one_day, calendar, working, source)
    else:
        reached = start + one_day * days
        working.add("Last day counted", reached, f"Day {days} of {days}, every day counted.", CLEAR_DAYS)
    if not clear:
        return reached
    reached += one_day
    why = "The days between must be clear, so the act falls on the day before them."
    if rule.direction is Direction.AFTER:
        why = "The days between must be clear, so the event can fall on the day after them at the earliest."
    working.add("Clear days", reached, why, CLEAR_DAYS)
    return reached


def _months(rule: Rule, period: int, start: date, working: Working) -> date:
    number = period * 12 if rule.unit is Unit.YEARS else period
    back = rule.direction is Direction.BEFORE
    reached = add_months(start, -number if back else number)
    why = f"The corresponding date {period} calendar {rule.unit} {'earlier' if back else 'later'}."
    if reached.day != start.day:
        why += " That month has no such day, so its last day is taken."
    working.add("Calendar months", reached, why, "CPR 2.10")
    if back or rule.end_is_event:
        reached += -DAY if back else DAY
        working.add("Clear days", reached, "Neither the first nor the last day is counted.", CLEAR_DAYS)
    return reached


def _counted_days(
    start: date, days: int, one_day: timedelta, calendar: Calendar, working: Working, source: str
) -> date:
    left_out = (
        "business days only" if source != SHORT_SOURCE else "not counted in a period of five days or less"
    )
    day, counted = start, 0
    while counted < days:
        day += one_day
        if closed := calendar.not_business(day):
            working.add("Day not counted", day, f"{closed}: {left_out}.", source)
        else:
            counted += 1
            working.add("Day counted", day, f"Day {counted} of {days}.", source)
    return day
