"""One ratio from several methods at once, by regression and within bounds that the population supports."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from comparison.evaluation.measures import Measured
from comparison.evaluation.population import Population
from comparison.evaluation.spec import REFERENCE
from comparison.statistics.calibration.leaving_out import Case, scores, validate_cases
from comparison.statistics.calibration.pvalues import wilson
from comparison.statistics.calibration.ratio import fit
from comparison.statistics.calibration.verbal import in_words
from comparison.statistics.errors import PopulationMissing

FEWEST = 2
"""Methods that are fused; the ratio of one stands with its finding."""


def fused(
    measured: Mapping[str, Measured], population: Population, stratum: str | None
) -> dict[str, Any] | None:
    """The ratio of derivation over independence by all methods that gave the suspect and every model a value.

    Methods with a test of their own are left out: their p-values are not turned into ratios. None where
    fewer than two methods remain, or the population supports no ratio.
    """
    methods = [name for name, one in measured.items() if one.value is not None and one.log10_p is None]
    members = _members(population, methods, stratum)
    methods = [name for name in methods if members and all(name in values for _, values in members)]
    if stratum is None or len(methods) < FEWEST:
        return None
    cases = _by_lineage([Case(tuple(values[name] for name in methods), *which) for which, values in members])
    suspect = np.array([[measured[name].value for name in methods]], dtype=np.float64)
    try:
        tested = validate_cases(cases, against=REFERENCE)
        model = fit(scores(cases, derived=True), scores(cases, derived=False))
    except PopulationMissing:
        return None
    lr = tested.bounds.held(float(model.log10_lr(suspect)[0]))
    independent = len(tested.independent)
    return {
        "methods": methods,
        "lr": lr,
        "lr_bound": [tested.bounds.low, tested.bounds.high],
        "verbal": in_words(lr),
        "derived": len(tested.derived),
        "independent": independent,
        "cllr": tested.cost,
        "false_positives": tested.false_positives,
        "false_positive_rate": list(wilson(tested.false_positives, independent)),
        "derived_ratios": sorted(tested.derived.tolist()),
        "independent_ratios": sorted(tested.independent.tolist()),
    }


Which = tuple[frozenset[str], bool]


def _members(
    population: Population, methods: list[str], stratum: str | None
) -> list[tuple[Which, dict[str, float]]]:
    """Every derived model, and the independent ones of the stratum, with the values that it has."""
    values: dict[Any, dict[str, float]] = {}
    for row in population.rows:
        if row.member.derived_from is not None or row.member.stratum == stratum:
            # By content as well: a record names models by their folders' own names, which may be the same.
            found = values.setdefault((row.member, row.sha256), {})
            if row.method in methods and row.value is not None:
                found[row.method] = row.value
    return [
        ((population.sides(member), member.derived_from is not None), found)
        for (member, _), found in values.items()
    ]


def _by_lineage(cases: list[Case]) -> list[Case]:
    """One case for each pair of lineages: its greatest values if independent, its mean if derived."""
    groups: dict[tuple[frozenset[str], bool], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.lineages, case.derived), []).append(case)
    return [
        Case(
            tuple((np.mean if derived else np.max)([case.values for case in group], axis=0).tolist()),
            lineages,
            derived,
        )
        for (lineages, derived), group in groups.items()
    ]
