"""EW-04: every row of the index leads to its document."""

from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name

from bundles.pdf.check.index_rows import Row, index_rows
from bundles.pdf.check.reading import NOTES, Bundle
from bundles.pdf.check.report import Finding, failed, faulted, named_pages, passed
from bundles.pdf.destinations import Target


@dataclass(frozen=True)
class Link:
    """A link on an index page: its lower and upper edge as displayed, and where it leads."""

    low: float
    high: float
    target: Target | None


def rows_linked(bundle: Bundle) -> Finding:
    """EW-04: over each row lies a link, and it leads to the page that the row prints."""
    rows = index_rows(bundle)
    if not rows:
        return failed("No index with page numbers was found on the first pages.")
    links = {page: _links(bundle, page) for page in {row.page for row in rows}}
    missing, wrong = [], []
    for row in rows:
        over = [link for link in links[row.page] if link.low <= row.middle <= link.high]
        if not over:
            missing.append(row)
        elif not any(link.target and link.target.page == row.number for link in over):
            wrong.append(row)
    faults = []
    if missing:
        faults.append(f"rows of the index without a link: {_named(missing)}")
    if wrong:
        faults.append(f"rows of the index that lead elsewhere than they print: {_named(wrong)}")
    if faults:
        return faulted(faults, (row.page for row in (*missing, *wrong)))
    return passed(f"All {len(rows)} rows of the index lead to the page they print.")


def _named(rows: list[Row]) -> str:
    return f"those for {named_pages(row.number for row in rows)}"


def _links(bundle: Bundle, number: int) -> list[Link]:
    leaf, view = bundle.leaves[number - 1], bundle.pages[number - 1].view
    links = []
    for nth, note in enumerate(leaf.get("/Annots", Array())):
        if nth >= NOTES:
            break
        if not isinstance(note, Dictionary) or note.get("/Subtype") != Name.Link or "/Rect" not in note:
            continue
        x0, y0, x1, y1 = (float(edge) for edge in note.Rect)
        heights = view.to_display(x0, y0)[1], view.to_display(x1, y1)[1]
        links.append(Link(min(heights), max(heights), bundle.destinations.of(note)))
    return links
