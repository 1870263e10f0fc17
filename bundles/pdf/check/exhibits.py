"""Exhibits to statements: EX-03, EX-05 and EX-06."""

import re
from dataclasses import dataclass

from bundles.pdf.check.documents import documents, first_date
from bundles.pdf.check.index_rows import index_rows
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import (
    Finding,
    failed,
    faulted,
    named_pages,
    not_applicable,
    passed,
    unverified,
)
from bundles.pdf.check.series import page_numbers
from bundles.pdf.check.statements import CORNER, INTRODUCED, lacking, statements

BARE_SHEET, SHEET = 600, 4_000  # characters that a front sheet has at most, without and with a list
FRONT_LINE = re.compile(
    r"^(?:this\s+is\s+)?(?:the\s+)?(exhibit\s+)?(?:marked\s+)?[“\"'‘]?([A-Z]{2,4})[ -]?(\d{1,3})[”\"'’]?$",
    re.IGNORECASE,
)
UNDATED = re.compile(r"\bundated\b|\bno date\b|\b(?:19|20)\d\d\b", re.IGNORECASE)


@dataclass(frozen=True)
class Front:
    """A front sheet: its page and the exhibit's mark in two parts."""

    page: int
    initials: str
    number: int

    @property
    def mark(self) -> str:
        """The mark, HP1."""
        return f"{self.initials}{self.number}"


def fronts(bundle: Bundle) -> list[Front]:
    """The pages that are an exhibit's front sheet: few words, and the mark on a line of its own.

    A mark that is repeated at the head of the pages that follow counts once.
    """
    found: list[Front] = []
    last = (0, "", 0)
    for number, page in enumerate(bundle.pages, 1):
        if not 0 < page.characters < SHEET:
            continue
        for line in page.own.splitlines():
            match = FRONT_LINE.match(line.strip())
            if match and (match[1] or (match[2].isupper() and page.characters < BARE_SHEET)):
                mark = match[2].upper(), int(match[3])
                if last != (number - 1, *mark):
                    found.append(Front(number, *mark))
                last = (number, *mark)
                break
    return found


def numbered_on(bundle: Bundle) -> Finding:
    """EX-03: a witness's exhibits never begin again nor share a number.

    Law: PD 32 para 18.6.
    """
    sheets = fronts(bundle)
    again = _restarts([(sheet.page, sheet.initials, sheet.number) for sheet in sheets])
    marks = []
    for statement in statements(bundle):
        words = "\n".join(page.text for page in bundle.pages[statement.first - 1 : statement.last])
        own = {_parts(match[1]) for match in INTRODUCED.finditer(words)}
        marks += [(statement.first, *mark) for mark in sorted(own)]
    again |= _restarts(marks)
    if again:
        return failed(f"Exhibit numbers begin again or repeat on {named_pages(sorted(again))}.", again)
    if len(sheets) + len(marks) < 2:
        return not_applicable("There are not two exhibits of one witness to compare.")
    return passed("Exhibit numbers run on.")


def _restarts(marks: list[tuple[int, str, int]]) -> set[int]:
    """The pages at which a witness's number is no higher than one before."""
    highest: dict[str, int] = {}
    again = set()
    for page, initials, number in marks:
        if number <= highest.get(initials, 0):
            again.add(page)
        highest[initials] = max(number, highest.get(initials, 0))
    return again


def _parts(mark: str) -> tuple[str, int]:
    letters = re.sub(r"[^A-Z]", "", mark.upper())
    return letters, int(re.sub(r"\D", "", mark))


def fronted(bundle: Bundle) -> Finding:
    """EX-05: an exhibit's front sheet carries the statement's marks and the exhibit's own.

    Law: PD 32 para 18.3 and 11.3.
    """
    sheets = fronts(bundle)
    alone = not statements(bundle)
    faults, pages = [], []
    parts = documents(bundle)
    opening = parts[0].first if parts else 1  # a list may stand before the front sheet
    if alone and not any(sheet.page <= opening for sheet in sheets):
        pages.append(1)
        faults.append("it does not begin with a front sheet that has the exhibit's mark")
    if not sheets and not alone:
        return not_applicable("No exhibit's front sheet was found.")
    for sheet in sheets:
        missing = lacking(bundle.words_in(sheet.page, *CORNER), exhibits=True)
        if missing:
            pages.append(sheet.page)
            faults.append(f"the front sheet of {sheet.mark} lacks at its top right {', '.join(missing)}")
    if faults:
        return faulted(faults, pages)
    return passed(f"Front sheets with their marks: {', '.join(sheet.mark for sheet in sheets)}.")


def listed(bundle: Bundle) -> Finding:
    """EX-06: pages are numbered at the bottom centre, and several documents have a dated list.

    Law: PD 32 para 13.3 and 15.1.
    """
    wanted, series, rows = bundle.profile.numbering.position, page_numbers(bundle), index_rows(bundle)
    if series is None:
        return failed("No run of page numbers was found.", range(1, len(bundle.pages) + 1))
    faults, pages = [], []
    if series.zone != wanted:
        faults.append(f"the page numbers stand at the {series.zone}, not at the {wanted}")
    first = next(number for number, mark in enumerate(series.marks, 1) if mark)
    broken = [
        number
        for number, mark in enumerate(series.marks, 1)
        if number > first and (mark is None or mark.value != number + series.offset or mark.turn)
    ]
    if broken:
        pages += broken
        faults.append(f"the numbers do not run on at {named_pages(broken)}")
    bare = [row for row in rows if first_date(row.words) is None and not UNDATED.search(row.words)]
    if bare:
        pages += [row.page for row in bare]
        faults.append(f"no date in the list for the documents on {named_pages(row.number for row in bare)}")
    if faults:
        return faulted(faults, pages)
    if not rows:
        return unverified(
            "Pages run on; if the exhibit holds several documents, a dated list must come first."
        )
    return passed(f"Pages run on at the {wanted}, and a dated list of {len(rows)} documents comes first.")
