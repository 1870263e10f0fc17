"""Which unit of one model corresponds to which of the other, and whether that could be chance."""

from dataclasses import dataclass
from itertools import permutations
from math import lgamma, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.statistics import refusals
from comparison.statistics.errors import MeasureRefused

Floats = NDArray[np.floating]
COUNTED = 9
"""Units of which all orders are counted, 362,880 at the most."""
SMALLEST_LOG10 = -300.0
"""What a p-value too small for double precision is reported as."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """Spearman's correlation of two assignments, and its one-sided p as a power of ten.

    ``units`` is how many pairs it rests on.
    """

    value: float
    log10_p: float
    units: int


def cosines(first: Floats, second: Floats) -> Floats:
    """The cosine of every row of ``first`` with every row of ``second``; rows of zeros give 0.

    Single precision stays single: for wide layers the result alone is half a gigabyte then. No row is too
    small or too large for it: a neuron that weight decay has all but silenced keeps its direction.

    Args:
        first: ``[units, probes]``.
        second: ``[units, probes]``, the same probes in the same order.
    """
    if first.ndim != 2 or second.ndim != 2 or first.shape[1] != second.shape[1]:
        raise MeasureRefused(refusals.OTHER_PROBES, remedy="Observe both models on the same probes.")
    return _unit(first) @ _unit(second).T


def assign(likeness: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs (rows, columns) whose sum of ``likeness`` is greatest, each unit used once at most.

    Where every row's own best column is another one, that is the answer already; this spares the assignment
    for derived models, for which it costs the most.
    """
    if not likeness.size:
        return np.arange(0), np.arange(0)
    best = likeness.argmax(axis=1)
    if len(np.unique(best)) == len(best):
        return np.arange(len(best)), best
    from scipy.optimize import linear_sum_assignment  # takes a second to load

    rows, columns = linear_sum_assignment(likeness, maximize=True)
    return rows, columns


def assign_units(first: Floats, second: Floats, number: int = 0) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs of units whose sum of cosines is greatest; of units that are all alike, any with any.

    The second units are taken in an order that has nothing to do with their numbers: an assignment leaves
    equal ones in the order in which it finds them, which would look like a correspondence.

    Args:
        first: ``[units, probes]``.
        second: likewise, on the same probes.
        number: of the order; two assignments that are compared with each other need two orders.
    """
    order = np.random.default_rng(number).permutation(len(second))
    rows, columns = assign(cosines(first, second[order]))
    return rows, order[columns]


def correlation(first: NDArray[Any], second: NDArray[Any]) -> Correlation:
    """How far two assignments of the same units agree, with the p of as much agreement by chance.

    The p-value is one-sided. Of up to nine units every order is counted; of more it is that of Student's t
    with ``units - 2`` degrees of freedom, which is up to three times too small at 1e-5 for a dozen of them,
    and never below 1 in the number of orders that so many units have: no two can be rarer than that.
    """
    units = len(first)
    if units < 4:
        raise MeasureRefused(
            refusals.FEW_UNITS.format(units=units), remedy="Compare models with larger layers."
        )
    from scipy.stats import rankdata, t  # takes a second to load

    x, y = rankdata(first), rankdata(second)
    x, y = x - x.mean(), y - y.mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    if scale == 0.0:
        return Correlation(0.0, 0.0, units)
    value = float(x @ y / scale)
    if units <= COUNTED:
        sums = np.array(list(permutations(y))) @ x
        return Correlation(value, float(np.log10(np.mean(sums >= x @ y - 1e-9))), units)
    spread = max(1.0 - value * value, 0.0)
    rarest = max(-lgamma(units + 1) / log(10), SMALLEST_LOG10)
    if spread == 0.0:
        return Correlation(value, rarest if value > 0 else 0.0, units)
    tail = float(t.logsf(value * np.sqrt((units - 2) / spread), units - 2))
    return Correlation(value, min(max(tail / log(10), rarest), 0.0), units)


def _unit(rows: Floats) -> Floats:
    wide = rows if rows.dtype == np.float32 else rows.astype(np.float64)
    largest = np.abs(wide).max(axis=1, keepdims=True, initial=0.0)
    if not np.isfinite(largest).all():
        raise MeasureRefused(
            refusals.UNITS_NOT_FINITE,
            remedy="Compare by methods that do not observe units, such as hashes.",
        )
    # Squares of single precision leave its range long before the numbers do.
    unit: Floats = np.divide(wide, largest, out=np.zeros_like(wide), where=largest > 0)
    lengths = np.linalg.norm(unit, axis=1, keepdims=True)
    np.divide(unit, lengths, out=unit, where=lengths > 0)
    return unit
