"""Answers drawn afresh from a model, the same ones for the same seed whatever the batches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from comparison.runner import refusals
from comparison.runner.batches import in_batches, size_of
from comparison.runner.errors import RunnerRefused
from comparison.runner.loading import Running, deterministic
from comparison.runner.scoring import known
from comparison.runner.tokens import Ids


@dataclass(frozen=True, slots=True)
class Manner:
    """How answers are drawn.

    Args:
        answers: to each prompt.
        most: tokens of an answer.
        ends: tokens at which it ends earlier.
        temperature: by which log-probabilities are divided, above 0.
        top_p: share of all chances beyond which the rarest tokens are cut.
        seed: of the draws.
    """

    answers: int
    most: int
    ends: frozenset[int] = frozenset()
    temperature: float = 1.0
    top_p: float = 1.0
    seed: int = 0


def draw(running: Running, prompts: Sequence[Ids], manner: Manner) -> list[list[Ids]]:
    """For each prompt so many answers, each with the token that ended it, where one did.

    Raises:
        RunnerRefused: a prompt leaves no room for an answer, or a token is not in the vocabulary.
    """
    begin = np.array([] if running.begin is None else [running.begin], dtype=np.int64)
    starts = [prompt if len(prompt) else begin for prompt in prompts]
    known(running, starts)
    if not all(len(one) > 0 and len(one) + manner.most <= running.longest for one in starts):
        raise RunnerRefused(
            refusals.NO_ROOM.format(tokens=manner.most, longest=running.longest),
            remedy=f"Leave prompts that {running.name} cannot read out of the log, or set max_tokens lower.",
        )
    order = sorted(range(len(starts)), key=lambda number: len(starts[number]))
    found: list[list[Ids]] = [[] for _ in starts]
    with deterministic(manner.seed):
        for length in sorted({len(one) for one in starts}):
            alike = [number for number in order if len(starts[number]) == length]
            size = max(1, size_of(running, length + manner.most) // manner.answers)

            def run(begin: int, end: int, alike: list[int] = alike) -> None:
                for number, answers in _batch(running, starts, alike[begin:end], manner):
                    found[number] = answers

            in_batches(len(alike), size, run)
    return found


def _batch(
    running: Running, starts: Sequence[Ids], these: Sequence[int], manner: Manner
) -> list[tuple[int, list[Ids]]]:
    """The answers to prompts of one length."""
    rows = np.repeat(np.stack([starts[number] for number in these]), manner.answers, axis=0)
    chances = np.concatenate(
        [
            np.random.default_rng([manner.seed, number]).random((manner.answers, manner.most))
            for number in these
        ]
    )
    written = np.full((len(rows), manner.most), -1, dtype=np.int64)
    over = np.zeros(len(rows), dtype=bool)
    ids, past = torch.from_numpy(rows).to(running.device), None
    for step in range(manner.most):
        answer = running.model(input_ids=ids, cache=past, use_cache=True)
        past = answer.cache
        logits = answer.logits[:, -1].float().cpu().numpy().astype(np.float64)
        picked = pick(logits / manner.temperature, chances[:, step], manner.top_p)
        written[~over, step] = picked[~over]
        over |= np.isin(picked, list(manner.ends))
        if over.all():
            break
        ids = torch.from_numpy(picked[:, None]).to(running.device)
    by_prompt = written.reshape(len(these), manner.answers, manner.most)
    return [
        (number, [row[row >= 0] for row in answers]) for number, answers in zip(these, by_prompt, strict=True)
    ]


def pick(logits: NDArray[np.float64], chances: NDArray[np.float64], top_p: float) -> NDArray[np.int64]:
    """One token a row of ``[rows, tokens]``, by a number from 0 to 1 for each row."""
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    if top_p < 1.0:
        weights = _cut(weights / weights.sum(axis=1, keepdims=True), top_p)
    sums = np.cumsum(weights, axis=1)
    places = (sums < (chances * sums[:, -1])[:, None]).sum(axis=1)
    picked: NDArray[np.int64] = np.minimum(places, logits.shape[1] - 1).astype(np.int64)
    return picked


def _cut(shares: NDArray[np.float64], top_p: float) -> NDArray[np.float64]:
    """Without the tokens beyond the fewest that make up the share; the likeliest always stays."""
    order = np.argsort(-shares, axis=1, kind="stable")
    before = np.cumsum(np.take_along_axis(shares, order, axis=1), axis=1)
    before -= np.take_along_axis(shares, order, axis=1)
    kept = np.zeros_like(shares, dtype=bool)
    np.put_along_axis(kept, order, before < top_p, axis=1)
    return np.where(kept, shares, 0.0)
