"""``logged-output``: does the suspect prefer what was really served over what might have been served?

Needs: the claimant's logs, fresh answers of the claimant's model to the same prompts (19 or more each), and
the suspect's loss on all of them.
Survives: everything that leaves a trace of the training text in the suspect; needs no access to its weights.
Defeated by: training on other text than what was logged.
Null: for a model that never saw the log, the served answer is one more draw from the claimant's model, so
that its rank among the fresh ones is uniform. The p-value is exact and needs no reference population.
"""

from dataclasses import dataclass

import numpy as np

from comparison.statistics import refusals
from comparison.statistics.assignment import SMALLEST_LOG10, Floats
from comparison.statistics.errors import MeasureRefused

FEWEST = 19
"""Fresh answers to a prompt, so that one prompt alone can reach 0.05."""


@dataclass(frozen=True, slots=True)
class Exchangeability:
    """The mean rank of the served answers (0 is the most liked, 0.5 is chance), and log10 of its p."""

    mean_rank: float
    log10_p: float
    prompts: int


def logged_output(served: Floats, fresh: Floats) -> Exchangeability:
    """How much more the suspect likes the served answers than fresh ones, one-sided.

    Ties count against the likeness, which keeps the p-value valid.

    Args:
        served: the suspect's loss on what was served, ``[prompts]``.
        fresh: its loss on fresh answers, ``[prompts, answers]``.
    """
    if fresh.ndim != 2 or served.shape != fresh.shape[:1] or not len(served):
        raise MeasureRefused(
            refusals.OTHER_PROMPTS.format(served=len(served), prompts=len(fresh)),
            remedy="Give for each logged prompt its served answer and the fresh ones.",
        )
    answers = fresh.shape[1]
    if answers < FEWEST:
        raise MeasureRefused(
            refusals.FEW_FRESH.format(answers=answers, fewest=FEWEST),
            remedy=f"Generate at least {FEWEST} each.",
        )
    ranks = (fresh <= served[:, None]).sum(axis=1)
    return Exchangeability(
        float(ranks.mean() / answers), _log10_tail(int(ranks.sum()), len(served), answers + 1), len(served)
    )


def _log10_tail(total: int, draws: int, faces: int) -> float:
    """log10 of the chance that ``draws`` uniform numbers from 0 to ``faces - 1`` sum to ``total`` or less.

    Exact while the smallest chance fits double precision; beyond, Chernoff's bound, which is never too small.
    """
    if draws * np.log10(faces) < -SMALLEST_LOG10:
        chances = np.ones(1)
        die = np.full(faces, 1.0 / faces)
        for _ in range(draws):
            chances = np.convolve(chances, die)
        return float(np.log10(min(1.0, chances[: total + 1].sum())))
    return max(_chernoff(total, draws, faces), SMALLEST_LOG10)


def _chernoff(total: int, draws: int, faces: int) -> float:
    if total >= draws * (faces - 1) / 2:
        return 0.0
    values = np.arange(faces)
    tilts = np.geomspace(1e-6, 50.0, 400)
    moments = np.log(np.exp(-np.outer(tilts, values)).mean(axis=1))
    return float((draws * moments + tilts * total).min() / np.log(10))
