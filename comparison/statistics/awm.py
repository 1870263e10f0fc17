"""``awm``: are the attention weights alike once the embeddings have shown how the axes were rearranged?

Paper: AWM, Accurate Weight-Matrix Fingerprint for Large Language Models (arXiv 2510.06738).
Needs: embeddings over shared tokens, query and key weights of each layer.
Survives: permutation and sign changes of the residual stream's axes, fine-tuning, pruning, quantisation.
Defeated by: a general rotation of the residual stream, distillation of text.
Null: a reference population.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from comparison.statistics.assignment import Floats, assign, cosines
from comparison.statistics.cka import unbiased_cka


def awm(reference: Sequence[Floats], suspect: Sequence[Floats], embeddings: tuple[Floats, Floats]) -> float:
    """The mean unbiased CKA of attention weights whose input axes were matched by the embeddings.

    Args:
        reference: a matrix for each layer, ``[outputs, axes]``, as stored for a linear layer.
        suspect: likewise; another number of layers is matched as well as may be.
        embeddings: of reference and suspect, ``[shared tokens, axes]``.
    """
    ours, theirs = embeddings
    likeness = cosines(ours.T, theirs.T)
    rows, columns = assign(np.abs(likeness))
    signs = np.sign(likeness[rows, columns])
    values = np.array(
        [
            [unbiased_cka(one[:, rows].T, other[:, columns].T * signs[:, None]) for other in suspect]
            for one in reference
        ]
    )
    return float(values[linear_sum_assignment(values, maximize=True)].mean())
