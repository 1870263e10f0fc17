"""Reads that more than one caller needs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from cases.models import Case, Claim, DueDate, Filing
from cases.standing import OPEN
from core.errors import InvalidInput, NotFound

STATES = {
    "open": (
        "Nothing recorded yet",
        Q(submitted_at=None, served_at=None, accepted_at=None, rejected_at=None),
    ),
    "waiting": (
        "Waiting for the court",
        Q(submitted_at__isnull=False, accepted_at=None, rejected_at=None),
    ),
    "accepted": ("Accepted", Q(accepted_at__isnull=False)),
    "rejected": ("Rejected", Q(rejected_at__isnull=False)),
    "served": ("Served", Q(served_at__isnull=False)),
    "not-served": ("Not served", Q(served_at=None)),
}
"""What a docket can be narrowed to: the word in the address, the words for people, the rows."""

SORTS = {
    "number": "number",
    "date": "dated",
    "kind": "kind",
    "title": "title",
    "party": "party__name",
}


def with_claim_number(
    claim_number: str, *, among: QuerySet[Case], other_than: Case | None = None
) -> QuerySet[Case]:
    """The other matters, of those the asker may see, that carry the number."""
    claim_number = claim_number.strip()
    if not claim_number:
        return among.none()
    found = among.filter(claim_number__iexact=claim_number)
    return found.exclude(pk=other_than.pk) if other_than else found


def narrowed(case: Case, by: Mapping[str, Any]) -> QuerySet[Filing]:
    """The filings of a matter that fit; an absent or empty value narrows nothing.

    Args:
        case: the matter.
        by: ``kind``, ``party`` (a Party), ``state`` (a key of ``STATES``), ``since`` and ``until`` (dates
            of the document), ``words`` (each stands in the title; a bare number is a filing's own).
    """
    rows = Filing.objects.filter(case=case)
    columns = {"kind": "kind", "party": "party", "since": "dated__gte", "until": "dated__lte"}
    rows = rows.filter(**{column: by[name] for name, column in columns.items() if by.get(name)})
    if state := by.get("state"):
        rows = rows.filter(STATES[state][1])
    for word in (by.get("words") or "").split():
        rows = rows.filter(number=int(word)) if word.isdecimal() else rows.filter(title__icontains=word)
    return rows


def in_order(rows: QuerySet[Filing], sort: str) -> QuerySet[Filing]:
    """Filings sorted by a key of ``SORTS``, a minus before it for descending; newest number first else."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return rows.order_by("-number")
    if sort.startswith("-"):
        return rows.order_by(F(key).desc(nulls_last=True), "-number")
    return rows.order_by(F(key).asc(nulls_first=True), "number")


def due_dates(case: Case, *, which: str = "open") -> QuerySet[DueDate]:
    """The due dates of a matter, nearest first: ``open``, ``missed``, ``done`` or ``all``."""
    rows = DueDate.objects.filter(case=case).select_related("party", "trigger")
    match which:
        case "open":
            return rows.filter(state__in=OPEN)
        case "missed":
            return rows.filter(state=DueDate.State.MISSED)
        case "done":
            return rows.filter(state=DueDate.State.DONE).order_by("-due_on", "-pk")
        case _:
            return rows


def claims(case: Case) -> QuerySet[Claim]:
    """The claims of a matter with their causes and the parties on both sides."""
    return Claim.objects.filter(case=case).select_related("cause").prefetch_related("claimants", "defendants")


def case_named(name: str, *, among: QuerySet[Case] | None = None) -> Case:
    """The matter with this claim number or id, for commands; of those in ``among`` where that is given.

    Raises:
        NotFound: there is none.
        InvalidInput: several matters carry the number.
    """
    cases = (Case.objects.all() if among is None else among).select_related("court")
    try:
        found = list(cases.filter(pk=UUID(name)))
    except ValueError:
        found = list(cases.filter(claim_number__iexact=name.strip())[:2]) if name.strip() else []
    if not found:
        raise NotFound(f"There is no matter {name!r}.", remedy="Give its claim number as Assize holds it.")
    if len(found) > 1:
        raise InvalidInput(f"Several matters carry {name}.", remedy="Give the matter's id instead.")
    return found[0]
