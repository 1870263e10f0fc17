"""P-values that never claim more than the sample allows, and their correction for many tests."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def rank_p(value: float, null: NDArray[np.float64]) -> float:
    """The chance of so great a value among exchangeable ones; never below 1/(n+1)."""
    return float((1 + np.count_nonzero(null >= value)) / (len(null) + 1))


def holm(ps: Sequence[float]) -> list[float]:
    """Each p-value corrected for all that ran, in the order given; at most 1.

    Paper: Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979).
    """
    order = np.argsort(ps)
    corrected, highest = [0.0] * len(ps), 0.0
    for place, which in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - place) * ps[which]))
        corrected[which] = highest
    return corrected


def wilson(hits: int, trials: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95% interval of a rate such as the false-positive rate (Wilson 1927)."""
    if not trials:
        return 0.0, 1.0
    rate, square = hits / trials, z * z
    centre = (rate + square / (2 * trials)) / (1 + square / trials)
    half = z / (1 + square / trials) * np.sqrt(rate * (1 - rate) / trials + square / (4 * trials**2))
    return max(0.0, float(centre - half)), min(1.0, float(centre + half))
