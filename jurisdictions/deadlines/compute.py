"""From a rule and its trigger to a due date."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from core.errors import InvalidInput
from jurisdictions.deadlines.calendar import DAY, Calendar
from jurisdictions.deadlines.count import Working, add_months, count
from jurisdictions.deadlines.models import Computation, Direction, Limit, Roll, Rule, Unit
from jurisdictions.deadlines.service import DeemedService, deemed_service

NO_FACTS: Mapping[str, str] = MappingProxyType({})
FIRST_YEAR, LAST_YEAR = 1900, 2200


def compute(
    rule: Rule,
    trigger: datetime | date,
    *,
    calendar: Calendar,
    method: str | None = None,
    facts: Mapping[str, str] = NO_FACTS,
) -> Computation:
    """The due date under the rule, with every step of the count and what a reader must be warned of.

    Args:
        rule: from a rule pack.
        trigger: the event; when ``method`` is given, the moment of the act of service instead.
        calendar: the closed days of the court's place.
        method: how the triggering document was served; left out when ``trigger`` is the date of service.
        facts: what the rule depends on, such as ``{"place": "singapore"}``; dates in ISO form.

    Raises:
        InvalidInput: a fact, a time of day or the method is missing or does not fit the rule.

    Law: CPR 2.8-2.10, 6.14, 6.26 and the rule's own source.
    """
    if not FIRST_YEAR <= trigger.year <= LAST_YEAR:
        raise InvalidInput(
            f"The year {trigger.year} is out of range.", remedy="Check the date.", field="trigger"
        )
    working = Working(warnings=_assumptions(rule, facts))
    served = _service(rule, trigger, method, calendar)
    clock = rule.time
    if rule.unit is Unit.HOURS:
        due, clock = _hours(rule, trigger, calendar, working)
    else:
        start = _start(rule, trigger, served, calendar, working)
        reached = count(rule, _period(rule, facts, start, working), start, calendar, working)
        reached = _limited(rule.limit, reached, facts, working)
        due = _rolled(rule, reached, calendar, working)
    working.add("Due", due, f"{rule.title}.", rule.source)
    days = [step.date for step in working.steps]
    known = all(calendar.years.get(day.year, False) for day in days)
    return Computation(
        due=due,
        time=clock,
        rule_id=rule.id,
        source=rule.source,
        version=rule.version,
        verified=rule.verified and known and (served is None or served.rule.verified),
        working=tuple(working.steps),
        warnings=(*working.warnings, *calendar.cautions(days, office=rule.roll is Roll.COURT_OFFICE)),
    )


def _assumptions(rule: Rule, facts: Mapping[str, str]) -> list[str]:
    warnings = []
    for assumed in rule.assumes:
        given = facts.get(assumed.fact)
        if given is None:
            warnings.append(f"Assumes that {assumed.words}.")
        elif given.strip().lower() != assumed.value:
            other = f"Use {assumed.instead}." if assumed.instead else "Choose the rule that fits."
            raise InvalidInput(
                f"{rule.id} applies only where {assumed.words}.", remedy=other, field=assumed.fact
            )
    if not rule.verified:
        warnings.append(
            f"{rule.source} is unverified here: check the published text before relying on the date."
        )
    return warnings


def _start(
    rule: Rule, trigger: datetime | date, served: DeemedService | None, calendar: Calendar, working: Working
) -> date:
    """The day from which the count runs: that of deemed service or, without one, of the event itself."""
    if served:
        working.steps.extend(served.working)
        working.warnings.extend(served.warnings)
        return served.date
    local = trigger.astimezone(calendar.zone) if isinstance(trigger, datetime) and trigger.tzinfo else trigger
    day = local.date() if isinstance(local, datetime) else local
    working.add("Event", day, f"{rule.trigger}.", rule.source)
    return day


def _service(
    rule: Rule, trigger: datetime | date, method: str | None, calendar: Calendar
) -> DeemedService | None:
    if method is None:
        return None
    if rule.served is None:
        raise InvalidInput(
            f"{rule.id} does not run from service, so a method of service has no meaning for it.",
            remedy="Leave the method out.",
            field="method",
        )
    return deemed_service(method, trigger, calendar, rules=rule.service)


def _period(rule: Rule, facts: Mapping[str, str], start: date, working: Working) -> int:
    table = rule.table
    if table is None:
        return rule.period
    given = facts.get(table.fact, "").strip().lower()
    if given not in table.rows:
        raise InvalidInput(
            f"{rule.id} depends on {table.fact}, and {given or 'nothing'} was given.",
            remedy=f"Use one of: {', '.join(sorted(table.rows))}.",
            field=table.fact,
        )
    days = table.rows[given]
    more = (
        f", {abs(rule.period)} {'more' if rule.period > 0 else 'fewer'} under the rule" if rule.period else ""
    )
    why = f"For {given.title()}: {days} days in the table{more}."
    working.add("Period", start, why, table.source)
    return days + rule.period


def _limited(limit: Limit | None, reached: date, facts: Mapping[str, str], working: Working) -> date:
    if limit is None:
        return reached
    given = facts.get(limit.fact)
    if given is None:
        working.warnings.append(
            f"The outer limit of {limit.source} was not applied: give the fact {limit.fact} (a date)."
        )
        return reached
    try:
        start = date.fromisoformat(given)
    except ValueError:
        raise InvalidInput(
            f"{limit.fact} is {given!r}, which is not a date.",
            remedy="Write it as 2026-10-01.",
            field=limit.fact,
        ) from None
    last = add_months(start, limit.period * (12 if limit.unit is Unit.YEARS else 1))
    working.add("Outer limit", last, f"{limit.period} {limit.unit} after {start:%d %B %Y}.", limit.source)
    return min(reached, last)


def _rolled(rule: Rule, reached: date, calendar: Calendar, working: Working) -> date:
    if rule.roll is Roll.NONE:
        return reached
    closed_on = calendar.not_open if rule.roll is Roll.COURT_OFFICE else calendar.not_business
    back = rule.direction is Direction.BEFORE
    if rule.roll is Roll.DEEMED_SERVICE:
        source, why = "CPR 6.26", "no document counts as served on this day; the earlier day is safe"
    elif back:
        source, why = (
            "prudence; CPR 2.8(5) extends no period counted back",
            "court office closed; the earlier day is safe",
        )
    else:
        source, why = (
            "CPR 2.8(5); PD 2A 2.1, 3.2",
            "court office closed; the act is in time on the next open day",
        )
    day = reached
    while closed := closed_on(day):
        working.add("Closed day", day, f"{closed}: {why}.", source)
        day += -DAY if back else DAY
    if day != reached and rule.roll is Roll.COURT_OFFICE and not back:
        working.warnings.append(
            "The date moved because the court office is closed. For electronic filing check that "
            "CPR 2.8(5) still applies, or file by the unmoved date."
        )
    return day


def _hours(rule: Rule, trigger: datetime | date, calendar: Calendar, working: Working) -> tuple[date, str]:
    if not isinstance(trigger, datetime):
        raise InvalidInput(
            f"{rule.id} is counted in hours and needs a time of day.",
            remedy="Give the trigger as 2026-12-01T10:30.",
            field="trigger",
        )
    event = trigger if trigger.tzinfo else trigger.replace(tzinfo=calendar.zone)
    sign = -1 if rule.direction is Direction.BEFORE else 1
    # Elapsed hours, so the change of clocks is counted as it passes.
    moment = (event.astimezone(UTC) + sign * timedelta(hours=rule.period)).astimezone(calendar.zone)
    working.add("Event", event.astimezone(calendar.zone).date(), f"{rule.trigger}.", rule.source)
    return moment.date(), f"{moment:%H:%M}"
