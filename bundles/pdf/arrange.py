"""In which order indexes and documents stand: what the court has first, then what came later; volumes."""

from collections.abc import Mapping

from bundles.pdf.contents import BundleSpec, in_words
from bundles.pdf.numbers import has_insertions
from bundles.pdf.plan import Block, Index, Plan, Tab, parts_of
from bundles.pdf.profile import Limits, Profile
from core.errors import InvalidInput

Lengths = Mapping[tuple[str, int], int]
"""Pages of each index as far as known, by its kind and number."""


def refuse_contradictions(spec: BundleSpec, profile: Profile) -> None:
    """What the specification says about late documents can be done.

    Raises:
        InvalidInput: insertion where the profile's court forbids it, or more delivered than there is.
    """
    if has_insertions(spec) and "insert" not in profile.numbering.late:
        raise InvalidInput(
            f"{profile.title} does not allow late documents in their place, numbered 45A and so on.",
            remedy="Let them come after the last page instead, or choose a profile that allows it.",
            field="late",
        )
    standing = spec.standing
    if standing and standing.entries > len(spec.entries):
        raise InvalidInput(
            f"The delivered version held {standing.entries} documents, but {len(spec.entries)} are here.",
            remedy="Leave the delivered documents in their place; a page can say that one was withdrawn.",
            field="standing",
        )


def arrange(spec: BundleSpec, limits: Limits, tabs: list[Tab], lengths: Lengths, *, apart: bool) -> Plan:
    """Documents and indexes in their order.

    Args:
        spec: says what the court has already.
        limits: when the bundle becomes several volumes.
        tabs: the documents.
        lengths: pages of the indexes; what is not in it counts as one page.
        apart: whether the rows of the newest late documents stand in an index of their own.
    """
    front = Index("front", parts_of(spec, tabs), lengths.get(("front", 0), 1))
    blocks: list[Block] = [front]
    rounds = _rounds(spec, tabs)
    listed = list(rounds[0][1])
    later: list[int] = []
    for nth, (heading, own, pages) in enumerate(rounds):
        if nth > 0:
            later.append(len(blocks))
        if nth > 0 and own and (pages if pages is not None else apart):
            index = Index("added", parts_of(spec, own), pages or lengths.get(("added", nth), 1), nth, heading)
            blocks.append(index)
            front.pointers.append(index)
        elif nth > 0:
            listed += own
        blocks += own
    front.parts = parts_of(spec, listed)
    return _in_volumes(blocks, later, spec, limits, lengths)


def _rounds(spec: BundleSpec, tabs: list[Tab]) -> list[tuple[str, list[Tab], int | None]]:
    """Heading, documents and pages of their index (None: not settled) for each delivery, the oldest first."""
    standing = spec.standing
    if standing is None or has_insertions(spec):
        return [("", tabs, None)]
    start = standing.entries - sum(added.entries for added in standing.added)
    rounds: list[tuple[str, list[Tab], int | None]] = [("", tabs[:start], None)]
    for added in standing.added:
        heading = f"Documents added after {in_words(added.after)}"
        rounds.append((heading, tabs[start : start + added.entries], added.index_pages))
        start += added.entries
    heading = f"Documents added after {in_words(standing.delivered)}"
    return [*rounds, (heading, tabs[start:], None)]


def _in_volumes(
    blocks: list[Block], later: list[int], spec: BundleSpec, limits: Limits, lengths: Lengths
) -> Plan:
    starts = _volume_starts(blocks, limits)
    if len(starts) == 1 and not limits.index_volume:
        return Plan(blocks)
    if limits.index_volume:
        starts = [0, *(1 + start for start in _volume_starts(blocks[1:], limits, contents=1))]
    # What came after a delivery opens a volume, so that the contents pages of earlier ones stay as they are.
    starts = sorted({*starts, *(at for at in later if at < len(blocks))})
    placed: list[Block] = []
    volumes = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(blocks)], strict=True), 1):
        volumes.append(len(placed))
        own = [block for block in blocks[start:end] if isinstance(block, Tab)]
        if number > 1:
            pages = lengths.get(("volume", number), 1)
            placed.append(Index("volume", parts_of(spec, own), pages, number, f"Volume {number}"))
        placed += blocks[start:end]
    return Plan(placed, volumes)


def _volume_starts(blocks: list[Block], limits: Limits, contents: int = 0) -> list[int]:
    """The block with which each volume begins, never inside a document; the first opens with ``contents``."""
    starts, pages, size = [0], contents, 0.0
    for at, block in enumerate(blocks):
        mib = block.source.size / 2**20 if isinstance(block, Tab) and block.source else 0.0
        # A volume after the first opens with a contents page of its own, counted here as one.
        over = (limits.volume_pages is not None and pages + block.pages > limits.volume_pages) or (
            limits.volume_mib is not None and size + mib > limits.volume_mib
        )
        if over and at > starts[-1] and isinstance(block, Tab):
            starts.append(at)
            pages, size = 1, 0.0
        pages, size = pages + block.pages, size + mib
    return starts
