"""``cross-likelihood``: does the suspect find the claimant's text likelier than its quality explains?

Needs: each model's mean log-likelihood of texts written by each author, the suspect, the claimant's model and
references on both sides.
Survives: rearrangement of the weights; sees distillation of text.
Defeated by: heavy later training.
Null: the resampling of sequences; without it the value looks far surer than it is (z of 7.1 for an innocent
model in the measured set).
"""

from dataclasses import dataclass

import numpy as np

from comparison.statistics import refusals
from comparison.statistics.assignment import Floats
from comparison.statistics.errors import MeasureRefused


@dataclass(frozen=True, slots=True)
class Interaction:
    """What remains of suspect times author in nats a token, with a 95% interval over sequences."""

    value: float
    low: float
    high: float
    z: float


def interaction(
    likelihoods: Floats, *, suspect: int, author: int, seed: int, resamples: int = 1000
) -> Interaction:
    """The double-centred likelihood of one author's text under one model.

    Args:
        likelihoods: ``[models, authors, sequences]``, nats a token; at least three models and two authors.
        suspect: its row.
        author: the claimant's column.
        seed: of the resampling.
        resamples: how often sequences are drawn again, each author's apart.
    """
    models, authors, sequences = likelihoods.shape
    if models < 3 or authors < 2 or sequences < 2:
        raise MeasureRefused(
            refusals.FEW_TEXTS.format(models=models, authors=authors, texts=sequences),
            remedy="Score at least three models on two authors' texts, several sequences each.",
        )
    random = np.random.default_rng(seed)
    value = _centred(likelihoods.mean(axis=2), suspect, author)
    drawn = np.empty(resamples)
    for number in range(resamples):
        picks = random.integers(0, sequences, size=(authors, sequences))
        means = np.stack([likelihoods[:, a, picks[a]].mean(axis=1) for a in range(authors)], axis=1)
        drawn[number] = _centred(means, suspect, author)
    low, high = np.quantile(drawn, [0.025, 0.975])
    spread = float(drawn.std(ddof=1))
    return Interaction(value, float(low), float(high), value / spread if spread > 0 else 0.0)


def _centred(table: Floats, row: int, column: int) -> float:
    others = np.delete(table, row, axis=0)
    return float(table[row, column] - table[row].mean() - others[:, column].mean() + others.mean())
