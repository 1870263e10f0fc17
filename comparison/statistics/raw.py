"""The figures that claimants quote; each is only worth what its null says of it.

None of them is evidence alone: independent models reach 0.985 in ``raw_attention`` and 0.998 in ``raw_norm``
in the measured set. CAPA: Goel et al., Great Models Think Alike and this Undermines AI Oversight (arXiv
2502.04313).
"""

import numpy as np
from numpy.typing import NDArray

from comparison.statistics import refusals
from comparison.statistics.assignment import Floats, assign
from comparison.statistics.errors import MeasureRefused


def raw_attention(reference: Floats, suspect: Floats) -> float:
    """The mean correlation of attention-by-distance profiles, heads matched as well as they go.

    Args:
        reference: ``[heads, distances]``.
        suspect: ``[heads, distances]``.
    """
    likeness = _correlations(reference, suspect)
    return float(likeness[assign(likeness)].mean())


def raw_norm(reference: Floats, suspect: Floats) -> float:
    """The cosine of all norm gains in order."""
    _same(reference, suspect)
    return float(reference @ suspect / (np.linalg.norm(reference) * np.linalg.norm(suspect)))


def raw_deviation(reference: Floats, suspect: Floats) -> float:
    """The correlation of standard deviations layer by layer; the shorter profile is stretched."""
    length = max(len(reference), len(suspect))
    places = np.linspace(0.0, 1.0, length)
    one, other = (np.interp(places, np.linspace(0.0, 1.0, len(x)), x) for x in (reference, suspect))
    return float(_correlations(one[None], other[None])[0, 0])


def agreement(reference: NDArray[np.integer], suspect: NDArray[np.integer]) -> float:
    """The share of questions with the same answer."""
    _same(reference, suspect)
    return float(np.mean(reference == suspect))


def same_wrong(
    reference: NDArray[np.integer], suspect: NDArray[np.integer], truth: NDArray[np.integer]
) -> float | None:
    """Among questions both get wrong, the share with one and the same answer; None if there are none."""
    _same(reference, suspect)
    both = (reference != truth) & (suspect != truth)
    return float(np.mean(reference[both] == suspect[both])) if both.any() else None


def capa(reference: Floats, suspect: Floats, truth: NDArray[np.integer]) -> float:
    """The agreement of two models' answers, as distributions, beyond what their accuracies give; at most 1.

    Args:
        reference: ``[questions, options]``, rows sum to 1.
        suspect: likewise.
        truth: the right option of each question.
    """
    _same(reference, suspect)
    options = reference.shape[1]
    if options < 2:
        raise MeasureRefused(refusals.ONE_OPTION, remedy="Use questions with at least two.")
    each = np.arange(len(truth))
    ours, theirs = float(reference[each, truth].mean()), float(suspect[each, truth].mean())
    return beyond_chance(float(np.einsum("qo,qo->q", reference, suspect).mean()), ours, theirs, options)


def beyond_chance(observed: float, ours: float, theirs: float, options: int) -> float:
    """CAPA from the agreement observed, both accuracies and the number of options."""
    expected = ours * theirs + (1 - ours) * (1 - theirs) / (options - 1)
    return (observed - expected) / (1 - expected)


def _correlations(first: Floats, second: Floats) -> Floats:
    one, other = (x - x.mean(axis=1, keepdims=True) for x in (first, second))
    scale = np.outer(np.linalg.norm(one, axis=1), np.linalg.norm(other, axis=1))
    products = one @ other.T
    values: Floats = np.divide(products, scale, out=np.zeros_like(products), where=scale > 0)
    return values


def _same(one: NDArray[np.generic], other: NDArray[np.generic]) -> None:
    if one.shape != other.shape or not one.size:
        raise MeasureRefused(
            refusals.NOT_ITEM_BY_ITEM.format(ours=one.size, theirs=other.size),
            remedy="Give both models the same questions or layers.",
        )
