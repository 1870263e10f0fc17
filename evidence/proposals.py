"""What an exhibit's pages say of it, offered to the person who files it."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cases.models import Case
from core import clock
from evidence import reading
from evidence.models import Exhibit, Intake, Page
from jurisdictions.models import Court

READ = "read"
"""The step of the intake after which the pages have their text."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    text: str
    lines: Sequence[_Line]


def is_reading(exhibit: Exhibit) -> bool:
    """Whether proposals may still come: the intake is under way and has not read the text yet."""
    intake = exhibit.intake
    waiting = intake.state in (Intake.State.WAITING, Intake.State.RUNNING)
    return waiting and READ not in intake.finished_steps


def read_lines(page: Page) -> list[_Line]:
    """The lines of a stored page with their words."""
    starts = [line["start"] for line in page.lines]
    ends = [*(start - 1 for start in starts[1:]), len(page.text)]
    return [
        _Line(line["number"], page.text[line["start"] : end], line["start"])
        for line, end in zip(page.lines, ends, strict=True)
    ]


def propose(exhibit: Exhibit) -> reading.Proposals | None:
    """Kind, party, date, title and claim number as far as the text gives them; None before it is read."""
    if is_reading(exhibit):
        return None
    case = exhibit.case
    pages = [_Page(page.number, page.text, read_lines(page)) for page in exhibit.pages.all()]
    return reading.propose(
        pages,
        parties=[
            reading.KnownParty(party.pk, party.name, party.role, party.aliases)
            for party in case.parties.order_by("role", "order", "name")
        ],
        claim_number=case.claim_number,
        courts=_courts(case),
        filename=exhibit.original_name,
        today=clock.today(ZoneInfo(case.court.time_zone)),
    )


def _courts(case: Case) -> list[reading.CourtPattern]:
    """The courts whose claim numbers are known, the matter's own first."""
    rows = Court.objects.exclude(claim_number_pattern="").order_by("code")
    return [
        reading.CourtPattern(court.code, court.name, court.claim_number_pattern)
        for court in sorted(rows, key=lambda court: court.pk != case.court_id)
    ]
