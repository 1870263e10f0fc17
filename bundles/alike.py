"""Documents of a bundle that are alike, what was decided about them, and which are still unread."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.cache import cache
from pypdfium2 import PdfiumError

from bundles import sources
from bundles.models import Bundle, DocumentPrint, DuplicateDecision, Entry
from bundles.pdf.duplicates.compare import duplicates
from bundles.pdf.duplicates.fingerprint import fingerprint
from bundles.pdf.duplicates.pair import Pair
from bundles.pdf.duplicates.prints import Fingerprint
from evidence.storage import store

LOOK = "1"
"""Changes with the engine's way of comparing, so that what was kept before is made again."""
KEPT_FOR = 24 * 3600
"""Seconds for which the pairs of an unchanged bundle are not sought again."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An entry whose document can be compared: its stored PDF, the original's hash, the pages that go in."""

    entry: Entry
    stored: str
    sha256: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two entries that are alike, and the standing decision about them, if any."""

    pair: Pair
    spare: Entry
    kept: Entry
    decision: DuplicateDecision | None


@dataclass(frozen=True)
class Likenesses:
    """What is alike in a bundle, as far as its documents have been read.

    Args:
        pairs: in the order of the engine, the surest first.
        unread: how many documents have not been read for this yet.
    """

    pairs: list[AlikePair]
    unread: int

    @cached_property
    def undecided(self) -> list[AlikePair]:
        """The pairs that nobody has decided about."""
        return [pair for pair in self.pairs if pair.decision is None]

    @cached_property
    def decided(self) -> list[AlikePair]:
        """The pairs of which somebody said that both stay."""
        return [pair for pair in self.pairs if pair.decision is not None]


def of(bundle: Bundle) -> Likenesses:
    """What is alike in the bundle as it stands."""
    compared = _compared(bundle)
    prints = _prints(compared)
    read = [one for one in compared if one.stored in prints]
    entries = {str(one.entry.pk): one.entry for one in read}
    decisions = {
        frozenset((decision.first_id, decision.second_id)): decision
        for decision in bundle.duplicate_decisions.filter(decision=DuplicateDecision.Decision.KEEP_BOTH)
    }
    pairs = []
    for pair in _pairs(read, prints):
        spare, kept = entries[pair.spare], entries[pair.kept]
        if spare.exhibit_id != kept.exhibit_id:
            both = frozenset(filter(None, (spare.exhibit_id, kept.exhibit_id)))
            pairs.append(AlikePair(pair, spare, kept, decisions.get(both)))
    return Likenesses(pairs, len(compared) - len(read))


def read(bundle: Bundle) -> int:
    """Every document of the bundle that can be compared has been read; says how many were read now."""
    made = 0
    compared = _compared(bundle)
    known = _known(compared)
    for one in compared:
        if one.stored in known:
            continue
        known.add(one.stored)
        try:
            kept = fingerprint(store().path(one.stored), sha256=one.sha256)
        except PdfiumError:
            # It stays unread; what cannot be drawn cannot be compared, and its build says why.
            continue
        DocumentPrint.objects.get_or_create(stored=one.stored, look=LOOK, defaults={"kept": kept.as_json()})
        made += 1
    return made


def pair_of(bundle: Bundle, first: int, second: int) -> AlikePair | None:
    """The pair of these two entries, whichever is named first; None where they are not alike now."""
    wanted = {first, second}
    return next((pair for pair in of(bundle).pairs if {pair.spare.pk, pair.kept.pk} == wanted), None)


def _compared(bundle: Bundle) -> list[Compared]:
    found = []
    for entry in sources.entries_of(bundle):
        source = sources.of(entry)
        if entry.exhibit_id and not entry.signpost and source.stored:
            found.append(Compared(entry, source.stored, source.sha256, source.pages))
    return found


def _known(compared: Sequence[Compared]) -> set[str]:
    wanted = {one.stored for one in compared}
    return set(DocumentPrint.objects.filter(look=LOOK, stored__in=wanted).values_list("stored", flat=True))


def _prints(compared: Sequence[Compared]) -> dict[str, Fingerprint]:
    rows = DocumentPrint.objects.filter(look=LOOK, stored__in={one.stored for one in compared})
    return {stored: Fingerprint.from_json(kept) for stored, kept in rows.values_list("stored", "kept")}


def _pairs(read: Sequence[Compared], prints: dict[str, Fingerprint]) -> list[Pair]:
    """Sought once for the same documents in the same order."""
    said = repr([(one.entry.pk, one.stored, one.sha256, one.pages) for one in read])
    key = f"alike-{LOOK}-{hashlib.sha256(said.encode()).hexdigest()}"
    held: list[Pair] | None = cache.get(key)
    if held is None:
        held = duplicates([(str(one.entry.pk), _part(one, prints[one.stored])) for one in read])
        cache.set(key, held, KEPT_FOR)
    return held


def _part(one: Compared, whole: Fingerprint) -> Fingerprint:
    """The print of what goes in; of some pages only their own words and looks are known."""
    made = replace(whole, sha256=one.sha256)
    if not one.pages:
        return made
    chosen = ",".join(map(str, one.pages))
    pages = tuple(whole.pages[number - 1] for number in one.pages)
    return replace(made, sha256=f"{one.sha256} {chosen}", text="", pages=pages, mail=None)
