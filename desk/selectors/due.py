"""What is due in a person's matters."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from cases import access
from cases.models import Case, DueDate
from cases.standing import OPEN, due_standing
from core import clock


def open_dates(user: User) -> QuerySet[DueDate]:
    """Every due date still ahead of somebody in the person's matters, the oldest first."""
    mine = access.visible(user).values("pk")
    rows = DueDate.objects.filter(case__in=mine, state__in=OPEN)
    return rows.select_related("case", "party").order_by("due_on", "due_time", "pk")


def in_a_week(day: date) -> date:
    """The same weekday of the next week."""
    return day + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pressing:
    """How many dates are due within seven days, and how many of them are late already."""

    count: int
    late: int


def pressing(user: User) -> Pressing:
    """What the bar says of the person's next seven days."""
    today = clock.today()
    days = list(open_dates(user).filter(due_on__lte=in_a_week(today)).values_list("due_on", flat=True))
    return Pressing(len(days), sum(day < today for day in days))


def shown(due: DueDate) -> dict[str, Any]:
    """A due date with its state in words, its working and its page."""
    return {
        "due": due,
        "standing": due_standing(due, clock.today()),
        "why": {"steps": due.working, "source": due.rule_source, "warnings": due.warnings},
        "href": reverse("cases:due_date", args=[due.case_id, due.pk]),
    }


def in_strip(case: Case, days: int) -> list[dict[str, Any]]:
    """The matter's open dates of this week and the days after it, as the week strip takes them."""
    today = clock.today()
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
