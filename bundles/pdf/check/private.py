"""US-08: what Federal Rule of Civil Procedure 5.2 wants left out of a public filing."""

import re
import zlib
from collections.abc import Iterator
from itertools import islice

from pikepdf import Dictionary, Name, PdfError, Stream

from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, faulted, named_pages, unverified

SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])")
SSN_NAMED = re.compile(r"\b(?:SSN|social security)\b[^\d\n]{0,25}\d{9}\b", re.IGNORECASE)
ACCOUNT = re.compile(
    r"\b(?:account|acct|a/c|iban|card|routing)\b\.?\s{0,3}(?:no\b\.?|number|num\b\.?|#)?[\s:#]{0,4}"
    r"([A-Z]{0,2}\d[\d -]{4,30}\d)",
    re.IGNORECASE,
)
CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
BIRTH = re.compile(
    r"\b(?:date of birth|d\.?o\.?b\b\.?|born(?:\s+on)?)[\s:]{1,4}"
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|{MONTH}\s+\d{{1,2}},?\s+\d{{4}}"
    rf"|\d{{1,2}}\s+{MONTH}\s+\d{{4}})",
    re.IGNORECASE,
)
THREE_PARTS = re.compile(r"\d\d\d[- ]\d\d[- ]\d\d\d\d")
LONG = re.compile(r"\d[\d -]{11,}\d")
SHOWN_DIGITS = 4
CARD_DIGITS = range(13, 20)
METADATA = 1_000_000  # bytes of XMP read
FIELDS = 5_000


def left_out(bundle: Bundle) -> Finding:
    """US-08: no full social security number, account number or date of birth in text, notes or metadata."""
    found: dict[str, set[int]] = {}
    for number, words in _texts(bundle):
        for kind in _kinds(words):
            found.setdefault(kind, set()).add(number)
    if found:
        faults = []
        for kind, pages in found.items():
            shown = sorted(page for page in pages if page)
            places = [named_pages(shown)] if shown else []
            faults.append(f"{kind} on {' and '.join(places + ['in the metadata'] * (0 in pages))}")
        return faulted(
            [fault.replace("on in", "in") for fault in faults],
            (page for pages in found.values() for page in pages if page),
        )
    return unverified(
        "No full social security number, account number or date of birth stands in text, notes or metadata; "
        "names of minors and what only a picture shows, a person must look for."
    )


def _kinds(words: str) -> Iterator[str]:
    # Looking for plain words first is many times as fast as looking for the patterns on every page.
    lower = words.lower()
    named = "ssn" in lower or "social security" in lower
    if (THREE_PARTS.search(words) and SSN.search(words)) or (named and SSN_NAMED.search(words)):
        yield "what looks like a social security number"
    if _has_account(words, lower):
        yield "what looks like an account number"
    if any(word in lower for word in ("birth", "born", "dob", "d.o.b")) and BIRTH.search(words):
        yield "what looks like a date of birth"


def _has_account(words: str, lower: str) -> bool:
    named = any(word in lower for word in ("account", "acct", "a/c", "iban", "card", "routing"))
    if named and any(
        sum(letter.isdigit() for letter in match[1]) > SHOWN_DIGITS for match in ACCOUNT.finditer(words)
    ):
        return True
    return bool(LONG.search(words)) and any(_is_card(match[0]) for match in CARD.finditer(words))


def _is_card(words: str) -> bool:
    """Whether the digits have the check digit of a payment card."""
    digits = [int(letter) for letter in words if letter.isdigit()]
    if len(digits) not in CARD_DIGITS or len(set(digits)) == 1:
        return False
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _texts(bundle: Bundle) -> Iterator[tuple[int, str]]:
    """Everything that can be read, with its page; 0 for what belongs to the whole file."""
    for number, page in enumerate(bundle.pages, 1):
        yield number, page.text
    for number, note in bundle.notes:
        for key in ("/Contents", "/V", "/T", "/RC"):
            if key in note and not isinstance(note[key], (Dictionary, Stream)):
                yield number, str(note[key])
    info = bundle.pdf.trailer.get("/Info")
    if isinstance(info, Dictionary):
        for value in islice(info.as_dict().values(), FIELDS):
            yield 0, str(value)
    metadata = bundle.pdf.Root.get("/Metadata")
    if isinstance(metadata, Stream):
        yield 0, _beginning(metadata).decode("utf-8", errors="replace")


def _beginning(stream: Stream) -> bytes:
    """The first bytes of a stream; a small file must not unpack to a huge one here."""
    try:
        raw = stream.read_raw_bytes()
        if stream.get("/Filter") == Name.FlateDecode:
            return zlib.decompressobj().decompress(raw, METADATA)
    except (PdfError, zlib.error):
        return b""
    return raw[:METADATA]
