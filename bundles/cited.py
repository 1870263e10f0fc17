"""Which authorities a skeleton argument cites, so that a person can tick those that the court is to have."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from authorities.models import Authority
from cases.kinds import FilingKind
from evidence.models import Exhibit
from search.query import neutral

REPORTED = re.compile(
    r"[\[(]\d{4}[\])] (?:\d{1,2} )?[A-Z][A-Za-z.]{1,9}(?: [A-Z][A-Za-z.]{1,9}){0,2} \d{1,5}\b"
)
CASE_NUMBER = re.compile(r"\bC[‑-]\d{1,4}/\d{2}\b")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: how it is written, on which pages, and the authority where the library has it."""

    written: str
    pages: tuple[int, ...]
    authority: Authority | None


def skeletons(exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """Those of the exhibits that are skeleton arguments, by their filing or their title."""
    return [
        exhibit
        for exhibit in exhibits
        if (exhibit.filing and exhibit.filing.kind == FilingKind.SKELETON_ARGUMENT)
        or "skeleton" in exhibit.title.lower()
    ]


def by(exhibit: Exhibit) -> list[Cited]:
    """What the document cites, in the order of first mention; the same decision only once."""
    pages = {
        number: " ".join(text.split())
        for number, text in exhibit.pages.order_by("number").values_list("number", "text")
    }
    found: dict[str, list[int]] = {}
    for number, text in pages.items():
        for citation in _citations(text):
            found.setdefault(citation, []).append(number)
    known = _known(found)
    rows: dict[object, Cited] = {}
    for citation, numbers in found.items():
        authority = known.get(citation)
        rows.setdefault(authority.pk if authority else citation, Cited(citation, tuple(numbers), authority))
    return [*rows.values(), *_by_name(pages, {row.authority.pk for row in rows.values() if row.authority})]


def _citations(text: str) -> list[str]:
    """Each different citation of a decision in the text, neutral ones in normal form."""
    mentions = list(neutral.mentions(text))
    reports = [
        (match.start(), match[0])
        for pattern in (REPORTED, CASE_NUMBER)
        for match in pattern.finditer(text)
        if not any(mention.start <= match.start() < mention.end for mention in mentions)
    ]
    every = [*((mention.start, mention.citation) for mention in mentions), *reports]
    return list(dict.fromkeys(citation for _, citation in sorted(every)))


def _known(citations: Iterable[str]) -> dict[str, Authority]:
    """The library's authority for each citation it knows; the text itself before our summary of it."""
    known: dict[str, Authority] = {}
    for citation in citations:
        same = Q(neutral_citation=citation) | Q(citation__icontains=citation)
        best = Authority.objects.filter(same).order_by("origin", "pk").first()
        if best:
            known[citation] = best.same_decision.first() or best if best.is_summary else best
    return known


def _by_name(pages: dict[int, str], already: set[int]) -> list[Cited]:
    """Legislation and instruments that the text names in full."""
    kinds = (Authority.Kind.LEGISLATION, Authority.Kind.INSTRUMENT)
    laws = Authority.objects.filter(kind__in=kinds).exclude(pk__in=already).order_by("name", "origin")
    rows: dict[str, Cited] = {}
    for law in laws:
        name = law.name.lower()
        numbers = tuple(number for number, text in pages.items() if name in text.lower())
        if numbers:
            rows.setdefault(name, Cited(law.name, numbers, law))
    return list(rows.values())
