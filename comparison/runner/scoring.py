"""A model's likelihood of texts that somebody else wrote."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from comparison.runner import refusals
from comparison.runner.batches import in_batches, size_of
from comparison.runner.errors import RunnerRefused
from comparison.runner.loading import Running, deterministic
from comparison.runner.tokens import Ids


def likelihoods(running: Running, prompts: Sequence[Ids], outputs: Sequence[Ids]) -> NDArray[np.float64]:
    """The mean log-likelihood of each output after its prompt, nats a token, ``[outputs]``.

    An output without a prompt is read after the token that begins a text; where the model has none, its
    first token is not counted. Of a text longer than the model reads, the end is read.

    Raises:
        RunnerRefused: an output has no token to be counted, or a token is not in the vocabulary.
    """
    begin = [] if running.begin is None else [running.begin]
    rows = [
        (np.r_[prompt if len(prompt) else begin, output].astype(np.int64), len(output))
        for prompt, output in zip(prompts, outputs, strict=True)
    ]
    rows = [(ids[-running.longest :], min(length, len(ids) - 1, running.longest - 1)) for ids, length in rows]
    if not all(length > 0 for _, length in rows):
        raise RunnerRefused(refusals.EMPTY_TEXT, remedy="Leave empty outputs and texts out of the files.")
    known(running, [ids for ids, _ in rows])
    order = sorted(range(len(rows)), key=lambda number: -len(rows[number][0]))
    values = np.empty(len(rows))

    def run(begin: int, end: int) -> None:
        these = order[begin:end]
        values[these] = _batch(running, [rows[number] for number in these])

    with deterministic(0):
        in_batches(len(order), size_of(running, len(rows[order[0]][0])) if rows else 1, run)
    return values


def known(running: Running, sequences: Sequence[Ids]) -> None:
    """Raises ``RunnerRefused`` where a token is not in the model's vocabulary."""
    for ids in sequences:
        if len(ids) and not 0 <= ids.min() <= ids.max() < running.vocabulary:
            raise RunnerRefused(
                refusals.UNKNOWN_NUMBER.format(token=int(ids.max()), vocabulary=running.vocabulary),
                remedy=f"Give texts in words, so that each model, {running.name} too, reads them by its own "
                "tokenizer.",
            )


def padded(sequences: Sequence[Ids], device: str) -> tuple[torch.Tensor, torch.Tensor]:
    """The sequences in rows of one length and their mask, ``[sequences, length]`` each."""
    ids = np.zeros((len(sequences), max(len(one) for one in sequences)), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, one in enumerate(sequences):
        ids[row, : len(one)], mask[row, : len(one)] = one, 1
    return torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device)


def _batch(running: Running, rows: Sequence[tuple[Ids, int]]) -> NDArray[np.float64]:
    ids, mask = padded([one for one, _ in rows], running.device)
    logits = running.model(input_ids=ids, attention_mask=mask, use_cache=False).logits
    found = []
    for row, (one, length) in enumerate(rows):
        there = slice(len(one) - length - 1, len(one) - 1)
        chances = torch.log_softmax(logits[row, there].float(), dim=-1)
        actual = ids[row, len(one) - length : len(one), None]
        found.append(float(chances.gather(1, actual).double().mean()))
    means: NDArray[np.float64] = np.minimum(np.array(found), 0.0)
    return means
