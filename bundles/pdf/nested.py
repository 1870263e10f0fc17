"""Drawings within drawings: a few bytes can ask for more drawing than any program ends."""

import re

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from bundles.pdf.errors import SourceRefused
from bundles.pdf.geometry import inherited

MOST = 1_000_000  # drawings on one page; a map's many symbols come to some ten thousand
DEPTH = 1  # forms within forms up to which nothing is counted
DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")

Key = tuple[int, int]


def refuse_endless(pdf: Pdf) -> None:
    """Every page can be drawn in bounded time, as far as repeated drawings go.

    Raises:
        SourceRefused: a page draws forms within forms more than a million times.
    """
    depths: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    for number, page in enumerate(pdf.pages, 1):
        resources = inherited(page.obj, "/Resources")
        if _depth(resources, depths) <= DEPTH:
            continue
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, Array) else [contents]
        if sum(_drawings(part, resources, counts) for part in parts if isinstance(part, Stream)) > MOST:
            raise SourceRefused(
                f"page {number} draws the same things over and over, more than {MOST:,} times",
                remedy="Ask the sender for it in another form.",
            )


def _forms(resources: Object | None) -> dict[str, Stream]:
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(things, Dictionary):
        return {}
    return {
        str(name): thing
        for name, thing in things.items()
        if isinstance(thing, Stream) and thing.get("/Subtype") == Name.Form
    }


def _depth(resources: Object | None, known: dict[Key, int]) -> int:
    """How many forms stand within one another; those that draw themselves are drawn once."""
    deepest = 0
    for form in _forms(resources).values():
        key = form.objgen
        if key not in known:
            known[key] = 0
            known[key] = 1 + _depth(form.get("/Resources"), known)
        deepest = max(deepest, known[key])
    return deepest


def _drawings(content: Stream, resources: Object | None, known: dict[Key, int]) -> int:
    """How many forms are drawn by the content, all those within them included."""
    forms, total = _forms(resources), 0
    for found in DRAWN.finditer(content.read_bytes()):
        form = forms.get("/" + found[1].decode("latin-1"))
        if form is None:
            continue
        if form.objgen not in known:
            known[form.objgen] = 0
            known[form.objgen] = 1 + _drawings(form, form.get("/Resources"), known)
        total += known[form.objgen]
    return total
