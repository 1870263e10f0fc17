"""Where citations and references stand, so that nothing inside them is taken for a person, body or date."""

import re
from collections.abc import Iterable

_CITATIONS = (
    re.compile(
        r"[\[({]\d{4}[\])}]\s*(?:\d+\s+)?[A-Z][A-Za-z.&' ]{0,18}?\s*\d{1,5}(?:\s*\((?:[A-Z][A-Za-z]{1,9})\))?"
    ),
    re.compile(r"\b(?:ECLI:[A-Z]{2}:[A-Z0-9]+:\d{4}:\S+|EU:[CT]:\d{4}:\d+)"),
    re.compile(r"\b(?:Case |Cases )?[CT]-\d{1,4}/\d{2}\b"),
    re.compile(
        r"\b(?:[Dd]irective|[Rr]egulation)s? (?:\((?:EU|EC|EEC)\) )?(?:No )?"
        r"\d{1,4}/\d{1,4}(?:/(?:EC|EU|EEC))?"
    ),
    re.compile(r"\b(?:CPR|PD|SI|CDPA|CPR r\.?)\s?\d+[A-Z]?(?:[./]\d+)*(?:\(\w+\))*"),
    re.compile(
        r"\b(?:ss?\.|[Ss]ections?|[Aa]rticles?|[Aa]rts?\.?|[Rr]ules?|[Pp]aras?\.?|[Pp]aragraphs?)\s?\d+[A-Z]{0,2}(?:\(\w+\))*"
    ),
    re.compile(r"\b\d+ (?:U\.?S\.?|F\.(?:2d|3d|4th)|F\. ?Supp\.(?: [23]d)?|U\.S\.C\.) (?:§ ?)?\d+"),
    re.compile(r"\b\d:\d\d-(?:cv|md|cr)-\d{3,6}(?:-[A-Z]+)*"),
    re.compile(r"\b[A-Z]{2}-(?:19|20)\d\d-[A-Z0-9]{3,8}\b"),
)


def find_citations(text: str, known: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` that look like citations or references, in text order; none overlap.

    ``known`` are spans of citations that were found otherwise.
    """
    spotted = (match.span() for pattern in _CITATIONS for match in pattern.finditer(text))
    found = sorted([*known, *spotted])
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The same text, of the same length, with spaces where the spans were."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], " " * (end - start)]
        last = end
    return "".join([*parts, text[last:]])
