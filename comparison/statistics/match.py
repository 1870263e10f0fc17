"""``match``: are the gate and up projections of a layer matched by one and the same permutation?

Paper: Zhu et al., Independence Tests for Language Models (arXiv 2502.12292), the statistic phi_MATCH.
Needs: activations of both projections of a gated MLP in both models on the same probes.
Survives: permutation of neurons, any rotation of the residual stream (the activations do not change), scaling
of neurons by positive numbers, fine-tuning, pruning, quantisation, long continued training.
Defeated by: retraining from the outputs (distillation); then it sees nothing.
Null: of two independently trained models the two matchings hardly depend on each other. The paper reports
that the p-value behaves as one, by experiment only: permuting neurons moves gate and up together, so that the
exchangeability that makes ``csu`` exact says nothing here. What couples the two within each model breaks it:
neurons silent in both (left out here), or one direction common to all probes (centre the observations).
Independent models of a reference population show whether it holds. A shared public seed or ancestor is not
independent training.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.assignment import (
    SMALLEST_LOG10,
    Correlation,
    Floats,
    assign_units,
    correlation,
)

LN10 = float(np.log(10.0))


@dataclass(frozen=True, slots=True)
class Layer:
    """One gated MLP as observed: ``gate`` and ``up`` are ``[neurons, probes]``, before the nonlinearity."""

    gate: Floats
    up: Floats


def match(reference: Layer, suspect: Layer) -> Correlation:
    """The agreement of the two matchings of one layer's neurons; silent neurons are left out.

    Raises:
        MeasureRefused: fewer than four neurons of a layer are not silent.
    """
    reference, suspect = _speaking(reference), _speaking(suspect)
    rows, by_gate = assign_units(reference.gate, suspect.gate, 0)
    others, by_up = assign_units(reference.up, suspect.up, 1)
    _, at, on = np.intersect1d(rows, others, return_indices=True)
    return correlation(by_gate[at], by_up[on])


def _speaking(layer: Layer) -> Layer:
    """Without neurons whose gate or up projection is zero on every probe: they match nothing."""
    speaks = layer.gate.any(axis=1) & layer.up.any(axis=1)
    return layer if speaks.all() else Layer(layer.gate[speaks], layer.up[speaks])


def layer_map(reference: Sequence[Layer], suspect: Sequence[Layer]) -> NDArray[np.float64]:
    """log10 p of every layer of the one with every layer of the other, ``[reference, suspect]``."""
    return np.array([[match(one, other).log10_p for other in suspect] for one in reference])


def combined(log10_ps: Sequence[float]) -> float:
    """log10 p of all layers together, by Fisher's method.

    Neurons of different layers start independently of each other, and the layers' tests count as such.
    """
    if not log10_ps:
        return 0.0
    from scipy.stats import chi2  # takes a second to load

    statistic = -2.0 * LN10 * float(np.sum(log10_ps))
    return max(float(chi2.logsf(statistic, 2 * len(log10_ps))) / LN10, SMALLEST_LOG10)
