"""The page map of a bundle as built."""

from collections.abc import Iterable, Sequence

from bundles.pdf.references.grammar import mark_of
from bundles.pdf.references.pagemap import PageMap, Placed, TabPages, section_letter
from bundles.pdf.report import EntryReport


def page_map(
    entries: Iterable[EntryReport],
    *,
    letter: str = "",
    title: str = "",
    pages: int = 0,
    marks: Sequence[str | None] = (),
    leaves: Sequence[tuple[int, ...]] = (),
    sections: Sequence[tuple[str, int]] = (),
    printed: Sequence[str] = (),
    beside: Sequence[tuple[str, int]] = (),
    tab_pages: TabPages | None = None,
) -> PageMap:
    """The page map of a bundle as built; entries without pages are left out.

    Args:
        entries: of the build's report, in order.
        letter: the bundle's letter.
        title: the bundle's title.
        pages: how many it has; when 0, the last document ends it.
        marks: each entry's exhibit mark, when there are any.
        leaves: each entry's pages as for Placed, when any is not simply all of its document.
        sections: each section's title and how many entries it has, in order.
        printed: as for PageMap.
        beside: as for PageMap.
        tab_pages: as for PageMap.
    """
    letters = [section_letter(name) for name, count in sections for _ in range(count)]
    placed = [
        Placed(
            tab=str(nth + 1),
            title=entry.title,
            identity=entry.sha256 or f"{entry.source}: {entry.title}",
            mark=mark_of(marks[nth] or "") if nth < len(marks) else "",
            section=letters[nth] if nth < len(letters) else "",
            first=entry.first_page,
            last=entry.last_page,
            leaves=leaves[nth] if nth < len(leaves) else (),
        )
        for nth, entry in enumerate(entries)
        if entry.first_page is not None and entry.last_page is not None
    ]
    last = placed[-1].last if placed else 0
    return PageMap(letter, title, pages or last, tuple(placed), tuple(printed), tuple(beside), tab_pages)
