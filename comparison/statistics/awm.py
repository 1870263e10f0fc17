"""``awm``: are the attention weights alike once the embeddings have shown how the axes were rearranged?

Paper: AWM, Accurate Weight-Matrix Fingerprint for Large Language Models (arXiv 2510.06738).
Needs: embeddings over shared tokens, query and key weights of each layer.
Survives: permutation and sign changes of the residual stream's axes, fine-tuning, pruning, quantisation.
Defeated by: a general rotation of the residual stream, distillation of text.
Null: a reference population.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.assignment import Floats, assign, cosines
from comparison.statistics.cka import shape_of


@dataclass(frozen=True, slots=True)
class Axes:
    """Which axis of the suspect's stream is which of the reference's, and whether it was flipped."""

    reference: NDArray[np.intp]
    suspect: NDArray[np.intp]
    signs: Floats

    def sample(self, most: int, seed: int) -> "Axes":
        """At most so many of the axes, drawn with the seed: CKA needs few of them."""
        if len(self.signs) <= most:
            return self
        drawn = np.sort(np.random.default_rng(seed).choice(len(self.signs), most, replace=False))
        return Axes(self.reference[drawn], self.suspect[drawn], self.signs[drawn])


def matched_axes(reference: Floats, suspect: Floats) -> Axes:
    """The axes of two streams paired by embeddings of the same tokens, ``[tokens, axes]`` each."""
    likeness = cosines(reference.T, suspect.T)
    rows, columns = assign(np.abs(likeness))
    return Axes(rows, columns, np.sign(likeness[rows, columns]))


def awm(reference: Iterable[Floats], suspect: Iterable[Floats], axes: Axes) -> float:
    """The mean unbiased CKA of attention weights whose input axes were matched by the embeddings.

    Args:
        reference: a matrix for each layer, ``[outputs, axes]``, as stored for a linear layer; each is taken
            once, and only its square of axes is kept.
        suspect: likewise; another number of layers is matched as well as may be.
        axes: as matched.
    """
    ours = np.stack([shape_of(one[:, axes.reference].T) for one in reference])
    theirs = np.stack([shape_of(one[:, axes.suspect].T * axes.signs[:, None]) for one in suspect])
    return best_layers(ours @ theirs.T)


def best_layers(values: Floats) -> float:
    """The mean of ``[reference layers, suspect layers]`` over the pairing of layers that is most alike."""
    from scipy.optimize import linear_sum_assignment  # takes a second to load

    return float(values[linear_sum_assignment(values, maximize=True)].mean())
