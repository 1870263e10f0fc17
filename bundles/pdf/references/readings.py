"""What a reference can mean in one version of a bundle: each reading with the pages it leads to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bundles.pdf.references.cited import Cited
from bundles.pdf.references.pagemap import PageMap, Placed


@dataclass(frozen=True, slots=True)
class Reading:
    """A meaning in words, and the first and last page of the version that it leads to."""

    words: str
    first: int
    last: int


def readings(cited: Cited, version: PageMap) -> list[Reading]:
    """Every meaning that the reference can have in this version, no page twice."""
    found = [
        *(_of_bundle(cited, version) if _may_be_bundle(cited, version) else ()),
        *(_of_section(cited, version) if cited.frame == "any" else ()),
        *(_of_exhibit(cited, version) if cited.frame in {"any", "exhibit"} else ()),
    ]
    once: dict[tuple[int, int], Reading] = {}
    for reading in found:
        once.setdefault((reading.first, reading.last), reading)
    return list(once.values())


def _may_be_bundle(cited: Cited, version: PageMap) -> bool:
    if cited.frame == "exhibit":
        return False
    return (not cited.name and cited.frame == "bundle") or cited.name in version.names


def _of_bundle(cited: Cited, version: PageMap) -> Iterator[Reading]:
    if cited.tab is not None:
        yield from _in_tabs(cited, version, version.documents)
    elif cited.first is not None and 1 <= cited.first <= (cited.last or 0) <= version.pages:
        yield Reading(f"page {cited.first} of the bundle", cited.first, cited.last or cited.first)


def _of_section(cited: Cited, version: PageMap) -> Iterator[Reading]:
    inside = [document for document in version.documents if document.section == cited.name]
    if not inside:
        return
    if cited.tab is not None:
        yield from _in_tabs(cited, version, inside)
    elif _within(cited, inside[0].first, inside[-1].last):
        yield _numbered(cited, f"in section {cited.name}")


def _of_exhibit(cited: Cited, version: PageMap) -> Iterator[Reading]:
    """The exhibit's own page; the bundle's number only where the exhibit is not that long."""
    if cited.tab is not None:
        return
    for part in _runs([document for document in version.documents if document.mark == cited.name]):
        own = list(_counted(cited, part[0].first, part[-1].last, f"exhibit {cited.name}"))
        if own:
            yield from own
        elif _within(cited, part[0].first, part[-1].last):
            yield _numbered(cited, f"in exhibit {cited.name}")


def _in_tabs(cited: Cited, version: PageMap, documents: Sequence[Placed]) -> Iterator[Reading]:
    for tab in (document for document in documents if document.tab == cited.tab):
        if cited.first is None:
            yield Reading(f"tab {tab.tab}", tab.first, tab.first)
            continue
        if version.tab_pages != "bundle":
            yield from _counted(cited, tab.first, tab.last, f"tab {tab.tab}")
        if version.tab_pages != "tab" and _within(cited, tab.first, tab.last):
            yield _numbered(cited, f"in tab {tab.tab}")


def _counted(cited: Cited, first: int, last: int, where: str) -> Iterator[Reading]:
    """The pages counted from 1 within a document."""
    if cited.first is None or cited.last is None:
        return
    start, end = first + cited.first - 1, first + cited.last - 1
    if first <= start <= end <= last:
        yield Reading(f"page {cited.first} of {where}, counted from its first page", start, end)


def _within(cited: Cited, first: int, last: int) -> bool:
    return cited.first is not None and first <= cited.first <= (cited.last or 0) <= last


def _numbered(cited: Cited, where: str) -> Reading:
    return Reading(
        f"page {cited.first} of the bundle, {where}", cited.first or 0, cited.last or cited.first or 0
    )


def _runs(documents: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Documents that follow one another without a gap, together."""
    run: list[Placed] = []
    for document in documents:
        if run and document.first != run[-1].last + 1:
            yield run
            run = []
        run.append(document)
    if run:
        yield run


def why_none(cited: Cited, version: PageMap) -> str:
    """Why a reference without readings has none, in words."""
    documents = version.documents
    if cited.frame == "exhibit" and not any(document.mark == cited.name for document in documents):
        return f"No exhibit marked {cited.name} is in the bundle."
    sections = {document.section for document in documents}
    marks = {document.mark for document in documents}
    if cited.name and cited.name not in version.names | sections | marks:
        known = f"this is bundle {version.letter}" if version.letter else "this bundle has no letter"
        return f"Nothing here is called {cited.name}: {known}."
    if cited.tab is not None:
        tabs = [document for document in documents if document.tab == cited.tab]
        if not tabs:
            return f"There is no tab {cited.tab}."
        return f"Tab {cited.tab} has no page {cited.first}: it is pages {tabs[0].first} to {tabs[0].last}."
    inside = [document for document in documents if cited.name in {document.section, document.mark}]
    if cited.name and inside:
        where = f"{cited.name} is pages {inside[0].first} to {inside[-1].last} of the bundle"
        return f"It has no {_pages(cited)}: {where}."
    return f"The bundle has no {_pages(cited)}: it has {version.pages} pages."


def _pages(cited: Cited) -> str:
    return f"page {cited.first}" if cited.first == cited.last else f"pages {cited.first} to {cited.last}"
