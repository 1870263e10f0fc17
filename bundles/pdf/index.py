"""The indexes: laid out with the right page numbers, each row linked to its document."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from bundles.pdf.arrange import arrange
from bundles.pdf.contents import BundleSpec
from bundles.pdf.errors import IndexUnstable
from bundles.pdf.geometry import view_of
from bundles.pdf.numbers import has_insertions, page_numbers
from bundles.pdf.plan import Index, Plan, Tab
from bundles.pdf.profile import Limits, Profile
from bundles.pdf.rows import guess_pages, index_contexts
from bundles.pdf.typeset import Typesetting

LAYOUTS = 5


class IndexLayout:
    """Lays out all indexes of one bundle until their lengths agree with the numbers printed in them."""

    def __init__(self, spec: BundleSpec, profile: Profile, typesetting: Typesetting) -> None:
        self.spec, self.profile, self.typesetting = spec, profile, typesetting
        self._laid_out: dict[str, list[bytes]] = {}

    def plan(self, tabs: list[Tab], limits: Limits) -> Plan:
        """The bundle with all its indexes, laid out.

        Raises:
            IndexUnstable: the indexes would not settle, or need more pages than the court has already.
        """
        standing = self.spec.standing
        if standing is None or has_insertions(self.spec):
            found = self._settled(tabs, limits, None, apart=False, at_foot=False)
        else:
            ways = ((False, False), (True, False), (True, True))
            found = None
            for apart, at_foot in ways:
                found = found or self._settled(
                    tabs, limits, standing.index_pages, apart=apart, at_foot=at_foot
                )
        if found is None:
            raise IndexUnstable(
                "The index would not settle on a number of pages.",
                remedy="Shorten or lengthen one title by a few words and build again; titles of documents "
                "that were delivered already must not become longer.",
            )
        return found

    def _settled(
        self, tabs: list[Tab], limits: Limits, most: int | None, *, apart: bool, at_foot: bool
    ) -> Plan | None:
        """The plan with its indexes; None where they do not settle, or the first has more than ``most``."""
        lengths: dict[tuple[str, int], int] = {} if most is None else {("front", 0): most}
        guessed = False
        for _ in range(LAYOUTS):
            plan = arrange(self.spec, limits, tabs, lengths, apart=apart)
            if not guessed:
                lengths = self._guessed(plan, lengths, at_foot=at_foot)
                guessed = True
                plan = arrange(self.spec, limits, tabs, lengths, apart=apart)
            found = {}
            for index in plan.indexes:
                parts = self._pages(plan, index, at_foot=at_foot)
                found[_key(index)] = sum(_count(part) for part in parts)
            if most is not None and found[("front", 0)] > most:
                return None
            if most is not None:
                found[("front", 0)] = most
            if all(index.pages == found[_key(index)] for index in plan.indexes):
                for index in plan.indexes:
                    index.pdf = _joined(self._pages(plan, index, at_foot=at_foot), index.pages)
                return plan
            lengths = found
        return None

    def _guessed(
        self, plan: Plan, known: Mapping[tuple[str, int], int], *, at_foot: bool
    ) -> dict[tuple[str, int], int]:
        plan.place()
        return {
            _key(index): known.get(_key(index)) or guess_pages(self._contexts(plan, index, at_foot=at_foot))
            for index in plan.indexes
        }

    def _contexts(self, plan: Plan, index: Index, *, at_foot: bool) -> list[dict[str, Any]]:
        numbers = page_numbers(plan, self.spec, self.profile.numbering.prefix)
        return index_contexts(
            self.spec, self.profile, plan, index, lambda page: numbers[page - 1], at_foot=at_foot
        )

    def _pages(self, plan: Plan, index: Index, *, at_foot: bool) -> list[bytes]:
        plan.place()
        contexts = self._contexts(plan, index, at_foot=at_foot)
        key = json.dumps(contexts)
        if key not in self._laid_out:
            self._laid_out[key] = self.typesetting.many("index.html", contexts)
        return self._laid_out[key]


def link_rows(index: Sequence[pikepdf.Page], targets: Mapping[str, pikepdf.Page], pdf: Pdf) -> None:
    """Each row of the index is one link, over its whole width, to the page that it names.

    Args:
        index: the index's pages in the bundle.
        targets: the page that each address of the template stands for.
        pdf: the bundle.
    """
    for page in index:
        rows: dict[str, list[float]] = {}
        for note in page.obj.get("/Annots", Array()):
            x0, y0, x1, y1 = (float(edge) for edge in note.Rect)
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            row = rows.setdefault(str(note.A.URI), [*box])
            rows[str(note.A.URI)] = [*map(min, row[:2], box[:2]), *map(max, row[2:], box[2:])]
        page.obj.Annots = Array(
            [pdf.make_indirect(_link(row, targets[address])) for address, row in rows.items()]
        )


def top_left(page: pikepdf.Page) -> Array:
    """A destination at the displayed top left corner of the page that leaves the reader's zoom alone."""
    view = view_of(page.obj)
    x, y = view.to_user(0, view.height)
    return Array([page.obj, Name.XYZ, round(x, 3), round(y, 3), None])


def _key(index: Index) -> tuple[str, int]:
    return (index.kind, index.volume if index.kind != "front" else 0)


def _count(content: bytes) -> int:
    with Pdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def _joined(parts: list[bytes], pages: int) -> Pdf:
    """The parts as one PDF, with empty pages at its end where it must have more."""
    first = Pdf.open(BytesIO(parts[0]))
    for content in parts[1:]:
        with Pdf.open(BytesIO(content)) as part:
            for page in part.pages:
                first.pages.append(page)
    while len(first.pages) < pages:
        box = first.pages[0].mediabox
        first.add_blank_page(page_size=(float(box[2]), float(box[3])))
    return first


def _link(box: list[float], target: pikepdf.Page) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(edge, 3) for edge in box]),
        Border=Array([0, 0, 0]),
        F=4,
        Dest=top_left(target),
    )
