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

from comparison.statistics.assignment import Floats
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
    asks = np.einsum("ta,hda->htd", tokens, layer.query)
    answers = np.einsum("ta,hda->htd", tokens, layer.key)
    carries = np.einsum("ta,hda->htd", tokens, layer.value)
    writes = np.einsum("ta,had->htd", tokens, layer.output)
    return np.einsum("htd,hud->tu", asks, answers), np.einsum("htd,hud->tu", carries, writes)


def huref(reference: Sequence[Floats], suspect: Sequence[Floats]) -> float:
    """The mean cosine of the invariants of two models, in the order given."""
    if len(reference) != len(suspect) or not reference:
        raise MeasureRefused(
            f"{len(reference)} and {len(suspect)} invariants cannot be paired.",
            remedy="Take the same layers of both models.",
        )
    return float(np.mean([_cosine(one, other) for one, other in zip(reference, suspect, strict=True)]))


def _cosine(one: Floats, other: Floats) -> float:
    scale = np.linalg.norm(one) * np.linalg.norm(other)
    return float(np.sum(one * other) / scale) if scale > 0 else 0.0
