"""One model while it is run: everything it is shown is shown to it before the next is loaded."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import transformers
from numpy.typing import NDArray

from comparison.evaluation.inputs import Exchange, Logs, Probe, Text
from comparison.evaluation.observations import Observed
from comparison.runner import refusals
from comparison.runner.errors import RunnerRefused
from comparison.runner.loading import DETERMINISM, Running, dtype_of, load
from comparison.runner.observing import observe
from comparison.runner.sampling import Manner, draw
from comparison.runner.scoring import likelihoods
from comparison.runner.tokens import Ids, decode, encode
from comparison.weights.folder import Folder

BEGINNING = 8
"""Tokens of a probe's sequence that a text by a model continues."""
TEXTS = 64
"""Texts that a model writes as an author."""
CONTINUED = 48
"""Tokens of each of them."""


def facts(folder: Folder) -> dict[str, str]:
    """By what a model is run here, as far as it can change a figure."""
    return {
        "device": "cuda" if torch.cuda.is_available() else "cpu",
        "dtype": str(dtype_of(folder)).removeprefix("torch."),
        "determinism": DETERMINISM,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }


@contextmanager
def loaded(folder: Folder) -> Iterator["Session"]:
    """Inside, the model is loaded; after it, its memory is free. Raises as ``loading.load``."""
    session = Session(load(folder))
    yield session
    del session
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


@dataclass(frozen=True, slots=True)
class Session:
    """A loaded model, and what it is asked."""

    running: Running

    def probe(self, probe: Probe, seed: int) -> Observed:
        """What it gives on the probe."""
        return observe(self.running, self._sequences(probe), seed)

    def score(self, exchanges: Sequence[Exchange]) -> NDArray[np.float64]:
        """The mean log-likelihood of each output after its prompt, nats a token, ``[exchanges]``.

        An empty answer has the likelihood of the token that ends a text at once.
        """
        prompts = self._ids([one.prompt for one in exchanges], whole=True)
        outputs = self._ids([one.output for one in exchanges], whole=False)
        end = np.array(sorted(self.running.ends)[:1], dtype=np.int64)
        return likelihoods(self.running, prompts, [ids if len(ids) else end for ids in outputs])

    def fresh(self, logs: Logs, seed: int) -> list[list[Any]]:
        """Answers to each logged prompt, as the log has them: in words or as tokens.

        Where a served answer goes on behind the token that ends a text, that token ends none here; where no
        served answer shows it, it is left out of the fresh ones as well.
        """
        prompts = self._ids([one.prompt for one in logs.served], whole=True)
        served = self._ids([one.output for one in logs.served], whole=False)
        ends = self.running.ends
        if any(np.isin(ids[:-1], list(ends)).any() for ids in served):
            ends = frozenset()
        most = logs.max_tokens or max(len(ids) for ids in served)
        manner = Manner(logs.answers, most, ends, logs.temperature, logs.top_p, seed)
        drawn = draw(self.running, prompts, manner)
        if not any(len(ids) and ids[-1] in ends for ids in served):
            drawn = [[ids[:-1] if ids[-1] in ends else ids for ids in answers] for answers in drawn]
        return [
            self._written(answers, in_words=isinstance(one.output, str))
            for one, answers in zip(logs.served, drawn, strict=True)
        ]

    def continuations(self, probe: Probe, seed: int) -> list[list[Any]]:
        """Texts of its own that continue the beginnings of the probe's sequences, each with its beginning."""
        starts = [ids[:BEGINNING] for ids in self._sequences(probe)[:TEXTS]]
        most = min(CONTINUED, self.running.longest - BEGINNING)
        drawn = draw(self.running, starts, Manner(1, most, self.running.ends, seed=seed))
        in_words = probe.tokens is None
        outputs = self._written([answers[0] for answers in drawn], in_words=in_words)
        return [list(row) for row in zip(self._written(starts, in_words=in_words), outputs, strict=True)]

    def _sequences(self, probe: Probe) -> list[Ids]:
        if probe.tokens is not None:
            return list(probe.tokens)
        most = min(probe.length, self.running.longest)
        found = [ids[:most] for ids in encode(self.running.folder, probe.lines)]
        if min(len(ids) for ids in found) < 2:
            raise RunnerRefused(
                refusals.SHORT_LINE, remedy=f"Leave it out: the model is {self.running.name}."
            )
        return found

    def _ids(self, texts: Sequence[Text], *, whole: bool) -> list[Ids]:
        in_words = [text for text in texts if isinstance(text, str) and text]
        read = iter(encode(self.running.folder, in_words, whole=whole) if in_words else [])
        return [
            (next(read) if text else np.zeros(0, dtype=np.int64))
            if isinstance(text, str)
            else np.array(text, dtype=np.int64)
            for text in texts
        ]

    def _written(self, sequences: Sequence[Ids], *, in_words: bool) -> list[Any]:
        if in_words:
            return list(decode(self.running.folder, sequences))
        return [[int(one) for one in ids] for ids in sequences]
