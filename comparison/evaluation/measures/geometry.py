"""``embedding-gram``, ``awm`` and ``huref``: likeness of geometries, read from the weights."""

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from comparison.evaluation import refusals, words
from comparison.evaluation.measures.pair import Measured, Pair
from comparison.evaluation.model import Model
from comparison.evaluation.observations import Floats, Whole
from comparison.statistics import awm as axes_matched
from comparison.statistics import huref as invariant
from comparison.statistics.cka import unbiased_cka
from comparison.statistics.errors import MeasureRefused
from comparison.statistics.subspace import head_overlap, hidden_size, subspace_overlap
from comparison.weights.arrays import Matrix, rows
from comparison.weights.layouts import ROLES, Layer, Part

TOKENS = 4096
"""Shared tokens whose embeddings are compared."""
AXES = 1024
"""Axes of the stream on which attention weights are compared, once they are matched."""
HEAD_TOKENS = 16384
"""Tokens on which output layers are compared; more than both widths together."""
INVARIANT_TOKENS = 256
"""Tokens between which the invariants are computed; each layer costs its square twice."""


def embedding_gram(pair: Pair) -> Measured:
    """How alike the shared tokens lie to each other in both embeddings."""
    return Measured(unbiased_cka(*pair.embeddings(TOKENS)), caveats=pair.token_caveats())


def output_subspace(pair: Pair) -> Measured:
    """How far the outputs of both models lie in the same directions of the tokens that both know."""
    if pair.reference.given or pair.suspect.given:
        return _output_subspace_of_answers(pair)
    drawn = pair.tokens.sample(HEAD_TOKENS, pair.seed)
    heads = [model.parts.head or model.parts.embeddings for model in (pair.reference, pair.suspect)]
    value = head_overlap(rows(heads[0], drawn.reference), rows(heads[1], drawn.suspect))
    return Measured(value, caveats=(words.SUBSPACE_ORDINARY, *pair.token_caveats()))


def _output_subspace_of_answers(pair: Pair) -> Measured:
    """The same where log-probabilities of many tokens are all that is had of a model, or of both."""
    sides = [(model, _given(pair, model)) for model in (pair.reference, pair.suspect)]
    tokens = reduce(np.intersect1d, [given[1] for _, given in sides if given]).astype(np.int64)
    for model, given in sides:
        if given is None:
            tokens = tokens[tokens < model.parts.vocabulary]
    ours, theirs = (_outputs(model, given, tokens) for model, given in sides)
    value = subspace_overlap(ours[0], theirs[0], (ours[1], theirs[1]))
    return Measured(value, caveats=(words.SUBSPACE_ORDINARY, words.TOKENS_BY_ID))


def _given(pair: Pair, model: Model) -> tuple[Floats, Whole] | None:
    """Log-probabilities that a model gave in place of its weights, and of which tokens; None with weights."""
    if model.given is None:
        return None
    if model.given.rows is None or model.given.columns is None:
        raise MeasureRefused(
            refusals.NOTHING_OF.format(model=pair.called(model), part=refusals.NOT_GIVEN["rows"]),
            remedy="Give them as row in its file of answers, for as many places as the model is wide.",
        )
    return model.given.rows, model.given.columns


def _outputs(
    model: Model, given: tuple[Floats, Whole] | None, tokens: NDArray[np.int64]
) -> tuple[Floats, int]:
    """Rows that span the outputs of a model over these tokens, ``[rows, tokens]``, and its width."""
    if given is None:
        head = model.parts.head or model.parts.embeddings
        return rows(head, tokens).T, head.shape[1]
    found = given[0][:, np.isin(given[1], tokens)]
    if len(tokens) <= len(found):
        raise MeasureRefused(
            refusals.FEW_COLUMNS.format(tokens=len(tokens), places=len(found)),
            remedy="Give the log-probabilities of more tokens than places.",
        )
    return found, hidden_size(found)


def awm(pair: Pair) -> Measured:
    """How alike query and key weights are once the embeddings have matched the stream's axes."""
    axes = axes_matched.matched_axes(*pair.embeddings(TOKENS)).sample(AXES, pair.seed)
    values = [
        axes_matched.awm(
            (part.read() for part in _of_each_layer(pair, pair.reference, role)),
            (part.read() for part in _of_each_layer(pair, pair.suspect, role)),
            axes,
        )
        for role in ("query", "key")
    ]
    return Measured(float(np.mean(values)), caveats=pair.token_caveats())


def huref(pair: Pair) -> Measured:
    """How alike the products are that survive every rearrangement of attention."""
    ours, theirs = pair.embeddings(INVARIANT_TOKENS)
    value = invariant.huref(
        _fingerprints(pair, pair.reference, ours), _fingerprints(pair, pair.suspect, theirs)
    )
    return Measured(value, caveats=pair.token_caveats())


def _fingerprints(pair: Pair, model: Model, tokens: Matrix) -> list[Matrix]:
    return [invariant.fingerprint(tokens, _attention(pair, model, layer)) for layer in model.parts.layers]


def _attention(pair: Pair, model: Model, layer: Layer) -> invariant.Attention:
    heads, key_heads = model.parts.heads
    query, key, value, output = (_there(pair, model, layer, role) for role in ROLES)
    if not heads or heads % key_heads or query.height % heads or key.height % key_heads:
        raise MeasureRefused(
            refusals.HEADS_UNKNOWN.format(model=pair.called(model)),
            remedy="Add num_attention_heads and num_key_value_heads as its publisher gives them.",
        )
    gain = model.parts.gain(layer.attention_norm)
    shared = heads // key_heads
    written = output.read()
    return invariant.Attention(
        query=(query.read() * gain).reshape(heads, -1, len(gain)),
        key=np.repeat((key.read() * gain).reshape(key_heads, -1, len(gain)), shared, axis=0),
        value=np.repeat((value.read() * gain).reshape(key_heads, -1, len(gain)), shared, axis=0),
        output=written.reshape(len(written), heads, -1).transpose(1, 0, 2),
    )


def _of_each_layer(pair: Pair, model: Model, role: str) -> list[Part]:
    return [_there(pair, model, layer, role) for layer in model.parts.layers]


def _there(pair: Pair, model: Model, layer: Layer, role: str) -> Part:
    part: Part | None = getattr(layer, role)
    if part is None:
        raise MeasureRefused(
            refusals.NO_ROLE.format(number=layer.number, model=pair.called(model), role=role),
            remedy="Compare the model by methods that need no attention, such as match.",
        )
    return part
