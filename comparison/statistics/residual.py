"""``residual-logprob``: do two models err alike beyond what all models of their kind do?

Needs: log-probabilities of the same tokens under both models and under a reference population.
Survives: rearrangement of the weights, moderate fine-tuning, distillation of logits.
Defeated by: long continued training; a population of another domain, against which two independent models of
one niche look alike (0.877 measured, more than true students).
Null: the population itself, each member in the suspect's place, with Holm's correction over what was tested.
"""

import numpy as np

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
            "A residual needs a reference population of at least two models.",
            remedy="Name independent models of the same domain as [[population]].",
        )
    if not reference.shape == suspect.shape == population.shape[1:]:
        raise MeasureRefused(
            "The models were scored on different tokens.", remedy="Score all of them on the same probe."
        )
    ordinary = population.mean(axis=0, dtype=np.float64)
    x, y = reference - ordinary, suspect - ordinary
    x, y = x - x.mean(), y - y.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / scale) if scale > 0 else 0.0
