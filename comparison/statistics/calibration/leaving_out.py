"""What the calibration gives for models that it has not seen: each lineage left out in turn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comparison.statistics.calibration.population import Pair
from comparison.statistics.calibration.ratio import Array, Bounds, cllr, elub, fit
from comparison.statistics.errors import PopulationMissing

WIDEST = 300.0
"""log10 of the greatest ratio that is told from a greater one before it is bounded."""


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
    """Every pair's ratio from a calibration that saw neither of its lineages.

    Args:
        pairs: of the population.
        against: the claimant's lineage, which stands on one side of every pair and is never left out.

    Raises:
        PopulationMissing: too few lineages remain once some are left out.
    """
    raw: list[tuple[bool, float]] = []
    for pair in pairs:
        rest = [other for other in pairs if not (other.lineages & pair.lineages) - {against}]
        model = fit(_scores(rest, derived=True), _scores(rest, derived=False))
        raw.append((pair.derived, float(model.log10_lr(np.array([[pair.value]]))[0])))
    derived, independent = (
        np.array([10.0 ** min(max(lr, -WIDEST), WIDEST) for was, lr in raw if was is kind])
        for kind in (True, False)
    )
    if not len(derived) or not len(independent):
        raise PopulationMissing(
            "The population holds only one kind of pair.", remedy="Add derived and independent models."
        )
    bounds = elub(derived, independent)
    held = [np.clip(values, bounds.low, bounds.high) for values in (derived, independent)]
    return Validation(held[0], held[1], bounds, cllr(*held), int(np.count_nonzero(held[1] > 1.0)))


def _scores(pairs: Sequence[Pair], *, derived: bool) -> Array:
    """One score for each pair of lineages: their mean, so that a large family counts once."""
    by_lineage: dict[frozenset[str], list[float]] = {}
    for pair in pairs:
        if pair.derived is derived:
            by_lineage.setdefault(pair.lineages, []).append(pair.value)
    return np.array([[np.mean(values)] for values in by_lineage.values()]).reshape(-1, 1)
