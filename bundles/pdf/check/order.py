"""How documents follow one another: CC-05, CC-07 and CC-08."""

import re
from itertools import pairwise

from pikepdf import Name

from bundles.pdf.check.documents import Document, documents
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import (
    Finding,
    counted,
    failed,
    named_pages,
    not_applicable,
    passed,
    unverified,
    warned,
)

LONG = 4  # dated documents from which a section shows what order it is in
FEW = 0.25  # part of them that may go back in a section that is otherwise in order of date
SHEET = 700  # characters that a page in a document's place has at most
ELSEWHERE = re.compile(
    r"\bkept elsewhere\b|\b(?:see|found|kept|placed|located|filed)\b[^.]{0,80}?"
    r"(?:\b(?:page|p\.|tab)\s*[A-Z]{0,3}\d+|[\[{][A-Z]{1,3}/\d+)",
    re.IGNORECASE,
)
OTHER_BUNDLE = re.compile(r"\b(?i:bundle)\s+[A-Z0-9]{1,3}\b|[\[{][A-Z]{1,3}/\d+|\b[A-Z]/\d+")
OTHER_TONGUE = re.compile(r"\b(?:translation|translated|transcript)\b", re.IGNORECASE)


def by_date(bundle: Bundle) -> Finding:
    """CC-05: within each section the dates in the index do not go back.

    A section that is in order of date but for a few documents is faulty; one that is in no such order, or
    short, may be in another order for a reason (pleadings, statements), which a person must judge.
    """
    sections: dict[str, list[Document]] = {}
    for document in documents(bundle):
        if document.date:
            sections.setdefault(document.section, []).append(document)
    back, faulty = [], False
    for dated in sections.values():
        late = [
            then for first, then in pairwise(dated) if first.date and then.date and then.date < first.date
        ]
        back += late
        faulty = faulty or (len(dated) >= LONG and 0 < len(late) <= FEW * len(dated))
    known = sum(map(len, sections.values()))
    if back:
        one = back[0]
        when = f"{one.date.day} {one.date:%B %Y}" if one.date else ""
        verdict = failed if faulty else warned
        return verdict(
            f"Out of order of date: {named_pages(then.first for then in back)} (the document on page "
            f"{one.first}, of {when}, is earlier than the one before it).",
            (then.first for then in back),
        )
    if all(len(dated) < 2 for dated in sections.values()):
        return not_applicable("No section of the index holds two dated documents.")
    return passed(f"{counted(known, 'dated document')}, in order of date within each section.")


def sheets_linked(bundle: Bundle) -> Finding:
    """CC-07: a sheet in a document's place that names a page of this file has a link to it."""
    sheets = [
        number
        for number, page in enumerate(bundle.pages, 1)
        if 0 < page.characters < SHEET and ELSEWHERE.search(" ".join(page.text.split()))
    ]
    sheets = [number for number in sheets if number >= _first_page(bundle)]
    if not sheets:
        return not_applicable("No sheet stands in a document's place.")
    links: dict[int, list[bool]] = {}
    for number, note in bundle.notes:
        if number in sheets and note.get("/Subtype") == Name.Link:
            links.setdefault(number, []).append(bundle.destinations.of(note) is not None)
    bare = [number for number in sheets if number not in links]
    away = [number for number in bare if OTHER_BUNDLE.search(bundle.pages[number - 1].text)]
    dead = [number for number in sheets if number not in away and not all(links.get(number, [False]))]
    if dead:
        return failed(f"No link, or a link that leads nowhere, on the sheets at {named_pages(dead)}.", dead)
    if away:
        return unverified(f"The sheets on {named_pages(away)} name another bundle, which is not here.", away)
    return passed(f"{counted(len(sheets), 'sheet')} in a document's place, linked to where it is.")


def beside_original(bundle: Bundle) -> Finding:
    """CC-08: which document a translation belongs to, its title alone may not say."""
    found = [document for document in documents(bundle) if OTHER_TONGUE.search(document.words)]
    if not found:
        return not_applicable("The index names no translation or transcript.")
    return unverified(
        f"See whether the original stands beside it: {named_pages(document.first for document in found)}.",
        (document.first for document in found),
    )


def _first_page(bundle: Bundle) -> int:
    known: list[Document] = documents(bundle)
    return known[0].first if known else 1
