"""Two explanations against each other: which methods speak for the one, which for the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any


@dataclass(frozen=True, slots=True)
class Against:
    """The first proposition against the second.

    Args:
        first: its name.
        second: its name.
        for_first: methods whose finding is to be expected under the first and not under the second.
        for_second: the other way round.
        silent: methods that do not tell the two apart.
    """

    first: str
    second: str
    for_first: tuple[str, ...]
    for_second: tuple[str, ...]
    silent: tuple[str, ...]


def pairwise(propositions: Sequence[Mapping[str, Any]]) -> list[Against]:
    """Every two propositions against each other.

    A likeness beyond chance speaks for whatever leaves one, over whatever does not. An unlikeness speaks for
    independent training over what it excludes, and for nothing else: a model made from another can have lost
    what this method looks at.

    Args:
        propositions: as a comparison answers them, each with its methods for, against and undecided.
    """
    sides = {row["id"]: _sides(row) for row in propositions}
    methods = [*sides["H3"]] if "H3" in sides else []
    alike = {method for method in methods if sides["H3"][method] < 0}
    found = []
    for first, second in combinations(sides, 2):
        prefers = {
            method: _prefers(sides[first][method], sides[second][method], alike=method in alike)
            for method in methods
        }
        found.append(
            Against(
                first,
                second,
                *(tuple(name for name in methods if prefers[name] == side) for side in (1, -1, 0)),
            )
        )
    return found


def _sides(row: Mapping[str, Any]) -> dict[str, int]:
    signs = {"supported_by": 1, "against": -1, "undecided": 0}
    return {method: sign for key, sign in signs.items() for method in row[key]}


def _prefers(first: int, second: int, *, alike: bool) -> int:
    """1 for the first, -1 for the second, 0 where the method tells nothing."""
    if first == second or (not alike and first * second == 0):
        return 0
    if alike and max(first, second) < 1:
        return 0
    return 1 if first > second else -1
