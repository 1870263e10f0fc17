"""Dates as English legal documents write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|(?-i:JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY"
    r"|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER))\.?"
)
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?"
_SPACE = r"[^\S\n]*\n?[^\S\n]*"

_WRITTEN = (
    re.compile(
        rf"(?<![\d.,£$€]){_DAY}{_SPACE}(?:day{_SPACE}of{_SPACE}|of{_SPACE}|-)?{_MONTH},?(?:{_SPACE}|-){_YEAR}\b"
    ),
    re.compile(rf"\b{_MONTH}{_SPACE}{_DAY},{_SPACE}{_YEAR}\b"),
    re.compile(rf"(?<!\d\s)\b{_MONTH},?[^\S\n]+{_YEAR}\b"),
)
_ISO = re.compile(
    r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d/-])"
)
_NUMERIC = re.compile(
    r"(?<![\w/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-]|\.\d)"
)
_YEAR_ALONE = re.compile(
    r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Dd]uring|[Bb]efore|[Aa]fter|[Ff]rom|[Ff]or|[Oo]f)\s(?P<year>(?:19|20)\d\d)\b(?![-/:\d]|\.\d|\s+Act\b)"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at one place of a text, as precise as it was written.

    Args:
        start: offset of the first character.
        end: offset after the last character.
        year: four digits.
        month: 1 to 12, or None where only the year was written.
        day: 1 to 31, or None where no day was written.
        ambiguous: written in figures so that day and month could be exchanged; read as day, month, year.
    """

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None
    ambiguous: bool = False

    @property
    def iso(self) -> str:
        """ISO 8601 at reduced precision where the text is imprecise."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def calendar_date(self) -> date | None:
        """The day, or None where the text names only a month or a year."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


def find_dates(text: str) -> Iterator[FoundDate]:
    """Every date in the text; places may repeat, the most precise first.

    Dates that no calendar has (31 June) are left out. Figures alone are read as day, month, year.
    """
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = _MONTHS.index(groups["month"][:3].lower()) + 1
            yield from _existing(
                match, int(groups["year"]), month, int(groups["day"]) if groups.get("day") else None
            )
    for match in _ISO.finditer(text):
        yield from _existing(match, int(match["year"]), int(match["month"]), int(match["day"]))
    yield from _numeric(text)
    for match in _YEAR_ALONE.finditer(text):
        yield FoundDate(match.start("year"), match.end("year"), int(match["year"]))


def _numeric(text: str) -> Iterator[FoundDate]:
    for match in _NUMERIC.finditer(text):
        day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
        if year < 100:
            if match["mark"] == ".":  # 12.3.45 is more often a rule or a section than a date
                continue
            year += 2000 if year < 70 else 1900
        yield from _existing(match, year, month, day, ambiguous=day <= 12 and day != month)


def _existing(
    match: re.Match[str], year: int, month: int, day: int | None, *, ambiguous: bool = False
) -> Iterator[FoundDate]:
    try:
        date(year, month, day or 1)
    except ValueError:
        return
    yield FoundDate(match.start(), match.end(), year, month, day, ambiguous)
