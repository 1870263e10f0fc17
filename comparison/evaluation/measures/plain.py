"""``hashes`` and the figures that claimants quote, as far as weights give them."""

import numpy as np

from comparison.evaluation import refusals, words
from comparison.evaluation.cosine import cosines, mean_over_matrices
from comparison.evaluation.hashes import compare_manifests
from comparison.evaluation.measures.pair import Measured, Pair
from comparison.evaluation.model import Model
from comparison.statistics import raw
from comparison.statistics.errors import MeasureRefused
from comparison.weights.arrays import Matrix
from comparison.weights.layouts import ROLES

FEWEST_LAYERS = 3
"""Below this a profile over layers correlates by itself."""


def hashes(pair: Pair) -> Measured:
    """The share of the suspect's trained parameters that stand in the reference byte for byte."""
    ours, theirs = pair.with_weights
    found = compare_manifests(ours.manifest, theirs.manifest)
    return Measured(found.share, caveats=tuple(found.caveats()), detail=found.as_json())


def raw_weights(pair: Pair) -> Measured:
    """The mean cosine of matrices of the same name, weighed by their elements."""
    ours, theirs = pair.with_weights
    rows = cosines(ours.folder, theirs.folder)
    value = mean_over_matrices(rows)
    caveats = [
        *([refusals.because(refusals.NO_COMMON_MATRIX)] if value is None else []),
        words.COSINE_LOST, words.COSINE_MEASURED, words.COSINE_SEED, words.COSINE_NORMS,
        words.SAME_NAME_ONLY,
    ]  # fmt: skip
    return Measured(value, caveats=tuple(caveats), detail={"tensors": [row.as_json() for row in rows]})


def raw_norm(pair: Pair) -> Measured:
    """The cosine of all norm gains in order."""
    ours, theirs = map(_gains, pair.with_weights)
    return Measured(raw.raw_norm(ours, theirs), caveats=(words.NORM_ORDINARY,))


def raw_deviation(pair: Pair) -> Measured:
    """The mean correlation of the layer-by-layer standard deviations of query, key, value and output."""
    ours, theirs = map(_deviations, pair.with_weights)
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
            refusals.SHORT_PROFILE.format(layers=len(layers), fewest=FEWEST_LAYERS),
            remedy="Compare by other methods.",
        )
    profiles = []
    for role in ROLES:
        parts = [getattr(layer, role) for layer in layers]
        if None in parts:
            raise MeasureRefused(refusals.ROLE_MISSING.format(role=role), remedy="Compare by other methods.")
        profiles.append([part.read().std() for part in parts])
    return np.array(profiles, dtype=np.float32)
