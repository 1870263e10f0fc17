"""What is due in a person's matters."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from cases import access
from cases.models import Case, DueDate
from cases.standing import OPEN, due_standing
from core import clock

WEEK = timedelta(days=7)


def open_dates(user: User) -> QuerySet[DueDate]:
    """Every due date still ahead of somebody in the person's matters, the oldest first."""
    mine = access.visible(user).values("pk")
    rows = DueDate.objects.filter(case__in=mine, state__in=OPEN)
    return rows.select_related("case__court", "party").order_by("due_on", "due_time", "pk")


NEARNESS = ("Late", "Today", "Within seven days", "Later")


def nearness(due: DueDate) -> str:
    """How near a date is on the present day of its court, one of ``NEARNESS``."""
    days = (due.due_on - due.case.today).days
    if days < 0:
        return "Late"
    if days == 0:
        return "Today"
    return "Within seven days" if days <= WEEK.days else "Later"


@dataclass(frozen=True, slots=True)
class Pressing:
    """How many dates are due within seven days, and how many of them are late already."""

    count: int
    late: int


def pressing(user: User) -> Pressing:
    """What the bar says of the person's next seven days."""
    # Nowhere is it later than a day after London's.
    near = open_dates(user).filter(due_on__lte=clock.today() + WEEK + timedelta(days=1))
    found = near.values_list("due_on", "case__court__time_zone")
    left = [day - clock.today(ZoneInfo(zone)) for day, zone in found]
    return Pressing(sum(days <= WEEK for days in left), sum(days < timedelta() for days in left))


def shown(due: DueDate) -> dict[str, Any]:
    """A due date with its state in words, its working and its page."""
    return {
        "due": due,
        "standing": due_standing(due, due.case.today),
        "why": {"steps": due.working, "source": due.rule_source, "warnings": due.warnings},
        "href": reverse("cases:due_date", args=[due.case_id, due.pk]),
    }


def in_strip(case: Case, days: int) -> list[dict[str, Any]]:
    """The matter's open dates of this week and the days after it, as the week strip takes them."""
    today = case.today
    monday = today - timedelta(days=today.weekday())
    rows = case.due_dates.filter(
        state__in=OPEN, due_on__gte=monday, due_on__lt=monday + timedelta(days=days)
    ).select_related("party")
    return [
        {
            "date": due.due_on,
            "label": due.title,
            "href": reverse("cases:due_date", args=[case.pk, due.pk]),
            "kind": due_standing(due, today).mark,
            "word": f"by {due.due_time:%H:%M}" if due.due_time else "",
        }
        for due in rows
    ]
