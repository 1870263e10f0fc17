"""``cka``, ``reef`` and ``embedding-gram``: likeness of two geometries, whatever their axes.

Papers: Kornblith et al., Similarity of Neural Network Representations Revisited (arXiv 1905.00414); Song et
al., Feature Selection via Dependence Maximization (JMLR 13, 2012), the unbiased estimator; REEF (arXiv
2410.14273) takes last-token representations.
Needs: the same samples (probe positions; for ``embedding-gram`` the tokens both vocabularies share) as rows.
Survives: rotation and uniform scaling of either side, permutation of the axes.
Defeated by: distillation of text alone (``embedding-gram``); ordinary likeness of models of like data (all).
Null: independent models are far from 0 (0.84 and more for ``reef`` on like data), so shuffling samples is the
wrong null: only a reference population tells what a value means.
"""

import numpy as np
from numpy.typing import NDArray

from comparison.statistics import refusals
from comparison.statistics.assignment import Floats
from comparison.statistics.errors import MeasureRefused


def unbiased_cka(first: Floats, second: Floats) -> float:
    """The unbiased linear CKA of ``[samples, features]`` with ``[samples, other features]``, at most 1.

    Computed in feature space, in samples times features squared, so that vocabularies need no square matrix.
    """
    if len(first) != len(second) or len(first) < 4:
        raise MeasureRefused(
            refusals.OTHER_SAMPLES.format(ours=len(first), theirs=len(second)),
            remedy="Give both models the same probes, at least four.",
        )
    x, y = _scaled(first), _scaled(second)
    between, one, other = _hsic(x, y), _hsic(x, x), _hsic(y, y)
    if one <= 0 or other <= 0:
        raise MeasureRefused(refusals.ALL_ALIKE, remedy="Use probes that differ from one another.")
    return float(between / np.sqrt(one * other))


def shape_of(samples: Floats) -> NDArray[np.float32]:
    """The geometry of ``[samples, features]`` as a unit vector; two of them multiply to their unbiased CKA.

    Paper: Szekely and Rizzo (2014), whose U-centred matrices give the unbiased estimator. For few samples of
    many features, of which many are to be compared: each costs its square matrix once.
    """
    n = len(samples)
    if n < 4:
        raise MeasureRefused(refusals.FEW_SAMPLES.format(samples=n), remedy="Use at least four probes.")
    wide = _scaled(samples)
    kernel = wide @ wide.T
    np.fill_diagonal(kernel, 0.0)
    sums = kernel.sum(axis=1)
    kernel += sums.sum() / ((n - 1) * (n - 2)) - (sums[:, None] + sums[None, :]) / (n - 2)
    np.fill_diagonal(kernel, 0.0)
    norm = np.linalg.norm(kernel)
    if norm <= 0:
        raise MeasureRefused(refusals.ALL_ALIKE, remedy="Use probes that differ from one another.")
    return (kernel / norm).astype(np.float32).ravel()


def _scaled(values: Floats) -> Floats:
    """Centred, so that large common offsets cost no precision, and of unit scale."""
    wide = values.astype(np.float64) - values.mean(axis=0, dtype=np.float64)
    norm = np.linalg.norm(wide)
    scaled: Floats = wide * (np.sqrt(len(wide)) / norm) if norm > 0 else wide
    return scaled


def _hsic(x: Floats, y: Floats) -> float:
    """The unbiased estimator of HSIC, without its common factor 1/(n(n-3))."""
    n = len(x)
    own_x, own_y = np.einsum("ij,ij->i", x, x), np.einsum("ij,ij->i", y, y)
    sums_x, sums_y = x @ x.sum(axis=0) - own_x, y @ y.sum(axis=0) - own_y
    trace = np.sum((x.T @ y) ** 2) - own_x @ own_y
    return float(
        trace + sums_x.sum() * sums_y.sum() / ((n - 1) * (n - 2)) - 2.0 / (n - 2) * (sums_x @ sums_y)
    )
