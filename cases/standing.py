"""How a filing and a due date stand, in the words a paralegal uses."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.kinds import FilingKind
from cases.models import DueDate, Filing
from cases.rules import calendar_of, pack_of
from core import clock
from core.errors import InvalidInput
from jurisdictions.deadlines import Document, deemed_service
from jurisdictions.deadlines.service import DeemedService
from jurisdictions.models import Court

OPEN = (DueDate.State.PROPOSED, DueDate.State.CONFIRMED)
"""The states in which a due date is still ahead of somebody."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words, and the mark that stands beside it: due, doubtful, done, neutral or waiting."""

    words: str
    mark: str


def short_date(day: date, *, today: date) -> str:
    """``6 Oct``, with the year where it is not the present one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"


def deemed(filing: Filing, court: Court) -> DeemedService | None:
    """When the filing counts as served, with the working; None where no table answers that.

    Law: CPR 6.14 for a claim form, CPR 6.26 for any other document.
    """
    pack, calendar = pack_of(court), calendar_of(court)
    if filing.served_at is None or pack is None or calendar is None:
        return None
    kind = Document.CLAIM_FORM if filing.kind == FilingKind.CLAIM_FORM else Document.OTHER
    try:
        return deemed_service(filing.served_by, filing.served_at, calendar, rules=pack.service[kind])
    except InvalidInput:
        return None


def served_words(filing: Filing, court: Court) -> str:
    """``Served by e-mail on 6 Oct, deemed 7 Oct``; empty where the filing has not been served."""
    if filing.served_at is None:
        return ""
    how = Filing.Method(filing.served_by)
    by = {Filing.Method.ABROAD: "abroad", Filing.Method.PERSONAL: "personally"}.get(how, f"by {how.label}")
    counted = deemed(filing, court)
    tail = f", deemed {short_date(counted.date, today=clock.today(court.zone))}" if counted else ""
    return f"Served {by} on {_day(filing.served_at, court)}{tail}"


def submitted_words(filing: Filing, court: Court) -> str:
    """``Submitted by CE-File on 6 Oct``; empty where the filing has not been submitted."""
    if filing.submitted_at is None:
        return ""
    how = Filing.Method(filing.submitted_by)
    by = "over the court counter" if how is Filing.Method.COUNTER else f"by {how.label}"
    return f"Submitted {by} on {_day(filing.submitted_at, court)}"


def standing(filing: Filing, court: Court) -> Standing:
    """The furthest thing that has happened to a filing; a rejection outweighs everything else."""
    if filing.rejected_at:
        return Standing(f"Rejected on {_day(filing.rejected_at, court)}: {filing.rejected_because}", "due")
    if filing.served_at:
        return Standing(served_words(filing, court), "done")
    if filing.accepted_at:
        return Standing(f"Accepted on {_day(filing.accepted_at, court)}", "done")
    if filing.submitted_at:
        return Standing(submitted_words(filing, court), "waiting")
    if filing.prepared_at:
        return Standing(f"Prepared on {_day(filing.prepared_at, court)}", "neutral")
    return Standing("Logged, nothing more recorded", "neutral")


def due_standing(due: DueDate, today: date) -> Standing:
    """The state of a due date, and how near it is where it is still ahead of somebody."""
    if due.state not in OPEN:
        marks = {DueDate.State.DONE: "done", DueDate.State.MISSED: "due"}
        return Standing(due.get_state_display(), marks.get(DueDate.State(due.state), "neutral"))
    days = (due.due_on - today).days
    match days:
        case 0:
            near = "due today"
        case 1:
            near = "due tomorrow"
        case _ if days < 0:
            near = f"{-days} {'day' if days == -1 else 'days'} late"
        case _:
            near = f"in {days} days"
    mark = "due" if days <= 0 else "doubtful" if due.state == DueDate.State.PROPOSED else "waiting"
    return Standing(f"{due.state.capitalize()}, {near}", mark)


def _day(moment: datetime, court: Court) -> str:
    return short_date(clock.local_date(moment, court.zone), today=clock.today(court.zone))
