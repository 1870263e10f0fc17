"""What the first page of a judgment says, for files whose metadata do not."""

import re
from datetime import date, datetime

from lxml import etree

from authorities.importers.namespaces import AKN
from authorities.importers.text import lines_of

_VERSUS = re.compile(r"\W*(v|vs|and)\W*", re.IGNORECASE)
_ON_APPLICATION = re.compile(r"\W*on the application of\W*", re.IGNORECASE)
_ROLE = re.compile(
    r"\W*(claimants?|defendants?|appellants?|respondents?|interested part(y|ies)|applicants?)\W*",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\W*(?:before\b|tribunal\s*:|decided by\b)\W*(?P<name>.*)", re.IGNORECASE)
_OFFICE_LAST = re.compile(r".+,\s[\w ]*(?:president|judge|recorder|master)", re.IGNORECASE)
_SITTING = re.compile(r"\W*sitting\b", re.IGNORECASE)
_BENCH = re.compile(r"\b(judge|justice|lord|lady|master|recorder|president|chair(man)?)\b", re.IGNORECASE)
_DECIDED = re.compile(
    r"(?:judgment|decision|date)[^:]{0,30}:\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Z][a-z]+)\s+(?P<year>\d{4})",
    re.IGNORECASE,
)
_BENCH_LINES = 12


def header_lines(judgment: etree._Element) -> list[str]:
    """The lines of the first page."""
    header = judgment.find(f"{AKN}header")
    return [] if header is None else lines_of(header)


def name(header: list[str]) -> str:
    """The name of the case from its title on the first page: ``REGINA v FRASER``; empty when not found."""
    for index, line in enumerate(header):
        if _VERSUS.fullmatch(line):
            before = [text for text in header[:index] if not _ROLE.fullmatch(text)]
            after = [text for text in header[index + 1 :] if not _ROLE.fullmatch(text)]
            if before and after:
                claimant = before[-1]
                if len(before) > 1 and _ON_APPLICATION.fullmatch(before[-2]):
                    claimant = f"R (on the application of {claimant})"
                return f"{claimant} v {after[0]}"
    return ""


def judges(header: list[str]) -> list[str]:
    """The names of the bench as they stand under "Before", or with their office; empty when not found."""
    for index, line in enumerate(header):
        if before := _BEFORE.fullmatch(line):
            following = header[index + 1 : index + 1 + _BENCH_LINES]
            return _bench([before["name"], *following] if before["name"] else following)
    return [line for line in header if _OFFICE_LAST.fullmatch(line)]


def _bench(lines: list[str]) -> list[str]:
    bench: list[str] = []
    for index, line in enumerate(lines):
        if _SITTING.match(line):
            if not bench and index:
                bench.append(lines[index - 1].strip(" :,"))
            break
        if _BENCH.search(line):
            bench.append(line.strip(" :,"))
        elif bench:
            break
    return bench


def decision_date(header: list[str]) -> date | None:
    """The day of the judgment as printed, or None."""
    for found in _DECIDED.finditer("\n".join(header)):
        written = f"{found['day']} {found['month'].capitalize()} {found['year']}"
        try:
            return datetime.strptime(written, "%d %B %Y").date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None
