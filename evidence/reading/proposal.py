"""What reading offers for a person to check."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from cases.kinds import FilingKind
from evidence.reading.page import Place

Value = TypeVar("Value")


class Certainty(StrEnum):
    """Whether the document says it in so many words, or something was inferred or mended."""

    READ = "read"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Value]):
    """A value and the words it was read from.

    Args:
        value: what is proposed.
        page: page number from 1, or None where it comes from the file's name.
        line: line number on that page from 1, or None.
        start: offset of the quote in the page's text (or in the file's name).
        end: offset after the quote.
        quote: the words themselves.
        why: a sentence for the person who checks it.
        certainty: read or guessed.
    """

    value: Value
    page: int | None
    line: int | None
    start: int
    end: int
    quote: str
    why: str
    certainty: Certainty


class WarningCode(StrEnum):
    """What a person must look at before saving."""

    FUTURE_DATE = "future-date"
    OTHER_CLAIM_NUMBER = "other-claim-number"


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something that does not fit the matter, in words for the person who files."""

    code: WarningCode
    message: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that was read; a field where nothing was read is None."""

    kind: Proposal[FilingKind] | None
    party: Proposal[int | str] | None
    date: Proposal[datetime.date] | None
    claim_number: Proposal[str] | None
    title: Proposal[str] | None
    warnings: tuple[ReadingWarning, ...]


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party of the matter: its row's id, its name, its role (``claimant``) and other names it goes by."""

    id: int | str
    name: str
    role: str
    aliases: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CourtPattern:
    """A court and the regular expression that its claim numbers match."""

    code: str
    name: str
    claim_number_pattern: str


def at(
    place: Place,
    value: Value,
    why: str,
    *,
    certainty: Certainty = Certainty.READ,
    span: tuple[int, int] | None = None,
) -> Proposal[Value]:
    """A proposal whose quote is the line, or the part of it that ``span`` gives."""
    first, last = span or (0, len(place.text))
    return Proposal(
        value=value,
        page=place.page,
        line=place.line,
        start=place.start + first,
        end=place.start + last,
        quote=place.text[first:last],
        why=why,
        certainty=certainty,
    )


def from_filename(filename: str, value: Value, why: str) -> Proposal[Value]:
    """A guess whose only ground is what somebody called the file."""
    return Proposal(value, None, None, 0, len(filename), filename, why, Certainty.GUESSED)
