"""Putting the pages together: the documents, the indexes among them, numbers, links and bookmarks."""

import hashlib
from collections.abc import Sequence

from pikepdf import Array, Pdf, String

from bundles.pdf.contents import BundleSpec
from bundles.pdf.fit import fit_pages
from bundles.pdf.index import link_rows
from bundles.pdf.merging import account
from bundles.pdf.navigation import add_navigation
from bundles.pdf.numbers import bates_numbers
from bundles.pdf.outlines import Bookmark, moved
from bundles.pdf.plan import Index, Plan, Tab, by_section
from bundles.pdf.profile import Profile
from bundles.pdf.references.links import add_links
from bundles.pdf.references.resolving import Reference
from bundles.pdf.stamp import PageMarks, stamp_pages
from bundles.pdf.survey import PageSurvey


def complete(
    bundle: Pdf,
    spec: BundleSpec,
    profile: Profile,
    plan: Plan,
    numbers: list[str],
    references: Sequence[Reference] = (),
) -> None:
    """The indexes stand in their places, and every page is numbered, linked and bookmarked.

    Args:
        bundle: the merged documents; changed in place.
        spec: for the words of sections and title.
        profile: where numbers stand, at which zoom the file opens.
        plan: what stands where; the indexes' own files are closed.
        numbers: what is printed on each page.
        references: of the documents to pages of the bundle; those that are resolved become links.
    """
    for index in plan.indexes:
        if index.pdf is None:
            continue
        for nth, page in enumerate(index.pdf.pages):
            bundle.pages.insert(index.first - 1 + nth, page)
        index.pdf.close()
        index.pdf = None
    account(bundle, plan.pages)
    pages = list(bundle.pages)
    targets = {f"tab:{tab.number}": pages[tab.first - 1] for tab in _tabs(plan)}
    targets |= {f"index:{index.volume}": pages[index.first - 1] for index in plan.indexes}
    targets |= {
        f"signpost:{tab.number}": targets[f"tab:{tab.entry.signpost_to}"]
        for tab in _tabs(plan)
        if tab.entry.signpost_to
    }
    own = [range(index.first - 1, index.first - 1 + index.pages) for index in plan.indexes]
    own += [range(tab.first - 1, tab.first) for tab in _tabs(plan) if tab.entry.signpost_to]
    for run in own:
        link_rows([pages[at] for at in run], targets, bundle)
    add_links(bundle, references)
    seen = [found for block in plan.blocks for found in _surveys(block)]
    surveys = fit_pages(bundle, profile.page_size, seen)
    stamp_pages(bundle, _marks(spec, profile, plan, numbers), surveys, profile.numbering.position)
    add_navigation(bundle, spec, profile, bookmarks(spec, plan), numbers)
    identity = String(_identity(spec, plan))
    bundle.trailer.ID = Array([identity, identity])


def bookmarks(spec: BundleSpec, plan: Plan) -> list[Bookmark]:
    """Index and sections with their documents, below their volumes where there are several."""
    marks = []
    front = plan.indexes[0]
    listed = {tab.number for tab in front.tabs} if len(plan.volumes) == 1 else set[int]()
    marks.append(Bookmark("Index", 1))
    if len(plan.volumes) == 1:
        marks += _sections(spec, [tab for tab in _tabs(plan) if tab.number in listed])
        marks += [
            Bookmark(index.heading, index.first, (Bookmark("Index", index.first), *_parts(index)))
            for index in plan.indexes[1:]
        ]
        return marks
    ends = [*plan.volumes[1:], len(plan.blocks)]
    for number, (start, end) in enumerate(zip(plan.volumes, ends, strict=True), 1):
        blocks = plan.blocks[start:end]
        below = [
            Bookmark("Contents", block.first)
            for block in blocks[:1]
            if isinstance(block, Index) and number > 1
        ]
        below += _sections(spec, [block for block in blocks if isinstance(block, Tab)])
        if below:
            marks.append(Bookmark(f"Volume {number}", blocks[0].first, tuple(below)))
    return marks


def _sections(spec: BundleSpec, tabs: list[Tab]) -> list[Bookmark]:
    every = {tab.number: tab for tab in tabs}
    numbers = list(range(1, len(spec.entries) + 1))
    return [
        Bookmark(section.title, found[0].first, tuple(_bookmark(tab) for tab in found))
        for section, own in zip(spec.sections, by_section(spec, numbers), strict=True)
        if (found := [every[number] for number in own if number in every])
    ]


def _parts(index: Index) -> list[Bookmark]:
    return [
        Bookmark(part.title, part.tabs[0].first, tuple(_bookmark(tab) for tab in part.tabs))
        for part in index.parts
    ]


def _bookmark(tab: Tab) -> Bookmark:
    """The document's bookmark with its own below it, as far as their pages are included."""
    source = tab.source
    own: list[Bookmark | None] = []
    if source and source.bookmarks:
        first = tab.first + tab.sheets
        place = {page: first + nth for nth, page in reversed(list(enumerate(source.numbers)))}
        own = [moved(mark, place) for mark in source.bookmarks]
    return Bookmark(f"{tab.number}. {tab.title}", tab.first, tuple(filter(None, own)), closed=True)


def _marks(spec: BundleSpec, profile: Profile, plan: Plan, numbers: list[str]) -> list[PageMarks]:
    bates = bates_numbers(spec, plan)
    marks = []
    for block in plan.blocks:
        for nth in range(block.pages):
            at = block.first - 1 + nth
            if isinstance(block, Index) or block.source is None or nth < block.sheets:
                marks.append(PageMarks(numbers[at]))
                continue
            entry, own = block.entry, nth - block.sheets
            beside = [entry.references[own]] if own < len(entry.references) else []
            if profile.numbering.tabs:
                beside.append(f"Tab {block.number}")
            sticker = entry.sticker or (entry.exhibit_mark or "" if profile.stickers else "")
            marks.append(
                PageMarks(numbers[at], tuple(beside), bates[at], entry.marking, sticker if own == 0 else "")
            )
    return marks


def _surveys(block: Tab | Index) -> list[PageSurvey | None]:
    return block.surveys() if isinstance(block, Tab) else [None] * block.pages


def _tabs(plan: Plan) -> list[Tab]:
    return [block for block in plan.blocks if isinstance(block, Tab)]


def _identity(spec: BundleSpec, plan: Plan) -> bytes:
    """Sixteen bytes that are the same for the same bundle of the same documents."""
    words = (spec.title, spec.case, spec.claim_number, spec.court, spec.hearing_date, spec.profile)
    documents = [(tab.title, tab.entry.shown_date, tab.sha256, tab.first, tab.pages) for tab in _tabs(plan)]
    return hashlib.sha256(repr((words, documents)).encode()).digest()[:16]
