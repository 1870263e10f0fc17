"""The methods that run on weights: each takes a pair of models and gives a value."""

from collections.abc import Callable

from comparison.evaluation.measures.geometry import awm, embedding_gram, huref, output_subspace
from comparison.evaluation.measures.layerwise import csu, match
from comparison.evaluation.measures.pair import Measured, Model, Pair
from comparison.evaluation.measures.plain import hashes, raw_deviation, raw_norm, raw_weights
from core.errors import AssizeError

__all__ = ["MEASURES", "Measured", "Model", "Pair", "measure"]

MEASURES: dict[str, Callable[[Pair], Measured]] = {
    "hashes": hashes,
    "csu": csu,
    "match": match,
    "embedding-gram": embedding_gram,
    "awm": awm,
    "huref": huref,
    "output-subspace": output_subspace,
    "raw-norm": raw_norm,
    "raw-deviation": raw_deviation,
    "raw-weights": raw_weights,
}


def measure(method: str, pair: Pair) -> Measured:
    """What the method gave for the pair; where the models do not allow it, no value and the reason."""
    try:
        return MEASURES[method](pair)
    except AssizeError as refusal:
        return Measured(None, caveats=(f"There is no value. {refusal}",))
