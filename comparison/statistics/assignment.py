"""Which unit of one model corresponds to which of the other, and whether that could be chance."""

from dataclasses import dataclass
from math import lgamma, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.statistics import refusals
from comparison.statistics.errors import MeasureRefused

Floats = NDArray[np.floating]
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

    Single precision stays single: for wide layers the result alone is half a gigabyte then.

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
    best = likeness.argmax(axis=1)
    if len(np.unique(best)) == len(best):
        return np.arange(len(best)), best
    from scipy.optimize import linear_sum_assignment  # takes a second to load

    rows, columns = linear_sum_assignment(likeness, maximize=True)
    return rows, columns


def correlation(first: NDArray[Any], second: NDArray[Any]) -> Correlation:
    """How far two assignments of the same units agree, with the p of as much agreement by chance.

    The p-value is that of Student's t with ``units - 2`` degrees of freedom, one-sided, and never below 1 in
    the number of orders that so many units have: no two assignments can be rarer than that.
    """
    units = len(first)
    if units < 4:
        raise MeasureRefused(
            refusals.FEW_UNITS.format(units=units), remedy="Compare models with larger layers."
        )
    from scipy.stats import rankdata, t  # takes a second to load

    x, y = rankdata(first), rankdata(second)
    x, y = x - x.mean(), y - y.mean()
    value = float(x @ y / np.sqrt((x @ x) * (y @ y)))
    spread = max(1.0 - value * value, 0.0)
    rarest = max(-lgamma(units + 1) / log(10), SMALLEST_LOG10)
    if spread == 0.0:
        return Correlation(value, rarest if value > 0 else 0.0, units)
    tail = float(t.logsf(value * np.sqrt((units - 2) / spread), units - 2))
    return Correlation(value, min(max(tail / log(10), rarest), 0.0), units)


def _unit(rows: Floats) -> Floats:
    wide = rows if rows.dtype == np.float32 else rows.astype(np.float64)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    unit: Floats = np.divide(wide, lengths, out=np.zeros_like(wide), where=lengths > 0)
    return unit
