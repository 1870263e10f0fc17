"""The order of a bundle as plain values: section numbers with the numbers of their entries."""

import hashlib
import json
from collections.abc import Sequence

Order = list[tuple[int, list[int]]]


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


def sections_as(order: Order, sections: Sequence[int]) -> Order:
    """Sections in the order given; any that it does not name are left out."""
    held = dict(order)
    return [(section, held[section]) for section in sections if section in held]
