"""``huref``: are the products of weights alike that no rearrangement of a model can change?

Paper: HuRef, Human-Readable Fingerprint for Large Language Models (arXiv 2312.04828).
Needs: embeddings of shared tokens; query, key, value and output weights of a layer.
Survives: permutation and rotation of the residual stream and of each head, fine-tuning, pruning.
Defeated by: deliberate retraining of the layer, distillation of text.
Null: a reference population (about 0.02 between independent models).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparison.statistics import refusals
from comparison.statistics.assignment import Floats
from comparison.statistics.awm import best_layers
from comparison.statistics.errors import MeasureRefused


@dataclass(frozen=True, slots=True)
class Attention:
    """One layer's attention, a matrix for each query head; key and value heads are repeated to as many.

    Args:
        query: ``[heads, head size, axes]``, with the gain of the norm before it multiplied in.
        key: likewise.
        value: likewise.
        output: ``[heads, axes, head size]``.
    """

    query: Floats
    key: Floats
    value: Floats
    output: Floats


def invariants(embeddings: Floats, layer: Attention) -> tuple[Floats, Floats]:
    """The two products as the tokens see them, ``[tokens, tokens]`` each: query with key, value with output.

    Args:
        embeddings: ``[tokens, axes]`` of the tokens chosen.
        layer: the attention.
    """
    tokens = embeddings.astype(np.float64)
    asks, answers, carries = (
        tokens @ side.reshape(-1, side.shape[-1]).T for side in (layer.query, layer.key, layer.value)
    )
    writes = tokens @ layer.output.transpose(1, 0, 2).reshape(tokens.shape[1], -1)
    return asks @ answers.T, carries @ writes.T


def fingerprint(embeddings: Floats, layer: Attention) -> NDArray[np.float32]:
    """Both products as one vector, each of them of unit length, so that neither outweighs the other."""
    return np.concatenate([_unit(one).ravel() for one in invariants(embeddings, layer)]).astype(np.float32)


def huref(reference: Sequence[Floats], suspect: Sequence[Floats]) -> float:
    """The mean cosine of two models' fingerprints over the pairing of layers that is most alike."""
    if not reference or not suspect:
        raise MeasureRefused(
            refusals.NO_LAYERS.format(ours=len(reference), theirs=len(suspect)),
            remedy="Name models with attention layers.",
        )
    return best_layers(np.stack(reference) @ np.stack(suspect).T / 2)


def _unit(one: Floats) -> Floats:
    norm = np.linalg.norm(one)
    unit: Floats = one / norm if norm > 0 else one
    return unit
