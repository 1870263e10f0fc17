"""``mutual-knn``: do the same samples stand next to each other in both models?

Paper: Huh et al., The Platonic Representation Hypothesis (arXiv 2405.07987).
Needs: representations of the same samples in both models.
Survives: rotation, uniform scaling, permutation of axes.
Defeated by: ordinary likeness of models of like data.
Null: a reference population only.
"""

import numpy as np
from numpy.typing import NDArray

from comparison.statistics import refusals
from comparison.statistics.assignment import Floats, cosines
from comparison.statistics.errors import MeasureRefused


def nearest(samples: Floats, k: int) -> NDArray[np.intp]:
    """The ``k`` samples nearest to each by cosine, itself left out, ``[samples, k]``."""
    likeness = cosines(samples, samples)
    np.fill_diagonal(likeness, -np.inf)
    return np.argpartition(-likeness, k - 1, axis=1)[:, :k]


def shared_neighbours(first: NDArray[np.integer], second: NDArray[np.integer]) -> float:
    """The mean share of neighbours in common, each ``[samples, k]``."""
    if first.shape != second.shape:
        raise MeasureRefused(refusals.OTHER_NEIGHBOURS, remedy="Observe both models on the same probe.")
    pairs = zip(first, second, strict=True)
    return float(np.mean([len(np.intersect1d(one, other)) / first.shape[1] for one, other in pairs]))
