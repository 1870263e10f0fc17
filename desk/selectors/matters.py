"""A person's matters, each with what is next in it."""

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from cases import access
from cases.models import Case, DueDate, Hearing, Membership
from cases.standing import OPEN
from core import clock
from evidence import access as exhibits
from evidence.selectors import standing

SORTS = {
    "title": "title",
    "court": "court__name",
    "number": "claim_number",
    "due": "next_due",
    "hearing": "next_hearing",
    "unfiled": "unfiled",
}


def matters(user: User, *, words: str = "", sort: str = "") -> QuerySet[Case]:
    """The matters of which the person is a member, each with what is next in it.

    Each row also has ``role``, ``next_due``, ``next_due_title``, ``next_hearing``, ``next_hearing_title``
    and ``unfiled`` (a count).
    """
    due = DueDate.objects.filter(case=OuterRef("pk"), state__in=OPEN).order_by("due_on", "due_time", "pk")
    hearing = Hearing.objects.filter(case=OuterRef("pk"), starts_at__gte=clock.now()).order_by("starts_at")
    loose = standing(exhibits.visible(user)).filter(case=OuterRef("pk"), filing=None, parent=None, mark="")
    counted = loose.order_by().values("case").annotate(number=Count("pk")).values("number")
    found = (
        access.visible(user)
        .select_related("court")
        .annotate(
            role=Subquery(Membership.objects.filter(case=OuterRef("pk"), user=user).values("role")[:1]),
            next_due=Subquery(due.values("due_on")[:1]),
            next_due_title=Subquery(due.values("title")[:1]),
            next_hearing=Subquery(hearing.values("starts_at")[:1]),
            next_hearing_title=Subquery(hearing.values("title")[:1]),
            unfiled=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        )
    )
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(claim_number__icontains=word) | Q(court__name__icontains=word)
        )
    key = F(SORTS.get(sort.removeprefix("-"), "title"))
    order = key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)
    return found.order_by(order, "title", "pk")
