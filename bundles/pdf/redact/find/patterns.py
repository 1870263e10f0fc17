"""Numbers, dates and addresses that rules or people want redacted, found by their shape and their context."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import phonenumbers

from bundles.pdf.redact.find.numbers import IBAN_LENGTHS, is_card, is_iban, is_national_insurance, is_ssn
from bundles.pdf.redact.find.proposal import Proposal, Span, pages_of, propose
from core.errors import InvalidInput

_S = r"[ \t\u00a0]?\n?"  # one space, or a line's end
_IBAN = "|".join(rf"{land}\d\d(?:{_S}[A-Z0-9]){{{length - 4}}}" for land, length in IBAN_LENGTHS.items())
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?P<kept>(?:19|20)\d\d)"
_DATE = (
    rf"(?:{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}|{_MONTH}\s+{_DAY},?\s+{_YEAR.replace('kept', 'kept2')}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR.replace('kept', 'kept3')}"
    rf"|{_YEAR.replace('kept', 'kept4')}-\d\d-\d\d)"
)
_LAST_FOUR = "the last four figures remain (FRCP 5.2(a))"
_LAST_FOUR_KEPT = "the last four figures remain"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one kind looks like; what a group named ``kept`` (or ``kept2`` ...) matches stays readable."""

    title: str
    shape: re.Pattern[str]
    note: str = ""
    keep_last: int = 0
    valid: Callable[[str], bool] = lambda text: True


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


PATTERNS: dict[str, Pattern] = {
    "iban": Pattern(
        "IBAN",
        re.compile(rf"(?<!\w)(?:{_IBAN})(?!\w)"),
        _LAST_FOUR_KEPT,
        keep_last=4,
        valid=is_iban,
    ),
    "card": Pattern(
        "Payment card number",
        re.compile(r"(?<![\w-])\d(?:[ \n-]?\d){12,18}(?![\w-])"),
        _LAST_FOUR_KEPT,
        keep_last=4,
        valid=is_card,
    ),
    "us-ssn": Pattern(
        "US social security or taxpayer number",
        _shape(
            r"(?<![\w-])\d{3}[- \u2010-\u2013]\n?\d{2}[- \u2010-\u2013]\n?\d{4}(?![\w-])"
            r"|(?:\bssn|social\s+security(?:\s+(?:number|no\.?))?)[\s:#]{0,4}(?P<found>\d{9})(?!\w)"
        ),
        _LAST_FOUR,
        keep_last=4,
        valid=is_ssn,
    ),
    "us-ein": Pattern(
        "US employer taxpayer number",
        _shape(
            r"(?:ein|employer identification|taxpayer|tax\s+id)[^\d\n]{0,30}\n?(?P<found>\d{2}-?\d{7})(?!\w)"
        ),
        _LAST_FOUR,
        keep_last=4,
    ),
    "account": Pattern(
        "Bank account number",
        _shape(
            r"(?:account|acct|a/c|acc\.?)(?:\s+(?:number|no|nr))?[\s.:#]{0,4}"
            r"(?P<found>\d(?:[ -]?\d){5,16})(?!\w)"
        ),
        _LAST_FOUR,
        keep_last=4,
    ),
    "sort-code": Pattern(
        "UK sort code", _shape(r"sort\s+code[\s.:]{0,4}(?P<found>\d\d[- ]?\d\d[- ]?\d\d)(?!\w)")
    ),
    "birth-date": Pattern(
        "Date of birth",
        _shape(
            r"(?:date\s+of\s+birth|birth\s?date|d\.?\s?o\.?\s?b\.?|\bborn(?:\s+on)?)[\s:,]{0,4}"
            rf"(?:\w+\s+){{0,3}}?(?P<found>{_DATE})"
        ),
        "the year remains (FRCP 5.2(a)(2))",
    ),
    "national-insurance": Pattern(
        "UK national insurance number",
        _shape(rf"(?<!\w)[A-Z]{{2}}{_S}\d\d{_S}\d\d{_S}\d\d{_S}[A-D](?!\w)"),
        valid=is_national_insurance,
    ),
    "email": Pattern(
        "E-mail address",
        _shape(r"(?<![\w.+-])[\w.+'-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.\n?)+[a-z]{2,24}(?!\w)"),
    ),
    "postcode": Pattern(
        "UK postcode",
        re.compile(r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)[ \n]\d[ABD-HJLNP-UW-Z]{2}(?!\w)"),
        "is it a person's address?",
    ),
    "phone": Pattern("Telephone number", re.compile(r"(?!)")),
}
REGIONS = ("GB", "US")


def find_patterns(
    pdf: Path,
    kinds: Sequence[str] = tuple(PATTERNS),
    *,
    regions: Sequence[str] = REGIONS,
    pages: tuple[int, int] | None = None,
) -> Iterator[Proposal]:
    """Proposals for everything of the kinds asked for; each place is proposed once.

    Names of minors have no shape: put them on the list of ``find_names``.

    Args:
        pdf: a document; pages without text yield nothing.
        kinds: keys of ``PATTERNS``.
        regions: countries whose telephone numbers are known without their country code.
        pages: the first and the last page to read, from 1; all when None.

    Raises:
        InvalidInput: a kind is not known.

    Law:
        Federal Rules of Civil Procedure, rule 5.2(a): social security, taxpayer and account numbers to the
        last four figures, birth dates to the year.
    """
    if unknown := sorted(set(kinds) - set(PATTERNS)):
        raise InvalidInput(
            f"Assize cannot look for {', '.join(unknown)}.",
            remedy=f"Choose from {', '.join(PATTERNS)}.",
            field="kinds",
        )
    for page in pages_of(pdf, pages):
        yield from propose(page, _spans(page.text, [kind for kind in PATTERNS if kind in kinds], regions))


def _spans(text: str, kinds: Sequence[str], regions: Sequence[str]) -> list[Span]:
    """Every kind's finds; where two overlap, the kind that stands first in ``PATTERNS`` has it."""
    spans: list[Span] = []
    for kind in kinds:
        for span in _phones(text, regions) if kind == "phone" else _shaped(text, kind):
            start, end = span.whole
            if not any(start < other.whole[1] and other.whole[0] < end for other in spans):
                spans.append(span)
    return spans


def _shaped(text: str, kind: str) -> Iterator[Span]:
    pattern = PATTERNS[kind]
    for match in pattern.shape.finditer(text):
        start, end = match.span("found" if match.groupdict().get("found") else 0)
        if not pattern.valid(text[start:end]):
            continue
        kept = next(
            (
                match.span(name)
                for name in pattern.shape.groupindex
                if name.startswith("kept") and match[name]
            ),
            None,
        )
        if kept is None:
            yield Span(
                kind, start, _without_last(text, start, end, pattern.keep_last), (start, end), pattern.note
            )
        elif kept[0] > start:
            yield Span(kind, start, kept[0], (start, end), pattern.note)
        else:
            yield Span(kind, kept[1], end, (start, end), pattern.note)


def _without_last(text: str, start: int, end: int, figures: int) -> int:
    """Where the part to be covered ends, so that the last few letters or figures remain."""
    while figures and end > start:
        end -= 1
        figures -= text[end].isalnum()
    return end


def _phones(text: str, regions: Sequence[str]) -> Iterator[Span]:
    plain = text.replace("\n", " ")
    seen: set[tuple[int, int]] = set()
    for region in regions:
        for match in phonenumbers.PhoneNumberMatcher(plain, region):
            place = (match.start, match.end)
            if place not in seen:
                seen.add(place)
                yield Span("phone", *place, place, f"as written in {region}")
