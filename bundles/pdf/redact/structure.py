"""Proof that a copy holds its pages and nothing else: every object of the file is looked at."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from bundles.pdf.geometry import View, view_of
from bundles.pdf.redact.report import Check

_CATALOGUE = {"/Type", "/Pages"}
_PAGE = {"/Type", "/Parent", "/MediaBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
_TRAILER = {"/Root", "/ID", "/Size", "/Type", "/W", "/Index", "/Filter", "/Length", "/Prev", "/DecodeParms"}
_NEVER = {
    **dict.fromkeys(("/Metadata", "/PieceInfo", "/LastModified"), "metadata"),
    **dict.fromkeys(("/Annots", "/AcroForm", "/AP", "/FT"), "notes or form fields"),
    **dict.fromkeys(("/StructTreeRoot", "/StructParents", "/StructParent", "/ActualText"), "structure tree"),
    **dict.fromkeys(("/Outlines", "/Names", "/Dests", "/Threads"), "bookmarks or names"),
    **dict.fromkeys(("/EmbeddedFiles", "/EF", "/AF", "/Collection"), "attached files"),
    **dict.fromkeys(("/OCProperties", "/OCGs", "/OC"), "layers"),
    **dict.fromkeys(("/Thumb", "/Alternates", "/OPI"), "spare pictures"),
    **dict.fromkeys(("/JS", "/AA", "/OpenAction", "/XFA"), "scripts or actions"),
}
_SPARE = {"/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/OC", "/AF", "/OPI"}
_POINTS = 0.01
_DEEPEST = 60


def drop_spare(pdf: Pdf) -> None:
    """No object of the PDF, down to fonts and colour profiles, carries metadata or a place in a structure."""
    for thing in pdf.objects:
        for holder in _holders(thing, 0):
            for key in _SPARE & set(holder.keys()):
                del holder[key]


def check_structure(draft: Path, views: Sequence[View]) -> Iterator[Check]:
    """The copy has the same pages in size and turn, and none of its objects may carry words besides them.

    Args:
        draft: the copy.
        views: how the original's pages are displayed, in order.
    """
    with Pdf.open(draft) as pdf:
        copies = [view_of(page.obj) for page in pdf.pages]
        same = len(copies) == len(views) and all(map(_same, copies, views))
        detail = "page count, sizes and turns are the original's" if same else "pages, sizes or turns differ"
        yield Check("pages", None, same, detail)
        found = sorted(_foreign(pdf))
        detail = (
            f"the copy still holds {', '.join(found)}" if found else "no object besides pages and their look"
        )
        yield Check("structure", None, not found, detail)


def _same(one: View, other: View) -> bool:
    edges = zip((one.x0, one.y0, one.x1, one.y1), (other.x0, other.y0, other.x1, other.y1), strict=True)
    close = all(abs(edge - twin) < _POINTS for edge, twin in edges)
    return close and (one.rotate, one.unit) == (other.rotate, other.unit)


def _foreign(pdf: Pdf) -> set[str]:
    """What stands in the file that does not belong there, in words."""
    found = {f"the catalogue entry {key}" for key in set(pdf.Root.keys()) - _CATALOGUE}
    found |= {f"the trailer entry {key}" for key in set(pdf.trailer.keys()) - _TRAILER}
    for page in pdf.pages:
        found |= {f"the page entry {key}" for key in set(page.obj.keys()) - _PAGE}
    pages = 0
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Page":
            pages += 1
        for holder in _holders(thing, 0):
            found |= {_NEVER[key] for key in set(holder.keys()) & set(_NEVER)}
    if pages != len(pdf.pages):
        found.add("pages outside the page tree")
    return found


def _holders(thing: object, depth: int) -> Iterator[pikepdf.Object]:
    """The dictionary or stream itself and the dictionaries that stand inside it, not behind a reference."""
    if depth > _DEEPEST or not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
        return
    if isinstance(thing, pikepdf.Array):
        inside = list(thing)
    else:
        yield thing
        inside = [value for _, value in thing.items()]
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _holders(value, depth + 1)
