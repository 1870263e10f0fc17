"""Proposals for one filing, each with the place it was read from."""

import datetime
from collections.abc import Iterator, Sequence

from evidence.reading.claim_number import read_claim_number
from evidence.reading.dating import read_date
from evidence.reading.kind import read_kind
from evidence.reading.page import Page, places
from evidence.reading.proposal import (
    CourtPattern,
    KnownParty,
    Proposal,
    Proposals,
    ReadingWarning,
    WarningCode,
)
from evidence.reading.side import read_party
from evidence.reading.title import read_title


def propose(
    pages: Sequence[Page],
    *,
    parties: Sequence[KnownParty],
    claim_number: str,
    courts: Sequence[CourtPattern],
    filename: str = "",
    today: datetime.date,
) -> Proposals:
    """What the document says of itself; nothing is proposed where nothing was read.

    Args:
        pages: the extracted pages, in order.
        parties: those of the matter; those of one role in the order of their numbers (First Defendant first).
        claim_number: the matter's own, or empty.
        courts: whose claim-number patterns are tried, in this order.
        filename: what the sender called the file; a last resort, and then a guess.
        today: the calendar date at the court.
    """
    lines = places(pages)
    kind = read_kind(lines, filename)
    date = read_date(lines, kind, filename)
    number = read_claim_number(lines, courts, claim_number)
    return Proposals(
        kind=kind,
        party=read_party(lines, parties, kind),
        date=date,
        claim_number=number,
        title=read_title(lines, kind, filename),
        warnings=(*_future(date, today), *_other_number(number, claim_number)),
    )


def _future(date: Proposal[datetime.date] | None, today: datetime.date) -> Iterator[ReadingWarning]:
    if date is not None and date.value > today:
        day = f"{date.value.day} {date.value:%B %Y}"
        message = f"The document is dated {day}, which is still to come. Check the date."
        yield ReadingWarning(WarningCode.FUTURE_DATE, message)


def _other_number(number: Proposal[str] | None, own: str) -> Iterator[ReadingWarning]:
    if number is not None and own and number.value.casefold() != own.strip().casefold():
        message = (
            f"The document carries claim number {number.value}; this matter is {own}. "
            "Check that it is filed in the right matter."
        )
        yield ReadingWarning(WarningCode.OTHER_CLAIM_NUMBER, message)
