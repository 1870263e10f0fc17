"""The ways in which lawyers write a reference to a page of a bundle or of an exhibit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bundles.pdf.references.cited import Cited

# ``45A`` is a page that came late; ``S12`` and ``S-12`` are those of a supplement, ``E5`` of a section.
_NUMBER = r"(?:[A-Z]-?)?\d{1,5}[A-Z]{0,2}"
_RANGE = rf"{_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?"
_PAGE = rf"(?i:pages?|pp?\.?)\s*(?P<pages>{_RANGE})"
_QUOTE = r"[\"'“”‘’]?"
# Initials and a number are a mark anywhere; a bare letter or number is one only after the word "exhibit".
_MARK = rf"{_QUOTE}(?P<mark>[A-Z]{{1,4}}-?\d{{1,3}}){_QUOTE}"
_EXHIBIT = (
    rf"(?i:exhibits?)\s+{_QUOTE}(?P<exhibit>[A-Z]{{1,4}}[-\s]?\d{{1,3}}|[A-Z]{{1,3}}|\d{{1,3}}){_QUOTE}"
)
# A word before "bundle" names which bundle it is, unless it is one of these: nobody's name is passed over.
_UNNAMED = (
    r"(?i:the|this|that|our|a|an|said|agreed|joint|whole|paginated|indexed|electronic|see|at|in|of|to|from|and|"
    r"or|by|on|per|also|cf|is|are|was|with|as|now|under|within|into)"
)
_KIND = rf"(?!{_UNNAMED}\b)[^\W\d_]+(?:['’]s?)?"
_THE = r"(?:(?i:the|this|our|that|said|agreed|joint)\s+)*"
_LETTER = r"[A-Z]{1,3}\d{0,2}"
_BUNDLE = rf"(?:(?P<kind>{_KIND})\s+)?(?i:bundle)(?:\s+(?P<letter>{_LETTER}))?(?![A-Za-z]|\s+of\b)"
_TAB = r"(?i:tabs?)\s+(?P<tab>\d{1,4}[A-Z]?)"
_AT = r"(?:\s*,\s*|\s+)(?:(?i:at)\s+)?"
_START, _END = r"(?<![\w/.-])", r"(?![\w/]|\.\d|-\d)"

# Each form with a word that it needs, so that pages without that word cost nothing.
_PROSE = tuple(
    (word, re.compile(_START + pattern + _END))
    for word, pattern in (
        ("exhibit", rf"{_PAGE}\s+(?i:of|in|to)\s+(?:(?i:the)\s+)?{_EXHIBIT}"),
        ("p", rf"{_PAGE}\s+(?i:of|in|to)\s+{_MARK}"),
        ("bundle", rf"{_PAGE}\s+(?i:of|in|to)\s+{_THE}{_BUNDLE}"),
        ("tab", rf"{_PAGE}\s+(?i:of|in|to|at|behind)\s+(?:(?i:the)\s+)?{_TAB}"),
        ("exhibit", rf"{_EXHIBIT}(?:{_AT}{_PAGE}|\s?/\s{{0,2}}(?P<slashed>{_RANGE}))"),
        ("p", rf"{_MARK}{_AT}{_PAGE}"),
        ("/", rf"(?P<mark>[A-Z]{{2,4}}\d{{1,3}})/\s{{0,2}}(?P<pages>{_RANGE})"),
        ("bundle", rf"{_BUNDLE}{_AT}{_TAB}(?:{_AT}{_PAGE})?"),
        ("bundle", rf"{_BUNDLE}{_AT}{_PAGE}"),
        ("tab", rf"{_TAB}(?:{_AT}{_PAGE})?"),
    )
)
_BRACKETS = re.compile(r"\{([^{}\[\]]{3,120})\}|\[([^{}\[\]]{3,120})\]")
_PART = re.compile(
    rf"\s*(?:(?P<name>{_LETTER}|[A-Z]{{1,4}}[-\s]?\d{{1,3}})\s*/\s*)?"
    rf"(?:(?i:tab\s*|t)?(?P<tab>\d{{1,4}}[A-Z]?)\s*/\s*)?"
    rf"(?i:(?:pages?|pp?)\.?\s*)?(?P<pages>{_RANGE})\s*$"
)
_SPLIT = re.compile(r"[;,]")


@dataclass(frozen=True, slots=True)
class Match:
    """A reference in a text, from ``start`` up to ``end`` in characters."""

    start: int
    end: int
    cited: Cited


def read(text: str) -> list[Match]:
    """Every reference in the text, in order, none overlapping another; of two that do, the longer one."""
    found = sorted((*_bracketed(text), *_prose(text)), key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
        elif match.end - match.start > kept[-1].end - kept[-1].start:
            kept[-1] = match
    return kept


def mark_of(written: str) -> str:
    """The exhibit's mark as it is compared: ``HP-1``, ``hp 1`` and ``HP1`` are one."""
    return re.sub(r"[\W_]", "", written).upper()


def _bracketed(text: str) -> Iterator[Match]:
    for bracket in _BRACKETS.finditer(text):
        inner = bracket[1] or bracket[2]
        parts = list(_parts(inner, bracket.start() + 1))
        if not parts or any(part is None for part in parts):
            continue
        whole = [part for part in parts if part is not None]
        # The brackets are part of the words that are linked.
        whole[0] = replace(whole[0], start=bracket.start())
        whole[-1] = replace(whole[-1], end=bracket.end())
        yield from whole


def _parts(inner: str, offset: int) -> Iterator[Match | None]:
    """Each reference of a bracket; one that gives a page alone takes bundle and tab from the one before."""
    before: Cited | None = None
    for written in _SPLIT.split(inner):
        match = _PART.match(written)
        if not match or not (match["name"] or (before and not match["tab"])):
            yield None
            return
        first, last = _numbers(match["pages"])
        if match["name"]:
            before = Cited("any", mark_of(match["name"]), match["tab"], first, last)
        elif before:
            before = replace(before, first=first, last=last)
        if before:
            start = offset + len(written) - len(written.lstrip())
            yield Match(start, offset + len(written.rstrip()), before)
        offset += len(written) + 1


def _prose(text: str) -> Iterator[Match]:
    lowered = text.lower()
    for word, pattern in _PROSE:
        if word in lowered:
            for match in pattern.finditer(text):
                yield Match(match.start(), match.end(), _cited(match.groupdict()))


def _cited(parts: dict[str, str | None]) -> Cited:
    pages = parts.get("pages") or parts.get("slashed")
    first, last = _numbers(pages) if pages else (None, None)
    mark = parts.get("mark") or parts.get("exhibit")
    if mark:
        return Cited("exhibit", mark_of(mark), None, first, last)
    name = parts.get("letter") or (parts.get("kind") or "").lower()
    return Cited("bundle", name, parts.get("tab"), first, last)


def page_number(written: str) -> str:
    """A page's number as it is compared: ``S-012`` and ``S12`` are one."""
    return re.sub(r"^([A-Z]*)-?0*(?=\d)", r"\1", written.strip())


def _numbers(written: str) -> tuple[str, str]:
    """First and last page; ``145-6`` means 145 to 146."""
    ends = [page_number(end) for end in re.findall(_NUMBER, written)]
    first, last = ends[0], ends[-1]
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last
