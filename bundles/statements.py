"""Witness statements: the marks they carry, and the next mark for an exhibit to one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bundles.models import Bundle
from cases.kinds import FilingKind
from cases.models import Case
from evidence.models import Exhibit

PARTY = re.compile(
    r"(?:on behalf of )?(?:the )?(?:(?:\d+(?:st|nd|rd|th)|first|second|third|fourth) )?"
    r"(?:claimant|defendant|applicant|respondent|petitioner|part \d+ )\w*",
    re.IGNORECASE,
)
WITNESS = re.compile(r"(?:[A-Z]{1,4}|(?:[A-Z]\.? ?){1,4}) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?")
MARK = re.compile(r"\b([A-Z]{2,4}) ?(\d{1,3})\b")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
TITLE = re.compile(
    rf"({'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th))? ?(?:witness statement|affidavit)(?: of)? (?P<name>.+)",
    re.IGNORECASE,
)
HONORIFIC = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof(?:essor)?|sir|dame|lord|lady)\.? ", re.IGNORECASE)
CORNER = 5
"""Lines of the top right corner: party, witness, number of the statement, exhibits, date."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Marks for an exhibit's front sheet, the exhibit's mark, and where they were read."""

    lines: tuple[str, ...]
    mark: str
    where: str


def of_case(case: Case, among: Iterable[Exhibit]) -> list[Exhibit]:
    """Those of the exhibits that are witness statements or affidavits, by their filing or their title."""
    return [
        exhibit
        for exhibit in among
        if exhibit.case_id == case.pk
        and (
            (exhibit.filing and exhibit.filing.kind == FilingKind.WITNESS_STATEMENT)
            or TITLE.search(exhibit.title)
        )
    ]


def propose(statement: Exhibit) -> Proposal:
    """Marks for the next exhibit to this statement; a person confirms or corrects each of them.

    Law: CPR PD 32, 17.2 (the marks) and 18.6 (exhibits are numbered on across a witness's statements).
    """
    pages = list(statement.pages.order_by("number").values_list("text", flat=True))
    corner = _corner(pages[0] if pages else "")
    where = "page 1, top right" if corner else "the statement’s title"
    party, witness, number, _, day = corner or _from_title(statement)
    mark = _next_mark(statement, witness, pages)
    lines = (party, witness, number, f"Exhibit {mark}" if mark else "", day)
    return Proposal(tuple(line for line in lines if line), mark, where)


def _corner(text: str) -> tuple[str, ...]:
    """The five lines of PD 32, 17.2 where they stand among the first ones of the page."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()][: 3 * CORNER]
    for start in range(len(lines) - CORNER + 1):
        found = lines[start : start + CORNER]
        if PARTY.fullmatch(found[0]) and WITNESS.fullmatch(found[1]) and MARK.search(found[3]):
            return tuple(found)
    return ()


def _from_title(statement: Exhibit) -> tuple[str, ...]:
    found = TITLE.search(statement.title)
    words = HONORIFIC.sub("", found["name"].strip()).split() if found else []
    witness = f"{''.join(word[0] for word in words[:-1])} {words[-1]}".strip() if words else ""
    number = (found[1] or "First").capitalize() if found else ""
    party = statement.produced_by.get_role_display() if statement.produced_by else ""
    day = f"{statement.dated:%-d %B %Y}" if statement.dated else ""
    return party, witness, number, "", day


def _next_mark(statement: Exhibit, witness: str, pages: Iterable[str]) -> str:
    """The first mark that the statement refers to and nobody has used; else the one after the last used."""
    initials, _, surname = witness.partition(" ")
    letters = "".join(filter(str.isalpha, initials)).upper() + surname[:1].upper()
    if not surname:
        return ""
    used = {
        int(found[2])
        for mark in _marks_in(statement.case)
        if (found := MARK.fullmatch(mark.strip().upper())) and found[1] == letters
    }
    referred = {int(number) for text in pages for said, number in MARK.findall(text) if said == letters}
    waiting = sorted(referred - used)
    return f"{letters}{waiting[0] if waiting else max(used | referred, default=0) + 1}"


def _marks_in(case: Case) -> list[str]:
    made = Bundle.objects.filter(case=case).exclude(exhibit_mark="")
    return [
        *case.exhibits.exclude(mark="").values_list("mark", flat=True),
        *made.values_list("exhibit_mark", flat=True),
    ]
