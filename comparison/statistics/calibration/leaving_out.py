"""What the calibration gives for models that it has not seen: each lineage left out in turn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comparison.statistics import refusals
from comparison.statistics.calibration.population import Pair
from comparison.statistics.calibration.ratio import Array, Bounds, cllr, elub, fit
from comparison.statistics.errors import PopulationMissing

WIDEST = 300.0
"""log10 of the greatest ratio that is told from a greater one before it is bounded."""


@dataclass(frozen=True, slots=True)
class Case:
    """A pair of the population by one method or several.

    Args:
        values: one a method; more is more alike.
        lineages: the families of both models.
        derived: whether one was made from the other.
    """

    values: tuple[float, ...]
    lineages: frozenset[str]
    derived: bool


@dataclass(frozen=True, slots=True)
class Validation:
    """Ratios of pairs whose lineages were left out, bounded; their cost; and how many errors there were.

    ``cost`` is Cllr in bits; ``false_positives`` counts independent pairs with a ratio above 1.
    """

    derived: Array
    independent: Array
    bounds: Bounds
    cost: float
    false_positives: int


def validate(pairs: Sequence[Pair], *, against: str = "") -> Validation:
    """As ``validate_cases``, of pairs by one method."""
    cases = [Case((pair.value,), pair.lineages, pair.derived) for pair in pairs]
    return validate_cases(cases, against=against)


def validate_cases(cases: Sequence[Case], *, against: str = "") -> Validation:
    """Every case's ratio from a calibration that saw neither of its lineages.

    Args:
        cases: of the population, of equally many methods.
        against: the claimant's lineage, which stands on one side of every pair and is never left out.

    Raises:
        PopulationMissing: too few lineages remain once some are left out.
    """
    raw: list[tuple[bool, float]] = []
    for case in cases:
        rest = [other for other in cases if not (other.lineages & case.lineages) - {against}]
        model = fit(scores(rest, derived=True), scores(rest, derived=False))
        raw.append((case.derived, float(model.log10_lr(np.array([case.values]))[0])))
    derived, independent = (
        np.array([10.0 ** min(max(lr, -WIDEST), WIDEST) for was, lr in raw if was is kind])
        for kind in (True, False)
    )
    if not len(derived) or not len(independent):
        raise PopulationMissing(refusals.ONE_KIND, remedy="Add derived and independent models.")
    bounds = elub(derived, independent)
    held = [np.clip(values, bounds.low, bounds.high) for values in (derived, independent)]
    return Validation(held[0], held[1], bounds, cllr(*held), int(np.count_nonzero(held[1] > 1.0)))


def scores(cases: Sequence[Case], *, derived: bool) -> Array:
    """One row for each pair of lineages, ``[rows, methods]``: the mean, so that a family counts once."""
    by_lineage: dict[frozenset[str], list[tuple[float, ...]]] = {}
    for case in cases:
        if case.derived is derived:
            by_lineage.setdefault(case.lineages, []).append(case.values)
    width = len(cases[0].values) if cases else 1
    return np.array([np.mean(rows, axis=0) for rows in by_lineage.values()]).reshape(-1, width)
