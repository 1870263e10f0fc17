"""Likelihood ratios no greater than the reference set supports.

Papers: Vergeer et al., Numerical likelihood ratios outputted by LR systems are often based on extrapolation
(Science and Justice 56, 2016), the bounds; Brümmer and du Preez, Application-independent evaluation of
speaker detection (2006), Cllr.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparison.statistics import refusals
from comparison.statistics.errors import PopulationMissing

Array = NDArray[np.float64]
PENALTY = 0.01
"""Weight of the squared slopes, per observation, for scores of unit spread."""
FEWEST = 3
"""Lineages on either side below which no ratio is given."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest ratio that the reference set supports."""

    low: float
    high: float

    def held(self, log10_lr: float) -> float:
        """The ratio within the bounds."""
        return float(10.0 ** np.clip(log10_lr, np.log10(self.low), np.log10(self.high)))


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted calibration: log10 of the ratio is ``offset + slopes . (scores - centre) / spread``."""

    centre: Array
    spread: Array
    slopes: Array
    offset: float

    def log10_lr(self, scores: Array) -> Array:
        """Unbounded ratios of ``[cases, methods]``."""
        return self.offset + ((scores - self.centre) / self.spread) @ self.slopes


def fit(derived: Array, independent: Array) -> Model:
    """A logistic calibration of one or more methods' values; more alike never counts for independence.

    Several methods are fused here, by regression, and their ratios are never multiplied: they see the same
    models and are not independent.

    Args:
        derived: ``[cases, methods]``, one case for each lineage.
        independent: likewise.

    Raises:
        PopulationMissing: fewer than three lineages on a side.
    """
    if min(len(derived), len(independent)) < FEWEST:
        raise PopulationMissing(
            refusals.FEW_LINEAGES.format(derived=len(derived), independent=len(independent)),
            remedy=f"Add models until there are {FEWEST} of each; a rank p-value needs independent ones.",
        )
    scores = np.vstack([derived, independent])
    centre, spread = scores.mean(axis=0), np.maximum(scores.std(axis=0), 1e-12)
    x = (scores - centre) / spread
    y = np.r_[np.ones(len(derived)), -np.ones(len(independent))]
    weights = np.where(y > 0, 0.5 / len(derived), 0.5 / len(independent))

    def loss(parameters: Array) -> tuple[float, Array]:
        margin = y * (parameters[0] + x @ parameters[1:])
        slope = -weights * y / (1 + np.exp(np.clip(margin, -500, 500)))
        value = weights @ np.logaddexp(0, -margin) + PENALTY * parameters[1:] @ parameters[1:]
        return float(value), np.r_[slope.sum(), x.T @ slope + 2 * PENALTY * parameters[1:]]

    from scipy.optimize import minimize  # takes a second to load

    bounds = [(None, None), *[(0.0, None)] * x.shape[1]]
    found = minimize(loss, np.zeros(1 + x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return Model(centre, spread, found[1:] / np.log(10), float(found[0] / np.log(10)))


def elub(derived: Array, independent: Array) -> Bounds:
    """The empirical bounds: a ratio is supported as long as one more misleading case would not undo its use.

    At the threshold t the system errs at the cost ``misses + t * false alarms``, each rate with one
    misleading case added; to use no system costs ``min(1, t)``. Supported are the t around 1 where the
    system costs less.

    Args:
        derived: ratios of derived pairs, ``[cases]``.
        independent: ratios of independent pairs, ``[cases]``.
    """
    thresholds = np.logspace(-12, 12, 4801)
    misses = (np.searchsorted(np.sort(derived), thresholds, side="right") + 1) / (len(derived) + 1)
    alarms = (len(independent) - np.searchsorted(np.sort(independent), thresholds, side="right") + 1) / (
        len(independent) + 1
    )
    useful = misses + thresholds * alarms < np.minimum(1.0, thresholds)
    above, below = thresholds >= 1.0, thresholds <= 1.0
    high = _reach(useful[above], thresholds[above])
    low = _reach(useful[below][::-1], thresholds[below][::-1])
    return Bounds(low, high)


def _reach(useful: NDArray[np.bool_], thresholds: Array) -> float:
    """The last threshold before the first that is of no use; 1 where the first one is of none."""
    ends = np.flatnonzero(~useful)
    last = (ends[0] if len(ends) else len(useful)) - 1
    return float(thresholds[last]) if last >= 0 else 1.0


def cllr(derived: Array, independent: Array) -> float:
    """The cost of the ratios in bits: 0 is perfect, 1 says no more than nothing."""
    misses = np.log2(1 + 1 / np.maximum(derived, 1e-300)).mean()
    return float(0.5 * (misses + np.log2(1 + independent).mean()))


def tippett(ratios: Array) -> tuple[Array, Array]:
    """The curve of a Tippett plot: log10 ratios in order, and the share of cases at or above each."""
    values = np.sort(np.log10(np.maximum(ratios, 1e-300)))
    return values, 1.0 - np.arange(len(values)) / len(values)
