"""The order of a bundle as plain values: section numbers with the numbers of their entries."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

Order = list[tuple[int, list[int]]]
STEP = 1024
"""Between the places of two entries that follow one another, so that another fits between them."""


def mark(order: Order) -> str:
    """A short word that changes whenever anything is added, taken out or moved."""
    return hashlib.sha256(json.dumps(order).encode()).hexdigest()[:16]


def entry_moved(order: Order, entry: int, by: int) -> Order:
    """The entry stands one place earlier (``by`` is -1) or later (1).

    Past the end of its section it goes into the neighbouring one; at the very end it stays where it is.
    """
    moved = [(section, list(entries)) for section, entries in order]
    at = next((number for number, (_, entries) in enumerate(moved) if entry in entries), None)
    if at is None:
        return moved
    here = moved[at][1]
    place = here.index(entry) + by
    if 0 <= place < len(here):
        here.remove(entry)
        here.insert(place, entry)
    elif 0 <= at + by < len(moved):
        here.remove(entry)
        there = moved[at + by][1]
        there.insert(len(there) if by < 0 else 0, entry)
    return moved


def section_moved(order: Order, section: int, by: int) -> Order:
    """The section, with all that is in it, stands one place earlier (-1) or later (1) where there is one."""
    moved = list(order)
    at = next((number for number, (number_of, _) in enumerate(moved) if number_of == section), None)
    if at is not None and 0 <= at + by < len(moved):
        moved.insert(at + by, moved.pop(at))
    return moved


def taken_elsewhere(before: Order, after: Order) -> set[int]:
    """The fewest entries whose move explains the new order; what only slid along is not among them.

    Args:
        before: the order there was.
        after: the order there is, of the same entries.
    """
    was = {entry: (section, place) for section, held in before for place, entry in enumerate(held)}
    stayed: set[int] = set()
    for section, held in after:
        stayed |= _longest_rise({entry: was[entry][1] for entry in held if was[entry][0] == section})
    return set(was) - stayed


def _longest_rise(places: dict[int, int]) -> set[int]:
    """The most entries that still follow one another as before, by their former places in the new order."""
    ends: list[int] = []
    earlier: dict[int, int | None] = {}
    for entry, place in places.items():
        at = bisect_left(ends, place, key=places.__getitem__)
        earlier[entry] = ends[at - 1] if at else None
        ends[at : at + 1] = [entry]
    rise: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        rise.add(last)
        last = earlier[last]
    return rise


def places(held: Sequence[int], now: dict[int, int], taken: set[int]) -> dict[int, int]:
    """A place for each entry of a section, so that few rows change: those that stay keep theirs.

    Args:
        held: the section's entries in their new order.
        now: the place that each has; the places of those taken elsewhere do not count.
        taken: entries that come from elsewhere and need a place between their neighbours.
    """
    found: dict[int, int] = {}
    before = 0
    for moved, run in groupby(held, key=taken.__contains__):
        here = list(run)
        if not moved:
            found |= {entry: now[entry] for entry in here}
            before = now[here[-1]]
            continue
        following = held[held.index(here[-1]) + 1 :]
        after = now[following[0]] if following else before + STEP * (len(here) + 1)
        gap = (after - before) // (len(here) + 1)
        if gap < 1:
            return {entry: STEP * place for place, entry in enumerate(held, start=1)}
        found |= {entry: before + gap * place for place, entry in enumerate(here, start=1)}
        before = found[here[-1]]
    return found


def sections_as(order: Order, sections: Sequence[int]) -> Order:
    """Sections in the order given; any that it does not name are left out."""
    held = dict(order)
    return [(section, held[section]) for section in sections if section in held]
