"""What a filing is, whose, of which date and in which claim, as far as its pages say so."""

from evidence.reading.page import Line, Page
from evidence.reading.proposal import (
    Certainty,
    CourtPattern,
    KnownParty,
    Proposal,
    Proposals,
    ReadingWarning,
    WarningCode,
)
from evidence.reading.propose import propose

__all__ = [
    "Certainty",
    "CourtPattern",
    "KnownParty",
    "Line",
    "Page",
    "Proposal",
    "Proposals",
    "ReadingWarning",
    "WarningCode",
    "propose",
]
