"""One kind of dated thing, read by its index: how many fall between two days, and those from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, DateTimeField, Max, Min, QuerySet

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """How many things there are, and the first and last of their days; no days where there is nothing."""

    count: int
    first: date | None
    last: date | None


class Row(TypedDict):
    """One dated thing; ``note`` is a code of its kind."""

    day: date
    what: str
    pk: UUID | int
    label: str
    note: str


class Source:
    """The things of one kind that have a date.

    Args:
        what: the kind.
        things: those to read; the undated among them are left out.
        when: the field of the date, or of the moment that counts by its day in ``zone``.
        label: the field of the title.
        note: the field of what else is shown.
        zone: the court's time zone.
    """

    def __init__(
        self, what: str, things: "QuerySet[Any]", when: str, label: str, note: str, *, zone: ZoneInfo
    ) -> None:
        self.what, self.when, self.label, self.note, self.zone = what, when, label, note, zone
        self.things = things.exclude(**{when: None}).order_by(when, "pk")
        self._is_moment = isinstance(things.model._meta.get_field(when), DateTimeField)

    @cached_property
    def span(self) -> Span:
        """How many there are and between which days."""
        told = self.things.order_by().aggregate(count=Count("*"), first=Min(self.when), last=Max(self.when))
        if not told["count"]:
            return Span(0, None, None)
        return Span(told["count"], self._day(told["first"]), self._day(told["last"]))

    def between(self, day: date, end: date) -> int:
        """How many fall on the day or later, and before the end."""
        first, last = self.span.first, self.span.last
        if first is None or last is None or end <= first or day > last:
            return 0
        if day <= first and end > last:
            return self.span.count
        spanned = {f"{self.when}__gte": self._begin(day), f"{self.when}__lt": self._begin(end)}
        return self.things.order_by().filter(**spanned).count()

    def rows(self, day: date, skipped: int, limit: int) -> "list[Row]":
        """Up to ``limit`` of them from the day on, less the first ``skipped``."""
        found = self.things.filter(**{f"{self.when}__gte": self._begin(day)})
        columns = found.values_list("pk", self.when, self.label, self.note)
        return [
            Row(day=self._day(when), what=self.what, pk=pk, label=label, note=note)
            for pk, when, label, note in columns[skipped : skipped + limit]
        ]

    def _begin(self, day: date) -> date:
        return datetime.combine(day, time.min, self.zone) if self._is_moment else day

    def _day(self, when: date) -> date:
        return when.astimezone(self.zone).date() if isinstance(when, datetime) else when


def day_of(sources: Sequence[Source], position: int) -> tuple[date, int]:
    """The day of the thing at this position among all, and how many things come before that day.

    Args:
        sources: together they hold more than ``position`` things.
        position: counted from 0.

    The search guesses where the position would be if things were spread evenly, and halves what is left
    where a guess did not help: a few counts for an even matter, twice the logarithm of the days for any.
    """
    low = min(source.span.first for source in sources if source.span.first)
    high = max(source.span.last for source in sources if source.span.last) + _DAY
    below, above = 0, sum(source.span.count for source in sources)
    halve = False
    while (days := (high - low).days) > 1:
        guess = days // 2 if halve else days * (position - below) // (above - below)
        middle = low + timedelta(days=min(max(guess, 1), days - 1))
        count = below + sum(source.between(low, middle) for source in sources)
        if count <= position:
            low, below = middle, count
        else:
            high, above = middle, count
        halve = (high - low).days * 2 > days
    return low, below
