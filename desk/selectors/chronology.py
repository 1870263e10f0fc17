"""Everything of a matter that has a date, in one order."""

import heapq
from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, overload

from django.urls import reverse

from accounts.models import User
from cases.kinds import FilingKind
from cases.models import Case, DueDate, Filing
from desk.selectors.dated import Row, Source, day_of
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
_MARKS = {
    DueDate.State.DONE: "done",
    DueDate.State.PROPOSED: "doubtful",
    DueDate.State.CONFIRMED: "due",
    DueDate.State.MISSED: "due",
}


class Chronology(Sequence[Row]):
    """The dated things of a matter that one person may see: by day, then by kind, then by hour.

    Pages are cut at any place without reading what stands before it: the day at which the page begins is
    found by counting, and each kind is read from there on by its index.
    """

    def __init__(self, user: User, case: Case, kinds: Collection[str] = ()) -> None:
        """No kind named is all of them."""
        wanted = [kind for kind in KINDS if kind in kinds] or list(KINDS)
        self._sources = [_source(kind, user, case) for kind in wanted]

    def __len__(self) -> int:
        return sum(source.span.count for source in self._sources)

    @overload
    def __getitem__(self, wanted: int) -> Row: ...

    @overload
    def __getitem__(self, wanted: slice) -> list[Row]: ...

    def __getitem__(self, wanted: int | slice) -> Row | list[Row]:
        """The row or rows at these places, counted from the oldest, which is 0."""
        if isinstance(wanted, slice):
            start, stop, step = wanted.indices(len(self))
            return self._rows(start, stop)[::step] if start < stop else []
        place = range(len(self))[wanted]
        return self._rows(place, place + 1)[0]

    def _rows(self, start: int, stop: int) -> list[Row]:
        first, before = day_of(self._sources, start)
        skipped = start - before
        pieces = []
        for source in self._sources:
            passed = min(skipped, source.between(first, first + timedelta(days=1))) if skipped else 0
            skipped -= passed
            pieces.append(source.rows(first, passed, stop - start))
        # Of one day, the merge keeps the order of the sources.
        return list(heapq.merge(*pieces, key=lambda row: row["day"]))[: stop - start]


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
            return reverse("cases:filing", args=[case.pk, row["pk"]])
        case "due":
            return reverse("cases:due_date", args=[case.pk, row["pk"]])
        case "exhibit":
            return reverse("evidence:exhibit", args=[case.pk, row["pk"]])
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


def _source(kind: str, user: User, case: Case) -> Source:
    source = partial(Source, kind, zone=case.court.zone)
    match kind:
        case "dated":
            return source(case.filings.all(), "dated", "title", "kind")
        case "served":
            return source(case.filings.all(), "served_at", "title", "served_by")
        case "hearing":
            return source(case.hearings.all(), "starts_at", "title", "place")
        case "due":
            standing_dates = case.due_dates.exclude(state=DueDate.State.SUPERSEDED)
            return source(standing_dates, "due_on", "title", "state")
        case _:
            loose = standing(exhibits.in_case(user, case)).filter(filing=None)
            return source(loose, "dated", "title", "mark")
