"""Everything of a matter that has a date, in one order."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse

from accounts.models import User
from cases.kinds import FilingKind
from cases.models import Case, DueDate, Filing
from evidence import access as exhibits
from evidence.selectors import standing

KINDS = {
    "dated": "Filings, by their date",
    "served": "Service",
    "hearing": "Hearings",
    "due": "Due dates",
    "exhibit": "Dated exhibits",
}
WORDS = {
    "dated": "Filing",
    "served": "Service",
    "hearing": "Hearing",
    "due": "Due date",
    "exhibit": "Exhibit",
}
COLUMNS = ("day", "what", "id_text", "label", "note")
_MARKS = {
    DueDate.State.DONE: "done",
    DueDate.State.PROPOSED: "doubtful",
    DueDate.State.CONFIRMED: "due",
    DueDate.State.MISSED: "due",
}


class Row(TypedDict):
    """One dated thing as the database gives it; ``note`` is a code that ``event`` puts into words."""

    day: date
    what: str
    id_text: str
    label: str
    note: str


def rows(user: User, case: Case, kinds: Collection[str] = ()) -> "QuerySet[Any, Row]":
    """The dated things of a matter that this person may see, the oldest first; no kind named is all."""
    first, *others = _wanted(user, case, kinds)
    return first.union(*others, all=True).order_by("day", "what", "id_text")


def count(user: User, case: Case, kinds: Collection[str] = ()) -> int:
    """How many ``rows`` there are, without working out the day of each."""
    return sum(source.count() for source in _wanted(user, case, kinds))


def _wanted(user: User, case: Case, kinds: Collection[str]) -> "list[QuerySet[Any, Row]]":
    return [_SOURCES[kind](user, case) for kind in [kind for kind in KINDS if kind in kinds] or list(KINDS)]


def event(row: Row, case: Case) -> dict[str, Any]:
    """A row as the timeline takes it: date, label, page, mark, and a note in words."""
    what = row["what"]
    return {
        "date": row["day"],
        "label": row["label"],
        "href": _page(row, case),
        "kind": _MARKS.get(DueDate.State(row["note"]), "") if what == "due" else "",
        "text": _note(row),
        "word": WORDS[what],
    }


def _page(row: Row, case: Case) -> str:
    match row["what"]:
        case "dated" | "served":
            return reverse("cases:filing", args=[case.pk, UUID(row["id_text"])])
        case "due":
            return reverse("cases:due_date", args=[case.pk, int(row["id_text"])])
        case "exhibit":
            return reverse("evidence:exhibit", args=[case.pk, UUID(row["id_text"])])
        case _:
            return ""


def _note(row: Row) -> str:
    match row["what"]:
        case "dated":
            return FilingKind(row["note"]).label
        case "served":
            return f"Served by {Filing.Method(row['note']).label}"
        case "due":
            return DueDate.State(row["note"]).label
        case _:
            return row["note"]


def _dated(
    things: "QuerySet[Any]", what: str, day: Any, note: str, title: str = "title"
) -> "QuerySet[Any, Row]":
    columns = things.order_by().annotate(
        day=Cast(day, DateField()),
        what=Value(what, output_field=CharField()),
        id_text=Cast("pk", CharField(max_length=36)),
        label=F(title),
        note=F(note),
    )
    dated: QuerySet[Any, Row] = columns.values(*COLUMNS)
    return dated


_SOURCES = {
    "dated": lambda user, case: _dated(case.filings.exclude(dated=None), "dated", F("dated"), "kind"),
    "served": lambda user, case: _dated(
        case.filings.exclude(served_at=None), "served", TruncDate("served_at"), "served_by"
    ),
    "hearing": lambda user, case: _dated(case.hearings.all(), "hearing", TruncDate("starts_at"), "place"),
    "due": lambda user, case: _dated(
        case.due_dates.exclude(state=DueDate.State.SUPERSEDED), "due", F("due_on"), "state"
    ),
    "exhibit": lambda user, case: _dated(
        standing(exhibits.in_case(user, case)).filter(filing=None).exclude(dated=None),
        "exhibit",
        F("dated"),
        "mark",
    ),
}
