"""``output-subspace``: do both models' outputs lie in the same directions of the vocabulary?

Paper: Carlini et al., Stealing Part of a Production Language Model (arXiv 2403.06634).
Needs: log-probabilities over the shared vocabulary on many probes, or the output layer itself.
Survives: every change of the model's inside that leaves the output layer; fine-tuning, distillation of
logits.
Defeated by: a retrained output layer.
Null: a reference population (0.43 between independent models of like data in the measured set).
"""

import numpy as np

from comparison.statistics import refusals
from comparison.statistics.assignment import Floats
from comparison.statistics.errors import MeasureRefused


def hidden_size(logprobs: Floats) -> int:
    """The width of the model's last layer: where the singular values of its outputs fall off the furthest.

    Args:
        logprobs: ``[probes, tokens]``, more probes than the width.
    """
    values = np.linalg.svd(_contrasts(logprobs), compute_uv=False)
    sizes = np.log(np.maximum(values, values[0] * np.finfo(np.float64).eps))
    return int((sizes[:-1] - sizes[1:]).argmax()) + 1


def subspace_overlap(reference: Floats, suspect: Floats, sizes: tuple[int, int]) -> float:
    """The mean squared cosine of the principal angles of two output subspaces, 0 to 1.

    Args:
        reference: ``[probes, tokens]``; the tokens are the same in both.
        suspect: likewise; its probes may be others.
        sizes: the widths of both models' last layers.
    """
    if reference.shape[1] != suspect.shape[1]:
        raise MeasureRefused(
            refusals.OTHER_VOCABULARY.format(ours=reference.shape[1], theirs=suspect.shape[1]),
            remedy="Restrict both to the tokens that they share.",
        )
    ours, theirs = (_basis(one, size) for one, size in zip((reference, suspect), sizes, strict=True))
    return float(np.sum((ours @ theirs.T) ** 2) / min(sizes))


def head_overlap(reference: Floats, suspect: Floats) -> float:
    """The same of two output layers, of which every output is a combination of columns.

    Args:
        reference: ``[tokens, width]``, the rows of tokens that both know.
        suspect: likewise; its width may be another.

    Raises:
        MeasureRefused: there are so few tokens that any two subspaces meet.
    """
    tokens, widths = len(reference), reference.shape[1] + suspect.shape[1]
    if tokens != len(suspect) or tokens <= widths:
        raise MeasureRefused(
            refusals.FEW_TOKENS.format(ours=tokens, theirs=len(suspect), widths=widths),
            remedy="Compare models that share more tokens than their widths add up to.",
        )
    ours, theirs = (np.linalg.qr(_contrasts(one.T).T)[0] for one in (reference, suspect))
    return float(np.sum((ours.T @ theirs) ** 2) / min(reference.shape[1], suspect.shape[1]))


def _contrasts(logprobs: Floats) -> Floats:
    """Without the constant that normalising added to each probe's row."""
    wide = logprobs.astype(np.float64)
    centred: Floats = wide - wide.mean(axis=1, keepdims=True)
    return centred


def _basis(logprobs: Floats, size: int) -> Floats:
    if len(logprobs) < size:
        raise MeasureRefused(
            refusals.FEW_PROBES.format(probes=len(logprobs), size=size),
            remedy=f"Use at least {size} probes.",
        )
    return np.linalg.svd(_contrasts(logprobs), full_matrices=False)[2][:size]
