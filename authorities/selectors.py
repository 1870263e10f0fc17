"""Reads that more than one caller needs."""

import json
from collections.abc import Mapping

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from authorities.models import Authority
from ledger.hashing import canonical, text_digest

SORTS = {"name": "name", "court": "court", "date": "date"}
NEWEST_FIRST = "-date"


def listed(asked: Mapping[str, str], sort: str = NEWEST_FIRST) -> QuerySet[Authority]:
    """The authorities that fit everything asked, in the order asked; unknown orders mean newest first.

    Args:
        asked: any of ``words``, ``kind``, ``court``, ``year``, ``topic`` and ``checked`` ("yes", "no").
        sort: a key of ``SORTS``, with a minus sign for descending.
    """
    found = Authority.objects.all()
    for word in asked.get("words", "").split():
        found = found.filter(Q(name__icontains=word) | Q(citation__icontains=word))
    for name in ("kind", "court"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if asked.get("year"):
        found = found.filter(date__year=asked["year"])
    if asked.get("topic"):
        written = Cast("topics", TextField())
        found = found.annotate(written_topics=written).filter(
            written_topics__contains=json.dumps(asked["topic"])
        )
    if asked.get("checked"):
        found = found.filter(verified=asked["checked"] == "yes")
    return _ordered(found, sort)


def _ordered(found: QuerySet[Authority], sort: str) -> QuerySet[Authority]:
    column = F(SORTS.get(sort.removeprefix("-"), "date"))
    descending = sort.startswith("-") or sort not in SORTS
    order = column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)
    return found.order_by(order, "name", "pk")


def courts() -> list[str]:
    """Every court that gave one of the authorities, in alphabetical order."""
    return list(
        Authority.objects.exclude(court="").order_by("court").values_list("court", flat=True).distinct()
    )


def years() -> list[int]:
    """Every year of an authority, newest first."""
    return [day.year for day in Authority.objects.dates("date", "year", order="DESC")]


def topics() -> list[str]:
    """Every topic of an authority, in alphabetical order."""
    lists = Authority.objects.exclude(topics=[]).order_by().values_list("topics", flat=True)
    return sorted({topic for topics in lists for topic in topics})


def paragraphs_digest(authority: Authority) -> str:
    """SHA-256 (hex) over the number, anchor, heading and text of every paragraph, in order."""
    rows = authority.paragraphs.order_by("order").values("order", "number", "anchor", "heading", "text")
    return text_digest((row["order"], canonical(dict(row))) for row in rows.iterator())
