"""Witness statements and affidavits in a bundle: EX-01, EX-02 and EX-04."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from bundles.pdf.check.display import Display
from bundles.pdf.check.documents import documents, first_date
from bundles.pdf.check.marks import Letters
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, faulted, named_pages, not_applicable, passed

HEADING = re.compile(r"\b(?:witness\s+statement|affidavit|affirmation)\s+of\b", re.IGNORECASE)
SHEET = re.compile(r"\bthis\s+is\s+the\s+exhibit\b", re.IGNORECASE)
HEAD = 2_500  # characters of the first page within which the heading stands
CORNER = (0.45, 0.72, 1.0, 1.0)  # the top right of the page, as parts of it
MARK = r"[A-Z]{2,4}[ -]?\d{1,3}"
MARKS = {
    "the party": re.compile(
        r"\b(?:claimant|defendant|applicant|respondent|petitioner|appellant|intervener|party|behalf)s?\b|\b[CDAR]\d{0,2}\b",
        re.IGNORECASE,
    ),
    "the witness's initials and surname": re.compile(r"\b(?:[A-Z]\.?\s?){1,4}\s?[A-Z][a-z’'-]+"),
    "the statement's number": re.compile(
        r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th)"
        r"|(?:no\.?|statement|number)\s*\d{1,2})\b",
        re.IGNORECASE,
    ),
}
EXHIBITS = re.compile(rf"\b{MARK}\b")
DATE = re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
MENTION = re.compile(r"\b(?:exhibit(?:s|ed)?|marked)\b", re.IGNORECASE)
INTRODUCED = re.compile(
    rf"\brefer(?:red)?\s+to\b.{{1,400}}?\bmarked\s+(?:as\s+)?[“\"'‘]?({MARK})", re.IGNORECASE | re.DOTALL
)
REFERENCE = re.compile(rf"\b{MARK}(?:/\d{{1,4}}|,?\s+(?:at\s+)?(?:page|p\.)\s*\d{{1,4}})")
MARGIN = 3.5 / 2.54 * 72  # points
NEAR = 4.0  # points
WIDE = 150.0  # points from which a run of text is a line of the body and not a note in the margin
BOLD = 600


@dataclass(frozen=True)
class Statement:
    """A statement's pages, from 1."""

    first: int
    last: int


def statements(bundle: Bundle) -> list[Statement]:
    """The statements in the file, found by the heading on a document's first page."""
    if "statements" not in bundle.kept:
        parts = documents(bundle)
        spans = [(part.first, part.last) for part in parts]
        if not any(first == 1 for first, _ in spans):
            spans.insert(0, (1, spans[0][0] - 1 if spans else len(bundle.pages)))
        bundle.kept["statements"] = [
            Statement(first, last)
            for first, last in spans
            if first <= len(bundle.pages) and _heads(bundle.pages[first - 1].text[:HEAD])
        ]
    found: list[Statement] = bundle.kept["statements"]
    return found


def _heads(words: str) -> bool:
    """Whether a statement begins with these words; an exhibit's front sheet only names one."""
    return bool(HEADING.search(words)) and not SHEET.search(words)


def lacking(corner: str, *, exhibits: bool) -> list[str]:
    """Which of the marks that PD 32 asks for are not in the words of a page's top right corner."""
    missing = [words for words, pattern in MARKS.items() if not pattern.search(corner)]
    if exhibits and not EXHIBITS.search(corner):
        missing.append("the exhibit's mark")
    if not DATE.search(corner) and first_date(corner) is None:
        missing.append("the date")
    return missing


def marked(bundle: Bundle) -> Finding:
    """EX-01: the top right of a statement shows party, witness, number, exhibits and date.

    Law: PD 32 para 17.2 (statements) and 11.3 (affidavits).
    """
    found = statements(bundle)
    if not found:
        return not_applicable("No witness statement or affidavit was found.")
    faults, pages = [], []
    for statement in found:
        exhibits = any(MENTION.search(words) for words in _texts(bundle, statement))
        missing = lacking(bundle.words_in(statement.first, *CORNER), exhibits=exhibits)
        if missing:
            pages.append(statement.first)
            faults.append(f"page {statement.first} lacks at its top right {', '.join(missing)}")
    if faults:
        return faulted(faults, pages)
    return passed(f"The statements on {named_pages(one.first for one in found)} carry their marks.")


def introduced(bundle: Bundle) -> Finding:
    """EX-02: a statement that has exhibits introduces them by what they are and their mark.

    Law: PD 32 para 18.4.
    """
    mentioning = [
        one for one in statements(bundle) if any(MENTION.search(words) for words in _texts(bundle, one))
    ]
    if not mentioning:
        return not_applicable("No statement with exhibits was found.")
    without = [one.first for one in mentioning if not INTRODUCED.search("\n".join(_texts(bundle, one)))]
    if without:
        return faulted(
            [f"no words “I refer to the … marked …” in the statement on {named_pages(without)}"],
            without,
        )
    return passed("Each statement with exhibits introduces them with their marks.")


def laid_out(bundle: Bundle) -> Finding:
    """EX-04: a statement's margin is 3.5 cm, and its references stand in the margin or in bold.

    Law: PD 32 para 19.1.
    """
    found = statements(bundle)
    if not found:
        return not_applicable("No witness statement or affidavit was found.")
    narrow, plain = [], []
    for statement in found:
        for number in range(statement.first, statement.last + 1):
            too_far_left, unmarked = _layout(bundle, number)
            if too_far_left:
                narrow.append(number)
            if unmarked:
                plain.append(number)
    faults = []
    if narrow:
        faults.append(f"a margin narrower than 3.5 cm on {named_pages(narrow)}")
    if plain:
        faults.append(f"references neither in the margin nor in bold on {named_pages(plain)}")
    if faults:
        return faulted(faults, [*narrow, *plain])
    return passed("Margins are 3.5 cm, and references stand in them or in bold.")


def _texts(bundle: Bundle, statement: Statement) -> list[str]:
    return [page.text for page in bundle.pages[statement.first - 1 : statement.last]]


def _layout(bundle: Bundle, number: int) -> tuple[bool, bool]:
    seen = bundle.pages[number - 1]
    page = pdfium.FPDF_LoadPage(bundle.document, number - 1)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        letters = Letters(text, Display(seen.view), seen.view.rotate)
        narrow = any(
            right - left > WIDE and left < MARGIN - NEAR for left, right in _runs(text, letters.display)
        )
        plain = False
        for match in REFERENCE.finditer(seen.text):
            left = letters.box(match.start(), match.start() + 1)[0]
            index = pdfium.FPDFText_GetCharIndexFromTextIndex(text, match.start())
            if MARGIN - NEAR < left < seen.view.width - MARGIN and not _bold(text, index):
                plain = True
        return narrow, plain
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _runs(text: object, display: Display) -> Iterator[tuple[float, float]]:
    """The displayed left and right edge of each run of text."""
    edges = [ctypes.c_double() for _ in range(4)]
    for nth in range(pdfium.FPDFText_CountRects(text, 0, -1)):
        pdfium.FPDFText_GetRect(text, nth, *edges)
        left, top, right, bottom = (edge.value for edge in edges)
        shown = display.box(left, bottom, right, top)
        yield shown[0], shown[2]


def _bold(text: object, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= BOLD:
        return True
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, buffer, len(buffer), flags)
    return b"bold" in buffer.value.lower()
