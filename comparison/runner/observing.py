"""What a model gives on the probe, one batch after the other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from comparison.evaluation.observations import SHORTLIST, Observed
from comparison.runner import refusals
from comparison.runner.batches import in_batches, size_of
from comparison.runner.errors import RunnerRefused
from comparison.runner.loading import Running, deterministic
from comparison.runner.scoring import known, padded
from comparison.runner.tokens import Ids
from comparison.statistics.cka import shape_of
from comparison.statistics.neighbours import nearest

DEPTHS = (1 / 3, 2 / 3, 1.0)
"""Shares of a model's layers after which its representations are looked at."""
SAMPLES = 512
"""Positions, and sequences, whose geometry is kept."""
NEIGHBOURS = 10
DISTANCES = 64
"""Tokens back to which attention is followed."""
ROWS_LIMIT = 64 * 1024 * 1024
"""Bytes of the log-probabilities that are kept whole."""
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Sampled:
    """Which places of the probe are kept; the same for every model that reads the same tokens.

    Args:
        geometry: sequence and position of those whose representations are compared, ``[samples, 2]``.
        last: the last position of the first sequences, ``[sequences, 2]``.
        rows: those whose log-probabilities are kept whole, ``[probes, 2]``.
        columns: over these tokens.
    """

    geometry: NDArray[np.int64]
    last: NDArray[np.int64]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]

    @classmethod
    def of(cls, lengths: Sequence[int], running: Running, seed: int) -> "Sampled":
        """Drawn with the seed; a wider model keeps more of the same places."""
        width = int(running.model.config.get_text_config().hidden_size)
        places = np.array([(row, at) for row, length in enumerate(lengths) for at in range(length - 1)])
        drawn = places[np.random.default_rng([seed, 0]).permutation(len(places))]
        shares = np.random.default_rng([seed, 1]).random(running.vocabulary)
        columns = np.flatnonzero(shares <= (2 * width + 512) / running.vocabulary)
        rows = drawn[: width + width // 4 + 32]
        if rows.shape[0] * len(columns) * 4 > ROWS_LIMIT:
            rows, columns = rows[:0], columns[:0]
        last = np.array([(row, length - 1) for row, length in enumerate(lengths[:SAMPLES])])
        return cls(drawn[:SAMPLES], last, rows, columns)


@dataclass(slots=True)
class _Kept:
    """What has been seen so far."""

    sampled: Sampled
    logprobs: Floats
    answers: NDArray[np.int64]
    top_tokens: NDArray[np.int32]
    top_logprobs: Floats
    states: NDArray[np.float32]
    last: NDArray[np.float32]
    rows: NDArray[np.float32]
    attention: Floats | None = None
    queries: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def observe(running: Running, sequences: Sequence[Ids], seed: int) -> Observed:
    """What the model gives on the sequences.

    Args:
        running: the model.
        sequences: of at least two tokens each.
        seed: by which positions and columns are sampled.

    Raises:
        RunnerRefused: a sequence is too short or too long, or a token is not in the vocabulary.
    """
    lengths = [len(ids) for ids in sequences]
    if not lengths or min(lengths) < 2 or max(lengths) > running.longest:
        raise RunnerRefused(
            refusals.OTHER_LENGTHS.format(
                shortest=min(lengths, default=0), longest=max(lengths, default=0), most=running.longest
            ),
            remedy=f"Make the probe of sequences that every model can read, {running.name} among them.",
        )
    known(running, sequences)
    kept = _empty(Sampled.of(lengths, running, seed), running, lengths)

    def run(begin: int, end: int) -> None:
        _batch(running, list(sequences[begin:end]), begin, kept)

    with deterministic(seed):
        in_batches(len(sequences), size_of(running, max(lengths)), run)
    truth = np.full_like(kept.answers, -1)
    for row, ids in enumerate(sequences):
        truth[row, : len(ids) - 1] = ids[1:]
    return _observed(kept, truth)


def _empty(sampled: Sampled, running: Running, lengths: Sequence[int]) -> _Kept:
    places = (len(lengths), max(lengths) - 1)
    k = min(SHORTLIST, running.vocabulary)
    width = int(running.model.config.get_text_config().hidden_size)
    return _Kept(
        sampled=sampled,
        logprobs=np.full(places, np.nan, dtype=np.float32),
        answers=np.full(places, -1, dtype=np.int64),
        top_tokens=np.full((*places, k), -1, dtype=np.int32),
        top_logprobs=np.full((*places, k), -np.inf, dtype=np.float32),
        states=np.zeros((len(DEPTHS), len(sampled.geometry), width), dtype=np.float32),
        last=np.zeros((len(DEPTHS), len(sampled.last), width), dtype=np.float32),
        rows=np.zeros((len(sampled.rows), len(sampled.columns)), dtype=np.float32),
    )


def _batch(running: Running, sequences: list[Ids], begin: int, kept: _Kept) -> None:
    ids, mask = padded(sequences, running.device)
    with attention_by_distance(running.model, mask) as seen:
        answer = running.model(input_ids=ids, attention_mask=mask, use_cache=False, output_hidden_states=True)
    for row, one in enumerate(sequences):
        chances = torch.log_softmax(answer.logits[row, : len(one) - 1].float(), dim=-1)
        _take_chances(chances, ids[row, 1 : len(one)], begin + row, kept)
    layers = len(answer.hidden_states) - 1
    for depth, share in enumerate(DEPTHS):
        states = answer.hidden_states[round(share * layers)]
        for places, into in ((kept.sampled.geometry, kept.states), (kept.sampled.last, kept.last)):
            here = np.flatnonzero((places[:, 0] >= begin) & (places[:, 0] < begin + len(sequences)))
            rows, at = places[here, 0] - begin, places[here, 1]
            into[depth, here] = states[rows, at].float().cpu().numpy()
    _add_attention(seen, mask, kept)


def _take_chances(chances: torch.Tensor, actual: torch.Tensor, number: int, kept: _Kept) -> None:
    length = len(chances)
    kept.logprobs[number, :length] = chances.gather(1, actual[:, None])[:, 0].clamp(max=0).cpu().numpy()
    kept.answers[number, :length] = chances.argmax(dim=-1).cpu().numpy()
    best = chances.topk(kept.top_tokens.shape[2], dim=-1)
    kept.top_logprobs[number, :length] = best.values.clamp(max=0).cpu().numpy()
    kept.top_tokens[number, :length] = best.indices.cpu().numpy()
    here = np.flatnonzero(kept.sampled.rows[:, 0] == number)
    if len(here):
        picked = chances[kept.sampled.rows[here, 1]].cpu().numpy()
        kept.rows[here] = np.minimum(picked[:, kept.sampled.columns], 0.0)


@contextmanager
def attention_by_distance(model: Any, mask: torch.Tensor) -> Iterator[list[torch.Tensor]]:
    """Inside, each attention adds a row: the sum over all queries of the weight at each distance back.

    The weights of a layer are summed and dropped before the next is computed: those of all layers together
    would not fit into memory.
    """
    found: list[torch.Tensor] = []

    def seen(module: Any, given: Any, gave: Any) -> Any:
        if not isinstance(gave, tuple) or len(gave) < 2 or getattr(gave[1], "ndim", 0) != 4:
            return gave
        weights = gave[1].float() * mask[:, None, :, None]
        most = min(DISTANCES, weights.shape[-1])
        sums = [
            torch.diagonal(weights, -back, dim1=2, dim2=3).double().sum(dim=(0, 2)) for back in range(most)
        ]
        found.append(torch.stack(sums, dim=1))
        return (gave[0], None, *gave[2:])

    hooks = [
        module.register_forward_hook(seen)
        for module in model.modules()
        if type(module).__name__.endswith("Attention")
    ]
    try:
        yield found
    finally:
        for hook in hooks:
            hook.remove()


def _add_attention(seen: list[torch.Tensor], mask: torch.Tensor, kept: _Kept) -> None:
    if not seen:
        return
    sums = torch.cat([one.cpu() for one in seen]).numpy()
    lengths = mask.sum(dim=1).cpu().numpy()
    queries = np.array([np.maximum(lengths - back, 0).sum() for back in range(sums.shape[1])])
    most = max(sums.shape[1], len(kept.queries))
    before = np.zeros((len(sums), most)) if kept.attention is None else kept.attention
    kept.attention = _longer(before, most) + _longer(sums, most)
    kept.queries = _longer(kept.queries[None], most)[0] + _longer(queries[None], most)[0]


def _longer(rows: NDArray[Any], most: int) -> NDArray[Any]:
    return np.pad(rows, ((0, 0), (0, most - rows.shape[1])))


def _observed(kept: _Kept, truth: NDArray[np.int64]) -> Observed:
    geometry = neighbours = None
    if len(kept.sampled.geometry) > NEIGHBOURS:
        geometry = np.stack([shape_of(states) for states in kept.states])
        neighbours = np.stack([nearest(states, NEIGHBOURS) for states in kept.states]).astype(np.int32)
    last = np.stack([shape_of(states) for states in kept.last]) if len(kept.sampled.last) >= 4 else None
    attention = None
    if kept.attention is not None:
        attention = (kept.attention / np.maximum(kept.queries, 1)).astype(np.float32)
    whole = len(kept.rows) > 0
    return Observed(
        logprobs=kept.logprobs,
        answers=kept.answers,
        top_tokens=kept.top_tokens,
        top_logprobs=kept.top_logprobs,
        truth=truth,
        geometry=geometry,
        neighbours=neighbours,
        last_geometry=last,
        attention=attention,
        rows=kept.rows if whole else None,
        columns=kept.sampled.columns if whole else None,
    )
