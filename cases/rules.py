"""The rule pack and the calendar under which a court's periods are counted."""

from functools import cache

from jurisdictions.deadlines import Calendar, RulePack, load_calendars, load_pack
from jurisdictions.models import Court


@cache
def _calendars() -> dict[str, Calendar]:
    return load_calendars()


@cache
def _pack() -> RulePack:
    return load_pack()


def pack_of(court: Court) -> RulePack | None:
    """The court's rule pack, or None where Assize has no rules for it."""
    pack = _pack()
    return pack if court.rule_pack == pack.id else None


def calendar_of(court: Court) -> Calendar | None:
    """The closed days of the court's place, or None where they are not known."""
    return _calendars().get(court.calendar)
