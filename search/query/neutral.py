"""Neutral citations as people type them: recognised in any usual spelling, and put into one normal form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

COURTS = {
    "UKSC": (), "UKPC": (), "UKHL": (),
    "EWCA": ("Civ", "Crim"),
    "EWHC": (
        "Admin", "Admlty", "Ch", "Comm", "Costs", "Fam", "IPEC", "KB", "QB", "Mercantile", "Pat",
        "SCCO", "TCC",
    ),
    "EWFC": ("B",), "EWCOP": ("T1", "T2", "T3"), "EWCC": (), "EWCR": (),
    "EAT": (), "UKEAT": (),
    "UKUT": ("AAC", "IAC", "LC", "TCC"),
    "UKFTT": ("TC", "GRC", "PC", "HESC"),
    "UKAIT": (), "UKIAT": (), "UKIPTrib": (), "UKSIAC": (), "UKET": (), "CAT": (),
    "CSOH": (), "CSIH": (), "HCJAC": (), "SAC": (),
    "NICA": (), "NIQB": (), "NIKB": (), "NICh": (), "NIFam": (),
    "IEHC": (), "IESC": (), "ECHR": (),
    "NZSC": (), "NZCA": (), "NSWCA": (), "FCA": (), "FCAFC": (), "HCA": (), "HKCFA": (),
    "SGCA": (), "SGHC": (), "SCC": (), "ONSC": (), "ONCA": (),
}  # fmt: skip
MISSPELT = {"EWCH": "EWHC", "EHWC": "EWHC"}
# Without parentheses these are taken as words of the query, not as a division.
_ORDINARY_WORDS = {"Costs", "B"}

_CANONICAL_COURT = {court.upper(): court for court in COURTS} | MISSPELT
_CANONICAL_DIVISION = {division.upper(): division for divisions in COURTS.values() for division in divisions}


def _any_of(words: Iterable[str], *, dotted: bool = False) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(r"\.?".join(word) if dotted else word for word in longest_first)


def _court_and_number(court: str) -> str:
    number = r"\d{1,6}(?!\w)"
    divisions = COURTS[MISSPELT.get(court, court)]
    code = rf"{_any_of([court], dotted=True)}\.?\s*"
    if not divisions:
        return code + number
    bare = _any_of(set(divisions) - _ORDINARY_WORDS)
    before = rf"(?:\((?:{_any_of(divisions)})\)\s*" + (rf"|(?:{bare})\b\.?\s*)?" if bare else ")?")
    after = rf"(?:\s*\((?:{_any_of(divisions)})\)?" + (rf"|\s*\b(?:{bare})\b)?" if bare else ")?")
    return code + before + number + after


_COURT = _any_of(_CANONICAL_COURT, dotted=True)
_DIVISION = _any_of(_CANONICAL_DIVISION)
_YEAR = r"(?<!\w)(?:[\[({]\s*(?:18|19|20)\d\d\s*[\])}]|(?:18|19|20)\d\d(?=\s))\s*"
PATTERN = _YEAR + "(?:" + "|".join(_court_and_number(court) for court in [*COURTS, *MISSPELT]) + ")"
_SPOTTED = re.compile(PATTERN, re.IGNORECASE)
_PARTS = re.compile(
    rf"\W*(?P<year>\d{{4}})\W*(?P<court>{_COURT})\.?\W*(?P<before>{_DIVISION})?\W*"
    rf"(?P<number>\d{{1,6}})\W*(?P<after>{_DIVISION})?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One neutral citation in normal form, and the offsets of its first character and after its last."""

    citation: str
    start: int
    end: int


def mentions(text: str) -> Iterator[Mention]:
    """Each place of the text that names a decision by its neutral citation, in order."""
    for spotted in _SPOTTED.finditer(text):
        if citation := normal(spotted.group()):
            yield Mention(citation, spotted.start(), spotted.end())


def find_all(text: str) -> list[str]:
    """Each different neutral citation in the text, in normal form, in order of first mention."""
    return list(dict.fromkeys(mention.citation for mention in mentions(text)))


def normal(citation: str) -> str | None:
    """The normal form, for example ``[2025] EWHC 2863 (Ch)``, or None when this is no neutral citation."""
    parts = _PARTS.fullmatch(citation)
    if not parts or not _SPOTTED.fullmatch(citation.strip()):
        return None
    court = _CANONICAL_COURT[parts["court"].replace(".", "").upper()]
    division = _CANONICAL_DIVISION.get((parts["before"] or parts["after"] or "").upper(), "")
    number = int(parts["number"])
    if court == "EWCA" and division:
        return f"[{parts['year']}] EWCA {division} {number}"
    return f"[{parts['year']}] {court} {number}" + (f" ({division})" if division else "")
