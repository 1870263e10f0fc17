"""The reference population: what values independent, and derived, models give."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from comparison.statistics import refusals
from comparison.statistics.errors import PopulationMissing

Stratum = Literal["same-data", "same-domain", "other-domain", "other-architecture", "same-seed"]
STRATA: tuple[str, ...] = get_args(Stratum)


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of models whose relation is known.

    Args:
        value: what the method gave; more is more alike.
        lineages: the families of both models; pairs that share one are not independent of each other.
        stratum: how like the suspect's case the pair is.
        derived: whether one was made from the other.
    """

    value: float
    lineages: frozenset[str]
    stratum: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Null:
    """The values of independent models of one stratum; each lineage gives one, its greatest."""

    stratum: str
    values: NDArray[np.float64]
    lineages: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The null in the shape of a finding."""
        return {
            "n": len(self.values),
            "lineages": len(self.lineages),
            "stratum": self.stratum,
            "mean": float(self.values.mean()),
            "min": float(self.values.min()),
            "max": float(self.values.max()),
        }


def null_of(pairs: Iterable[Pair], stratum: str, *, against: str) -> Null:
    """The null for a suspect of this stratum.

    Args:
        pairs: of the population.
        stratum: the suspect's.
        against: the claimant's lineage, which every pair of the null has on one side.

    Raises:
        PopulationMissing: the stratum is unknown or empty; names those that are not.
    """
    if stratum not in STRATA:
        raise PopulationMissing(
            refusals.NO_SUCH_STRATUM, remedy=f"Choose one in place of {stratum!r}: {', '.join(STRATA)}."
        )
    pairs = list(pairs)
    greatest: dict[str, float] = {}
    for pair in pairs:
        if not pair.derived and pair.stratum == stratum and against in pair.lineages:
            lineage = next(iter(pair.lineages - {against}), against)
            greatest[lineage] = max(pair.value, greatest.get(lineage, -np.inf))
    if not greatest:
        there = sorted({pair.stratum for pair in pairs if not pair.derived}) or ["none"]
        raise PopulationMissing(
            refusals.STRATUM_EMPTY.format(stratum=stratum),
            remedy=f"Add models of it; there are: {', '.join(there)}.",
        )
    names = tuple(sorted(greatest))
    return Null(stratum, np.array([greatest[name] for name in names]), names)
