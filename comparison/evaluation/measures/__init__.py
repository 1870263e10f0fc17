"""The methods: each takes a pair of models and gives a value."""

from collections.abc import Callable

from comparison.evaluation import refusals
from comparison.evaluation.bench import Part
from comparison.evaluation.errors import Cancelled
from comparison.evaluation.measures.geometry import awm, embedding_gram, huref, output_subspace
from comparison.evaluation.measures.layerwise import csu, match
from comparison.evaluation.measures.outputs import (
    agreement,
    capa,
    cka,
    mutual_knn,
    raw_attention,
    reef,
    residual_logprob,
    same_wrong,
)
from comparison.evaluation.measures.pair import Measured, Pair
from comparison.evaluation.measures.plain import hashes, raw_deviation, raw_norm, raw_weights
from comparison.evaluation.measures.texts import cross_likelihood, logged_output, palimpsest
from comparison.evaluation.model import Model
from core.errors import AssizeError

__all__ = ["FROM_OBSERVATIONS", "MEASURES", "Measured", "Model", "Pair", "measure"]

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
    "cka": cka,
    "reef": reef,
    "mutual-knn": mutual_knn,
    "residual-logprob": residual_logprob,
    "cross-likelihood": cross_likelihood,
    "logged-output": logged_output,
    "palimpsest": palimpsest,
    "raw-attention": raw_attention,
    "agreement": agreement,
    "same-wrong": same_wrong,
    "capa": capa,
}
FROM_OBSERVATIONS: dict[str, Part] = {
    "cka": "probe", "reef": "probe", "mutual-knn": "probe", "residual-logprob": "probe",
    "cross-likelihood": "authors", "logged-output": "logs", "palimpsest": "training",
    "raw-attention": "probe", "agreement": "probe", "same-wrong": "probe", "capa": "probe",
}  # fmt: skip
"""Methods that need what models gave, and on what."""


def measure(method: str, pair: Pair) -> Measured:
    """What the method gave for the pair; where the models do not allow it, no value and the reason."""
    try:
        return MEASURES[method](pair)
    except Cancelled:
        raise
    except AssizeError as refusal:
        said = refusals.because(refusal.message), refusal.remedy
        return Measured(None, caveats=tuple(text for text in said if text))
