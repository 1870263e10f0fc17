"""The references of a bundle that is being built: found in its documents and resolved against its pages."""

from collections.abc import Iterator, Sequence

from pypdfium2 import PdfiumError

from bundles.pdf.contents import BundleSpec
from bundles.pdf.plan import Plan, Tab
from bundles.pdf.references.finding import find
from bundles.pdf.references.mapping import page_map
from bundles.pdf.references.pagemap import PageMap
from bundles.pdf.references.report import Followed
from bundles.pdf.references.resolving import Reference, resolve


def follow(spec: BundleSpec, plan: Plan, numbers: Sequence[str]) -> Followed:
    """Every reference of the documents that refer to the bundle, resolved, once all pages have their place.

    Only documents whose entry says that they refer to it are read: a letter in evidence that says "tab 7"
    speaks of something else.

    Args:
        spec: what is built.
        plan: what stands where.
        numbers: what is printed on each page, in order.
    """
    tabs = [block for block in plan.blocks if isinstance(block, Tab)]
    version = _page_map(spec, plan, tabs, numbers)
    references: list[Reference] = []
    unread = []
    for tab in tabs:
        if not tab.entry.refers or tab.source is None:
            continue
        try:
            found = find(tab.entry.file, tab.entry.password)
        except PdfiumError:
            unread.append(tab.entry.title)
            continue
        place = version.at(tab.first)
        references += resolve(found, version, tab.entry.written_against, stands_at=place)
    return Followed(version, tuple(references), tuple(unread))


def _page_map(spec: BundleSpec, plan: Plan, tabs: Sequence[Tab], numbers: Sequence[str]) -> PageMap:
    natural = all(number == str(page) for page, number in enumerate(numbers, 1))
    return page_map(
        [tab.report(stopped=False) for tab in tabs],
        letter=spec.letter or (spec.front.mark if spec.front else ""),
        title=spec.title,
        pages=plan.pages,
        marks=[_mark(tab) for tab in tabs],
        leaves=[_leaves(tab) for tab in tabs],
        sections=[(section.title, len(section.entries)) for section in spec.sections],
        printed=() if natural else numbers,
        beside=[pair for tab in tabs for pair in _beside(tab)],
    )


def _mark(tab: Tab) -> str | None:
    entry = tab.entry
    return entry.exhibit_mark or (entry.front.mark if entry.front else "") or entry.sticker or None


def _leaves(tab: Tab) -> tuple[int, ...]:
    if tab.source is None:
        return (0,) * tab.pages
    whole = not tab.sheets and tab.source.pages == tab.source.of
    return () if whole else (*(0,) * tab.sheets, *tab.source.numbers)


def _beside(tab: Tab) -> Iterator[tuple[str, int]]:
    for nth, words in enumerate(tab.entry.references):
        yield words, tab.first + tab.sheets + nth
