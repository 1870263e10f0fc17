"""The date that a document gives itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from cases.kinds import FilingKind
from evidence.entities.dates import FoundDate, find_dates
from evidence.reading.kind import SALUTATION
from evidence.reading.noise import mended_date
from evidence.reading.page import Place, front_matter
from evidence.reading.proposal import Certainty, Proposal, at, from_filename

_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)?"
_MAIL_DATE = re.compile(r"(?:Date|Sent)\s?:\s*", re.I)
_ISSUE = re.compile(r"(?:Date of issue|Issue date|Issued(?: on)?|Date issued)\s*:?\s*(?:the\s+)?", re.I)
_DATED = re.compile(
    rf"(?:Re-?dated|Dated|DATED|Date(?: (?:signed|made"
    rf"|of (?:this )?(?:statement|report|order|letter)))?|DATE|Made on|Signed on"
    rf"|Order made(?: on)?|Dated and made)(?:\s+this)?\s*[:,-]?\s*(?:the\s+)?{_WEEKDAY}"
)
_LABEL_ONLY = re.compile(r"(?:Date|Dated|Issue date|Date of issue)\s*:?|(?:Date\s+)?Day\s+Month\s+Year", re.I)
_BOXED = re.compile(r"(?P<day>\d ?\d)\s+(?P<month>\d ?\d)\s+(?P<year>\d ?\d ?\d ?\d)")
_TRUTH = re.compile(r"statement of truth|I believe that the facts|believes that the facts|signed\b", re.I)
_NEAR_TOP = 20

Reading = tuple[Place, FoundDate, bool, str]
"""The line, the date found in it, whether the scan was mended, and what kind of place it is."""


def read_date(
    lines: Sequence[Place], kind: Proposal[FilingKind] | None, filename: str
) -> Proposal[date] | None:
    """The document's own date, never one that it only mentions.

    Figures that could be read two ways are read as day, month, year, and the reason says so.
    """
    value = kind.value if kind else None
    for reader in _readers(value):
        for mend in (False, True):
            if found := reader(lines, mend):
                return _proposal(found)
    return _from_name(filename)


def _readers(kind: FilingKind | None) -> list[Callable[[Sequence[Place], bool], Reading | None]]:
    if kind is FilingKind.EMAIL:
        return [_mail_header]
    if kind is FilingKind.LETTER:
        return [_letter_date]
    if kind is FilingKind.CLAIM_FORM:
        return [_issue_date, _signed_date, _alone_near_top]
    if kind in {FilingKind.WITNESS_STATEMENT, FilingKind.EXPERT_REPORT, FilingKind.EXHIBIT, FilingKind.ORDER}:
        return [_dated_near_top, _alone_near_top, _signed_date, _alone_at_end]
    return [_signed_date, _alone_near_top, _alone_at_end]


def _mail_header(lines: Sequence[Place], mend: bool) -> Reading | None:
    for line in lines[:25]:
        if match := _MAIL_DATE.match(line.text):
            return next(_dates_of(line, match.end(), mend, "the e-mail’s header"), None)
    return None


def _issue_date(lines: Sequence[Place], mend: bool) -> Reading | None:
    return _after(_ISSUE, lines, mend, "the date of issue")


def _letter_date(lines: Sequence[Place], mend: bool) -> Reading | None:
    opening = next((i for i, line in enumerate(lines[:45]) if SALUTATION.fullmatch(line.text)), _NEAR_TOP)
    head = lines[:opening]
    return _after(_DATED, head, mend, "the letter’s date") or _alone(
        head, mend, "a date alone above the greeting"
    )


def _dated_near_top(lines: Sequence[Place], mend: bool) -> Reading | None:
    return _after(_DATED, front_matter(lines)[:_NEAR_TOP], mend, "the mark at the head of the document")


def _alone_near_top(lines: Sequence[Place], mend: bool) -> Reading | None:
    return _alone(front_matter(lines)[:_NEAR_TOP], mend, "a date alone near the head of the document")


def _alone_at_end(lines: Sequence[Place], mend: bool) -> Reading | None:
    return _alone(lines[-12:], mend, "a date alone at the end")


def _signed_date(lines: Sequence[Place], mend: bool) -> Reading | None:
    """The date beside the signature, else the first line that says nothing but when the document is dated."""
    signature = next((i for i, line in enumerate(lines) if _TRUTH.search(line.text)), 0)
    where = "the line that dates the document"
    return _after(_DATED, lines[signature:], mend, where) or _after(_DATED, lines[:signature], mend, where)


def _after(cue: re.Pattern[str], lines: Sequence[Place], mend: bool, where: str) -> Reading | None:
    """A line that is the cue and a date and no more, or a label whose date stands on the next line."""
    for index, line in enumerate(lines):
        match = cue.match(line.text)
        if match and (found := _whole(line, match.end(), mend, where)):
            return found
        if _LABEL_ONLY.fullmatch(line.text) and index + 1 < len(lines):
            following = lines[index + 1]
            if found := _whole(following, 0, mend, where) or _boxed(following, where):
                return found
    return None


def _alone(lines: Sequence[Place], mend: bool, where: str) -> Reading | None:
    return next((found for line in lines if (found := _whole(line, 0, mend, where))), None)


def _whole(line: Place, start: int, mend: bool, where: str) -> Reading | None:
    """The date that, with its weekday, is all that stands on the line from ``start``."""
    for found in _dates_of(line, start, mend, where):
        text = mended_date(line.text) if mend else line.text
        before, after = text[start : found[1].start], text[found[1].end :]
        if re.fullmatch(rf"{_WEEKDAY}(?:the )?", before, re.I) and re.fullmatch(r"[\s.,;)]*", after):
            return found
    return None


def _dates_of(line: Place, start: int, mend: bool, where: str) -> Iterator[Reading]:
    text = mended_date(line.text) if mend else line.text
    for found in find_dates(text):
        if found.calendar_date and found.start >= start:
            yield line, found, mend, where


def _boxed(line: Place, where: str) -> Reading | None:
    match = _BOXED.fullmatch(line.text)
    if match is None:
        return None
    day, month, year = (int(match[name].replace(" ", "")) for name in ("day", "month", "year"))
    try:
        date(year, month, day)
    except ValueError:
        return None
    return line, FoundDate(0, len(line.text), year, month, day), False, where


def _proposal(found: Reading) -> Proposal[date]:
    line, when, mended, where = found
    value = when.calendar_date
    assert value is not None  # noqa: S101 - every reader keeps only dates with a day
    span = (0, len(line.text)) if mended else (when.start, when.end)
    quote = line.text[slice(*span)]
    why = f"Read from {where}."
    if mended:
        why = f"The scan reads “{quote}” in {where}; taken for {_long(value)}."
    if when.ambiguous:
        why += f" “{quote}” is read as day, month, year (the UK order): {_long(value)}."
    certainty = Certainty.GUESSED if mended or when.ambiguous else Certainty.READ
    return at(line, value, why, certainty=certainty, span=span)


def _long(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _from_name(filename: str) -> Proposal[date] | None:
    for found in find_dates(filename.rsplit(".", 1)[0].replace("_", " ")):
        if value := found.calendar_date:
            words = "Its pages give it no date of its own; its file’s name does."
            return from_filename(filename, value, words)
    return None
