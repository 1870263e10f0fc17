"""What changed between two versions of a bundle."""

from bisect import bisect_left
from dataclasses import dataclass

from bundles.pdf.references.concordance import Row, concordance, pairs
from bundles.pdf.references.pagemap import PageMap, Placed


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that stands in both versions."""

    before: Placed
    now: Placed

    @property
    def retitled(self) -> bool:
        """Whether it is called otherwise."""
        return self.before.title != self.now.title

    @property
    def pages_differ(self) -> bool:
        """Whether more or fewer of its pages are included."""
        return set(self.before.own) != set(self.now.own)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one document.

    Args:
        what: added, removed, moved, retitled or repaged.
        title: what it is called now, or was.
        called_before: its former title, where it has another.
        before: the number printed on its first page before; empty where it was not there.
        now: likewise now.
        page: its first page in the new version's PDF; None where it is gone.
    """

    what: str
    title: str
    called_before: str
    before: str
    now: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different between an old version and a new one.

    Args:
        added: documents of the new one only.
        removed: documents of the old one only.
        kept: documents of both.
        moved: those of them that stand in another order among themselves or in another section.
        retitled: those called otherwise.
        repaged: those of which other pages are included.
        rows: for each page of the old version where it now stands.
        old: the old version's page map; likewise ``new``.
    """

    added: list[Placed]
    removed: list[Placed]
    kept: list[Moved]
    moved: list[Moved]
    retitled: list[Moved]
    repaged: list[Moved]
    rows: list[Row]
    old: PageMap
    new: PageMap

    @property
    def renumbered(self) -> int:
        """How many pages of documents have another number now."""
        return sum(1 for row in self.rows if row.new and self.old_number(row) != self.new_number(row))

    def documents(self) -> list[Change]:
        """One for each document and what happened to it; one that moved and was retitled has two."""
        new, old = self.new.number_of, self.old.number_of
        found = [Change("added", one.title, "", "", new(one.first), one.first) for one in self.added]
        found += [Change("removed", one.title, "", old(one.first), "", None) for one in self.removed]
        for what, ones in (("moved", self.moved), ("retitled", self.retitled), ("repaged", self.repaged)):
            found += [
                Change(
                    what,
                    one.now.title,
                    one.before.title if one.retitled else "",
                    old(one.before.first),
                    new(one.now.first),
                    one.now.first,
                )
                for one in ones
            ]
        return found

    def old_number(self, row: Row) -> str:
        """What was printed on the page."""
        return self.old.number_of(row.old)

    def new_number(self, row: Row) -> str:
        """What is printed on it now; empty where it is gone."""
        return self.new.number_of(row.new) if row.new else ""

    def runs(self) -> list[tuple[str, str, str, str, str]]:
        """The concordance in runs of pages that moved together: first and last before and now, document."""
        found: list[tuple[Row, Row]] = []
        for row in self.rows:
            last = found[-1][1] if found else None
            together = last is not None and last.document == row.document and _follows(last, row)
            if together:
                found[-1] = (found[-1][0], row)
            else:
                found.append((row, row))
        return [
            (
                self.old_number(first),
                self.old_number(last),
                self.new_number(first),
                self.new_number(last),
                first.document,
            )
            for first, last in found
        ]


def between(old: PageMap, new: PageMap) -> Changes:
    """The changes that lead from the old version to the new one."""
    matched = pairs(old, new)
    kept = [Moved(before, now) for before, now in matched if now]
    known = {each.now.first for each in kept}
    in_place = _in_order(kept)
    return Changes(
        added=[document for document in new.documents if document.first not in known],
        removed=[before for before, now in matched if now is None],
        kept=kept,
        moved=[
            each
            for each in kept
            if each.before.first not in in_place or each.before.section != each.now.section
        ],
        retitled=[each for each in kept if each.retitled],
        repaged=[each for each in kept if each.pages_differ],
        rows=concordance(old, new),
        old=old,
        new=new,
    )


def _in_order(kept: list[Moved]) -> set[int]:
    """The largest number of documents that kept their order among themselves, by their old first pages."""
    # The longest rising run of new places: for each length the run that ends lowest, and what came before.
    ends: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for nth, each in enumerate(kept):
        length = bisect_left(ends, each.now.first)
        before.append(at[length - 1] if length else None)
        ends[length:] = [each.now.first, *ends[length + 1 :]]
        at[length:] = [nth, *at[length + 1 :]]
    found, nth_or_none = set(), at[-1] if at else None
    while nth_or_none is not None:
        found.add(kept[nth_or_none].before.first)
        nth_or_none = before[nth_or_none]
    return found


def _follows(last: Row, row: Row) -> bool:
    if last.new is None or row.new is None:
        return last.new is None and row.new is None
    return row.new == last.new + 1
