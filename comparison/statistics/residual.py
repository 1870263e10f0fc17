"""``residual-logprob``: do two models err alike beyond what all models of their kind do?

Needs: log-probabilities of the same tokens under both models and under a reference population.
Survives: rearrangement of the weights, moderate fine-tuning, distillation of logits.
Defeated by: long continued training; a population of another domain, against which two independent models of
one niche look alike (0.877 measured, more than true students).
Null: the population itself, each member in the suspect's place, with Holm's correction over what was tested.
"""

from dataclasses import dataclass

import numpy as np

from comparison.statistics import refusals
from comparison.statistics.assignment import Floats
from comparison.statistics.errors import MeasureRefused, PopulationMissing


def residual_correlation(reference: Floats, suspect: Floats, population: Floats) -> float:
    """The correlation of both models' log-probabilities after the population's mean is taken out.

    Args:
        reference: ``[tokens]``, nats.
        suspect: ``[tokens]``.
        population: ``[models, tokens]``, neither of the two among them.
    """
    if population.ndim != 2 or len(population) < 2:
        raise PopulationMissing(
            refusals.FEW_FOR_RESIDUAL,
            remedy="Name independent models of the same domain as [[population]].",
        )
    if not reference.shape == suspect.shape == population.shape[1:]:
        raise MeasureRefused(refusals.OTHER_TOKENS, remedy="Score all of them on the same probe.")
    ordinary = population.mean(axis=0, dtype=np.float64)
    x, y = reference - ordinary, suspect - ordinary
    x, y = x - x.mean(), y - y.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / scale) if scale > 0 else 0.0


LEAST_LEVEL = 0.02
"""Nats of spread between the population's means below which a difference is none."""
LEAST_SHAPE = 0.05
"""Likewise, of correlations on Fisher's scale."""
RARE = 0.005
"""Chance, on each side, that a model of the population's kind is called strange."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model stands to a population, in units of Student's t; beyond the limit it is strange to it.

    Args:
        level: its mean log-probability.
        shape: how it correlates with the population's mean.
        limit: of either.
    """

    level: float
    shape: float
    limit: float

    @property
    def strange(self) -> bool:
        """Whether it stands outside."""
        return abs(self.level) > self.limit or self.shape < -self.limit


def fit(model: Floats, population: Floats) -> Fit:
    """How the model's log-probabilities fit a population, each of whose members is left out in turn.

    Args:
        model: ``[tokens]``, nats.
        population: ``[models, tokens]``, the model not among them.

    Raises:
        PopulationMissing: fewer than three models, which leave no spread to compare with.
    """
    if population.ndim != 2 or len(population) < 3:
        raise PopulationMissing(
            refusals.FEW_FOR_DOMAIN.format(models=len(population)),
            remedy="Name at least three independent models of like data as [[population]].",
        )
    from scipy.stats import t  # takes a second to load

    wide = population.astype(np.float64)
    total, count = wide.sum(axis=0), len(wide)
    levels = wide.mean(axis=1)
    shapes = np.array([_fisher(one, (total - one) / (count - 1)) for one in wide])
    return Fit(
        _standing(float(model.mean(dtype=np.float64)), levels, LEAST_LEVEL),
        _standing(_fisher(model.astype(np.float64), total / count), shapes, LEAST_SHAPE),
        float(t.isf(RARE, count - 1)),
    )


def both_strange(one: Fit, other: Fit) -> bool:
    """Whether both stand outside in the same direction, which alone makes their residuals alike."""
    same_level = one.level * other.level > 0 and min(abs(one.level), abs(other.level)) > one.limit
    return same_level or max(one.shape, other.shape) < -one.limit


def _standing(value: float, among: Floats, least: float) -> float:
    spread = max(float(among.std(ddof=1)), least)
    return (value - float(among.mean())) / (spread * float(np.sqrt(1 + 1 / len(among))))


def _fisher(one: Floats, other: Floats) -> float:
    x, y = one - one.mean(), other - other.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(np.arctanh(np.clip(x @ y / scale, -0.999999, 0.999999))) if scale > 0 else 0.0
