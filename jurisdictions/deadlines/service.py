"""When a document counts as served, by the method used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.errors import InvalidInput
from jurisdictions.deadlines.calendar import Calendar
from jurisdictions.deadlines.models import Basis, ServiceRule, Step


@dataclass(frozen=True, slots=True)
class DeemedService:
    """The deemed date with the steps and the row of the table it came from."""

    date: date
    rule: ServiceRule
    working: tuple[Step, ...]
    warnings: tuple[str, ...]


def deemed_service(
    method: str, at: datetime | date, calendar: Calendar, *, rules: Mapping[str, ServiceRule]
) -> DeemedService:
    """The day on which a document sent by this method counts as served.

    Args:
        method: a key of ``rules``, such as ``post``.
        at: when the act was done; an aware time is read in the calendar's zone, a naive one as local time.
        calendar: the business days of the place where service takes place.
        rules: the table for the kind of document, ``RulePack.service[Document.OTHER]`` for example.

    Raises:
        InvalidInput: the method is not in the table.

    Law: CPR 6.14 (claim form), CPR 6.26 (other documents).
    """
    row = rules.get(method)
    if row is None:
        known = ", ".join(sorted(rules)) or "none"
        raise InvalidInput(
            f"Service by {method!r} is not a method of this rule.",
            remedy=f"Use one of: {known}.",
            field="method",
        )
    local = at.astimezone(calendar.zone) if isinstance(at, datetime) and at.tzinfo else at
    act = local.date() if isinstance(local, datetime) else local
    steps = [Step("Act of service", act, f"Served by {row.label}.", row.source)]
    warnings = []
    if not row.verified:
        warnings.append(f"Deemed service under {row.source} is unverified: check the published table.")
    if row.cutoff and not isinstance(local, datetime):
        warnings.append(
            f"No time of day was given: the act is taken to be before {row.cutoff:%H:%M}; "
            "if it was later, service falls on the next business day."
        )
    served, why = _served(row, local, act, calendar)
    steps.append(Step("Deemed served", served, why, row.source))
    return DeemedService(served, row, tuple(steps), tuple(warnings))


def _served(row: ServiceRule, local: datetime | date, act: date, calendar: Calendar) -> tuple[date, str]:
    if row.basis is Basis.NTH_BUSINESS_DAY:
        day = act
        for _ in range(row.days):
            day = calendar.next_business_day(day)
        return day, f"Business day {row.days} after the act."
    if row.basis is Basis.NTH_DAY_THEN_BUSINESS_DAY:
        day = act + timedelta(days=row.days)
        closed = calendar.not_business(day)
        if not closed:
            return day, f"Day {row.days} after the act, a business day."
        moved = calendar.next_business_day(day)
        return moved, f"Day {row.days} after the act is {day:%d %B %Y} ({closed}), so the next business day."
    closed = calendar.not_business(act)
    if closed:
        return calendar.next_business_day(act), f"Not a business day ({closed}), so the next business day."
    if row.cutoff and isinstance(local, datetime) and local.time() >= row.cutoff:
        return calendar.next_business_day(act), f"Not before {row.cutoff:%H:%M}, so the next business day."
    return act, "In time on a business day, so the same day."
