"""What the templates of a bundle's own pages show."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from bundles.pdf.contents import BundleSpec, FrontSheet, in_words
from bundles.pdf.plan import Index, Plan, Tab
from bundles.pdf.profile import PageSize, Profile

CHUNK = 400
"""Rows of an index beyond which it is laid out in parts, side by side."""

# Heights in millimetres, as the template sets them; only the guess of an index's length depends on them.
FRONT, SHORT, HEAD, SECTION, ROW, LINE, CHARACTERS = 93.0, 40.0, 5.0, 11.2, 3.1, 5.2, 48
PAGE = {"A4": 249.0, "Letter": 231.0}
FULL = 0.94  # of a page that a part of a long index fills at most, so that no row runs over

Printed = Callable[[int], str]
"""The number printed on a page of the bundle."""


def sheet_size(profile: Profile) -> PageSize:
    """The size of the bundle's own pages."""
    return "Letter" if profile.page_size == "Letter" else "A4"


def index_contexts(
    spec: BundleSpec, profile: Profile, plan: Plan, index: Index, printed: Printed, *, at_foot: bool
) -> list[dict[str, Any]]:
    """What the template shows of one index: more than one part where it is long.

    Args:
        spec: the words around the rows.
        profile: the size of the pages.
        plan: where everything stands.
        index: which index.
        printed: gives a page's printed number.
        at_foot: whether its leads to further indexes stand below the rows' page instead of among them.
    """
    several = len(plan.volumes) > 1 and index.kind != "volume"
    sections = [
        {"title": part.title, "rows": [_row(plan, tab, printed, several=several) for tab in part.tabs]}
        for part in index.parts
    ]
    leads = [
        {
            "link": f"index:{other.volume}",
            "title": f"{other.heading}: index",
            "page": printed(other.first),
            "volume": str(plan.volume_of(other)) if several else "",
        }
        for other in index.pointers
    ]
    size = sheet_size(profile)
    common: dict[str, Any] = {
        "size": size,
        "volumes": several,
        "leads": [] if at_foot else leads,
        "foot": leads if at_foot else [],
        "kind": index.kind,
        "heading": _heading(plan, index, printed),
        "front": _sheet(spec.front) if index.kind == "front" and spec.front else None,
        "title": spec.title,
        "letter": spec.letter,
        "court": spec.court,
        "claim_number": spec.claim_number,
        "parties": [party.strip() for party in spec.case.replace(" v. ", " v ").split(" v ", 1)],
        "hearing_date": in_words(spec.hearing_date),
    }
    runs = _runs(sections, index.kind, size)
    last = len(runs) - 1
    return [
        {**common, "opens": nth == 0, "sections": run, "leads": common["leads"] if nth == last else []}
        for nth, run in enumerate(runs)
    ]


def guess_pages(contexts: Sequence[dict[str, Any]]) -> int:
    """How many pages an index will probably need; a wrong guess only costs a second lay-out."""
    total = 0
    for context in contexts:
        pages, used = 1, _opening(context["kind"]) if context["opens"] else HEAD
        for height, _ in _heights(context["sections"]):
            if used + height > PAGE[context["size"]]:
                pages, used = pages + 1, HEAD
            used += height
        total += pages
    return total


def placeholder_context(tab: Tab, size: PageSize) -> dict[str, Any]:
    """What the template of a page in a document's place shows."""
    reason = tab.reason or ""
    return {
        "size": size,
        "tab": tab.number,
        "title": tab.entry.label,
        "reason": reason[:1].upper() + reason[1:],
        "remedy": tab.remedy,
        "date": tab.entry.shown_date,
        "source": tab.entry.source,
        "sha256": tab.sha256,
    }


def signpost_context(tab: Tab, size: PageSize, page: str) -> dict[str, Any]:
    """What the page shows that says where a document is kept; ``page`` is its number in this bundle."""
    return {
        "size": size,
        "tab": tab.number,
        "title": tab.entry.label,
        "where": tab.entry.signpost,
        "page": page,
        "date": tab.entry.shown_date,
    }


def front_context(tab: Tab, front: FrontSheet, spec: BundleSpec, size: PageSize) -> dict[str, Any]:
    """What the sheet before an exhibit shows."""
    return {
        "size": size,
        "title": tab.entry.label,
        "court": spec.court,
        "claim_number": spec.claim_number,
        "parties": [party.strip() for party in spec.case.replace(" v. ", " v ").split(" v ", 1)],
        **_sheet(front),
    }


def _sheet(front: FrontSheet) -> dict[str, Any]:
    return {
        "marks": list(front.marks),
        "mark": front.mark,
        "certificate": front.certificate,
        "documents": [{"date": day, "title": title} for day, title in front.documents],
    }


def _row(plan: Plan, tab: Tab, printed: Printed, *, several: bool) -> dict[str, Any]:
    return {
        "link": f"tab:{tab.number}",
        "tab": tab.number,
        "title": tab.title,
        "date": tab.entry.shown_date,
        "page": printed(tab.first),
        "volume": str(plan.volume_of(tab)) if several else "",
        "missing": tab.source is None,
    }


def _heading(plan: Plan, index: Index, printed: Printed) -> str:
    if index.kind != "volume":
        return index.heading
    first, last = plan.volume_pages()[index.volume - 1]
    return f"Volume {index.volume}: pages {printed(first)} to {printed(last)}"


def _opening(kind: str) -> float:
    return FRONT if kind == "front" else SHORT


def _heights(sections: list[dict[str, Any]]) -> list[tuple[float, tuple[int, int]]]:
    """The height of each row in millimetres, its section's heading with the first, and where it stands."""
    found = []
    for nth, section in enumerate(sections):
        for at, row in enumerate(section["rows"]):
            lines = math.ceil(len(row["title"]) / CHARACTERS)
            found.append((ROW + LINE * lines + (SECTION if at == 0 else 0.0), (nth, at)))
    return found


def _runs(sections: list[dict[str, Any]], kind: str, size: str) -> list[list[dict[str, Any]]]:
    """The sections, cut where a page ends after every few hundred rows."""
    heights = _heights(sections)
    if len(heights) <= CHUNK:
        return [sections]
    runs: list[list[dict[str, Any]]] = [[]]
    used, rows = _opening(kind), 0
    for height, (nth, at) in heights:
        if used + height > PAGE[size] * FULL:
            used = HEAD
            if rows >= CHUNK:
                runs.append([])
                rows = 0
        section = sections[nth]
        if not runs[-1] or at == 0:
            title = section["title"] if at == 0 else f"{section['title']} (continued)"
            runs[-1].append({"title": title, "rows": []})
            used += 0.0 if at == 0 else SECTION
        runs[-1][-1]["rows"].append(section["rows"][at])
        used, rows = used + height, rows + 1
    return runs
