"""Links inside a document: they lead to the same page in the copy, or are taken out."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String


def make_explicit(pdf: Pdf) -> None:
    """Every link by name or number leads to its page directly: in a bundle these would be another's."""
    root = pdf.Root
    names = root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    old = root.get("/Dests")
    named: dict[str, Any] = {}
    with suppress(pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        if isinstance(tree, Dictionary):
            named = {str(name): found for name, found in NameTree(tree).items()}
    leaves = [page.obj for page in pdf.pages]
    for leaf in leaves:
        notes = leaf.get("/Annots")
        for note in notes if isinstance(notes, Array) else ():
            if isinstance(note, Dictionary):
                _make_explicit(note, named, old, leaves)


def _make_explicit(
    note: pikepdf.Object, named: dict[str, Any], old: Any, leaves: Sequence[pikepdf.Object]
) -> None:
    action = note.get("/A")
    moves = isinstance(action, Dictionary) and action.get("/S") == Name.GoTo
    given: Any = action.get("/D") if moves and isinstance(action, Dictionary) else note.get("/Dest")
    if isinstance(given, String):
        found = named.get(str(given))
    elif isinstance(given, Name):
        found = old.get(str(given)) if isinstance(old, Dictionary) else None
    elif isinstance(given, Array):
        found = given
    else:
        return
    if isinstance(found, Dictionary):
        found = found.get("/D")
    if not isinstance(found, Array):
        return
    target: list[Any] = list(found)
    if target and isinstance(target[0], int):  # a page of this document by its place, from 0
        if not 0 <= target[0] < len(leaves):
            return
        target[0] = leaves[target[0]]
    elif found is given:
        return
    if moves:
        del note["/A"]
    note.Dest = Array(target)


def drop_dangling(pages: list[pikepdf.Page]) -> int:
    """No link of these pages leads to a page that is not among them; says how many were taken out."""
    kept = {page.obj.objgen for page in pages}
    dropped = 0
    for page in pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, Array):
            continue
        stay = [note for note in notes if not _dangles(note, kept)]
        if len(stay) < len(notes):
            dropped += len(notes) - len(stay)
            page.obj.Annots = Array(stay)
    return dropped


def _dangles(note: Any, kept: set[tuple[int, int]]) -> bool:
    if not isinstance(note, Dictionary) or note.get("/Subtype") != Name.Link:
        return False
    action = note.get("/A")
    if isinstance(action, Dictionary):
        if action.get("/S") != Name.GoTo:
            return False
        target = action.get("/D")
    else:
        target = note.get("/Dest")
    if not isinstance(target, Array) or len(target) == 0:
        return True
    page = target[0]
    return not isinstance(page, Dictionary) or page.objgen not in kept
