"""From what was measured to the findings: the same figures wherever they are worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comparison.evaluation import result
from comparison.evaluation.fusing import fused
from comparison.evaluation.measures import Measured
from comparison.evaluation.population import Population
from comparison.evaluation.strength import strength


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found.

    Args:
        findings: in the order given, corrected for all that ran.
        validations: how each method's ratios fared when tested.
        nulls: the values of each method's null.
        fused: the ratio of several methods together; None where the population supports none.
    """

    findings: list[dict[str, Any]]
    validations: dict[str, Any]
    nulls: dict[str, list[float]]
    fused: dict[str, Any] | None = None


def judged(
    measured: Mapping[str, Measured], population: Population, stratum: str | None, notes: Sequence[str] = ()
) -> Judged:
    """Every value against the population, by the suspect's stratum; None where nobody stated it."""
    findings, validations, nulls = [], {}, {}
    for method, found in measured.items():
        pairs = population.pairs(method)
        against = strength(method, found, pairs, stratum, silent=population.silent(method))
        findings.append(result.finding(method, found, against, notes))
        validations[method] = against.validation
        if against.null is not None:
            nulls[method] = [float(value) for value in against.null.values]
    result.correct(findings)
    return Judged(findings, validations, nulls, fused(measured, population, stratum))
