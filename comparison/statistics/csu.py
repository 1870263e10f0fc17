"""``csu``: do neurons correspond to those that have the same number in the other model?

Paper: Zhu et al., Independence Tests for Language Models (arXiv 2502.12292), the statistic phi_CSU.
Needs: activations (or weight rows) of one projection in both models.
Survives: fine-tuning, pruning, quantisation, noise, long continued training.
Defeated by: a permutation of the neurons, which costs whoever hides an origin nothing.
Null: neurons of an independently initialised model are exchangeable, whatever it was trained on, so that
every assignment comes about as often as any other and the p-value is exact, but for
the t approximation to it.
"""

import numpy as np

from comparison.statistics.assignment import Correlation, Floats, assign_units, correlation


def csu(reference: Floats, suspect: Floats) -> Correlation:
    """How far the best assignment of ``[neurons, probes]`` agrees with the neurons' own numbers.

    Neurons that are silent on every probe match nothing and are left out.
    """
    ours, theirs = (np.flatnonzero(side.any(axis=1)) for side in (reference, suspect))
    rows, columns = assign_units(reference[ours], suspect[theirs])
    return correlation(ours[rows], theirs[columns])
