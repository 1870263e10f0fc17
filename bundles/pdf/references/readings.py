"""What a reference can mean in one version of a bundle: each reading with the pages it leads to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bundles.pdf.references.cited import Cited
from bundles.pdf.references.pagemap import PageMap, Placed


@dataclass(frozen=True, slots=True)
class Reading:
    """A meaning in words, and the page of the version's PDF that it leads to."""

    words: str
    page: int


def readings(cited: Cited, version: PageMap) -> list[Reading]:
    """Every meaning that the reference can have in this version, no page twice."""
    found = [
        *(_of_bundle(cited, version) if _may_be_bundle(cited, version) else ()),
        *_of_main_bundle(cited, version),
        *(_of_section(cited, version) if cited.frame == "any" else ()),
        *(_of_exhibit(cited, version) if cited.frame in {"any", "exhibit"} else ()),
    ]
    once: dict[int, Reading] = {}
    for reading in found:
        once.setdefault(reading.page, reading)
    return list(once.values())


def _may_be_bundle(cited: Cited, version: PageMap) -> bool:
    return (not cited.name and cited.frame == "bundle") or cited.name in version.names


def _of_bundle(cited: Cited, version: PageMap) -> Iterator[Reading]:
    if cited.tab is not None:
        yield from _in_tabs(cited, version, version.documents)
    else:
        yield from _numbered(cited, version, range(1, version.pages + 1), "")


def _of_main_bundle(cited: Cited, version: PageMap) -> Iterator[Reading]:
    """A core bundle's page carries its number in the main bundle; both ends of a range must be there."""
    pages = dict(version.beside)
    ends = [pages.get(f"{cited.name}/{number}") for number in (cited.first, cited.last)]
    if cited.tab is None and ends[0] and ends[1]:
        yield Reading(f"page {cited.first} of the main bundle", ends[0])


def _of_section(cited: Cited, version: PageMap) -> Iterator[Reading]:
    inside = [document for document in version.documents if document.section == cited.name]
    if not inside:
        return
    if cited.tab is not None:
        yield from _in_tabs(cited, version, inside)
    else:
        within = range(inside[0].first, inside[-1].last + 1)
        yield from _numbered(cited, version, within, f", in section {cited.name}")


def _of_exhibit(cited: Cited, version: PageMap) -> Iterator[Reading]:
    """The exhibit's own page; the bundle's number only where the exhibit is not that long."""
    if cited.tab is not None:
        return
    for part in _runs([document for document in version.documents if document.mark == cited.name]):
        own = list(_counted(cited, part, f"exhibit {cited.name}"))
        within = range(part[0].first, part[-1].last + 1)
        yield from own or _numbered(cited, version, within, f", in exhibit {cited.name}")


def _in_tabs(cited: Cited, version: PageMap, documents: Sequence[Placed]) -> Iterator[Reading]:
    for tab in (document for document in documents if document.tab == cited.tab):
        if cited.first is None:
            yield Reading(f"tab {tab.tab}", tab.first)
            continue
        if version.tab_pages != "bundle":
            yield from _counted(cited, [tab], f"tab {tab.tab}")
        if version.tab_pages != "tab":
            yield from _numbered(cited, version, tab.pages, f", in tab {tab.tab}")


def _counted(cited: Cited, part: Sequence[Placed], where: str) -> Iterator[Reading]:
    """The documents' own pages; those of several together are counted through."""
    if cited.counted is None:
        return
    own = part[0].own
    if len(part) > 1:
        own = dict(enumerate((page for document in part for page in document.own.values()), 1))
    first, last = cited.counted
    if first <= last and first in own and last in own:
        yield Reading(f"page {first} of {where}, counted from its first page", own[first])


def _numbered(cited: Cited, version: PageMap, within: range, where: str) -> Iterator[Reading]:
    """The pages on which these numbers are printed."""
    first, last = (version.pdf_page(number or "") for number in (cited.first, cited.last))
    if first and last and first in within and last in within and first <= last:
        yield Reading(f"page {cited.first} of the bundle{where}", first)


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
    marks = {document.mark for document in documents}
    if cited.frame == "exhibit" and cited.name not in marks | version.names:
        return f"No exhibit marked {cited.name} is in the bundle."
    known = version.names | marks | {document.section for document in documents}
    if cited.name and cited.name not in known:
        called = f"this is bundle {version.letter}" if version.letter else "this bundle has no letter"
        return f"Nothing here is called {cited.name}: {called}."
    inside = [document for document in documents if cited.name in {document.section, document.mark}]
    what = cited.name
    if cited.tab is not None:
        what, inside = f"Tab {cited.tab}", [each for each in documents if each.tab == cited.tab]
        if not inside:
            return f"There is no tab {cited.tab}."
    if what and inside:
        ends = (version.number_of(page) for page in (inside[0].first, inside[-1].last))
        return f"{what} has no {_pages(cited)}: it is pages {' to '.join(ends)} of the bundle."
    return f"The bundle has no {_pages(cited)}: it ends with page {version.number_of(version.pages)}."


def _pages(cited: Cited) -> str:
    return f"page {cited.first}" if cited.first == cited.last else f"pages {cited.first} to {cited.last}"
