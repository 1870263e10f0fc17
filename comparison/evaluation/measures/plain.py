"""``hashes`` and the figures that claimants quote, as far as weights give them."""

import numpy as np

from comparison.evaluation import words
from comparison.evaluation.cosine import cosines, mean_over_matrices
from comparison.evaluation.hashes import compare_manifests
from comparison.evaluation.measures.pair import Measured, Pair
from comparison.evaluation.model import Model
from comparison.statistics import raw
from comparison.statistics.errors import MeasureRefused
from comparison.weights.arrays import Matrix

ROLES = ("query", "key", "value", "output")
FEWEST_LAYERS = 3
"""Below this a profile over layers correlates by itself."""


def hashes(pair: Pair) -> Measured:
    """The share of the suspect's trained parameters that stand in the reference byte for byte."""
    found = compare_manifests(pair.reference.weights_manifest, pair.suspect.weights_manifest)
    return Measured(found.share, caveats=tuple(found.caveats()), detail=found.as_json())


def raw_weights(pair: Pair) -> Measured:
    """The mean cosine of matrices of the same name, weighed by their elements."""
    rows = cosines(pair.reference.folder, pair.suspect.folder)
    value = mean_over_matrices(rows)
    caveats = [
        *([words.COSINE_NO_PAIRS] if value is None else []),
        words.COSINE_LOST, words.COSINE_MEASURED, words.COSINE_SEED, words.COSINE_NORMS,
        words.SAME_NAME_ONLY,
    ]  # fmt: skip
    return Measured(value, caveats=tuple(caveats), detail={"tensors": [row.as_json() for row in rows]})


def raw_norm(pair: Pair) -> Measured:
    """The cosine of all norm gains in order."""
    return Measured(
        raw.raw_norm(_gains(pair.reference), _gains(pair.suspect)), caveats=(words.NORM_ORDINARY,)
    )


def raw_deviation(pair: Pair) -> Measured:
    """The mean correlation of the layer-by-layer standard deviations of query, key, value and output."""
    ours, theirs = _deviations(pair.reference), _deviations(pair.suspect)
    values = [raw.raw_deviation(one, other) for one, other in zip(ours, theirs, strict=True)]
    detail = {
        side: dict(zip(ROLES, (row.tolist() for row in rows), strict=True))
        for side, rows in (("reference", ours), ("suspect", theirs))
    }
    return Measured(float(np.mean(values)), caveats=(words.DEVIATION_ORDINARY,), detail=detail)


def _gains(model: Model) -> Matrix:
    parts = model.parts
    norms = [norm for layer in parts.layers for norm in (layer.attention_norm, layer.mlp_norm)]
    return np.concatenate([parts.gain(norm) for norm in (*norms, parts.final_norm)])


def _deviations(model: Model) -> Matrix:
    layers = model.parts.layers
    if len(layers) < FEWEST_LAYERS:
        raise MeasureRefused(
            f"A profile over {len(layers)} layers says nothing.",
            remedy=f"This figure needs {FEWEST_LAYERS} layers in each model.",
        )
    profiles = []
    for role in ROLES:
        parts = [getattr(layer, role) for layer in layers]
        if None in parts:
            raise MeasureRefused(
                f"Not every layer has a {role} projection.", remedy="Compare by other methods."
            )
        profiles.append([part.read().std() for part in parts])
    return np.array(profiles, dtype=np.float32)
