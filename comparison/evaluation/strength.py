"""How strong a value is as evidence, as far as the reference population supports it."""

from dataclasses import dataclass
from math import log10
from typing import Any

import numpy as np

from comparison.evaluation import words
from comparison.evaluation.measures import Measured
from comparison.evaluation.spec import REFERENCE
from comparison.statistics.calibration.leaving_out import Validation, validate
from comparison.statistics.calibration.population import Null, Pair, null_of
from comparison.statistics.calibration.pvalues import rank_p, wilson
from comparison.statistics.calibration.ratio import fit
from comparison.statistics.calibration.verbal import in_words
from comparison.statistics.errors import PopulationMissing

BROKEN = 0.001
"""Chance, over the whole population, of independent p-values so small that the test is not trusted here."""
EXACT = ("csu", "logged-output", "palimpsest")
"""Methods whose null is exact; the other test of its own is shown by experiment only."""
OF_STARTS = ("csu", "match")
"""Tests that presume that the two models started from random weights of their own."""
PRESUMED = {"logged-output": words.LOGGED_TEST, "palimpsest": words.ORDER_TEST}
"""What the other tests of their own presume."""


SEED = "same-seed"
"""The stratum of models that share a seed or ancestor with the reference."""


@dataclass(frozen=True, slots=True)
class Strength:
    """What stands beside a value; None where it cannot be given, for the reasons in the caveats.

    ``bounds`` are those of any ratio that the population supports, also where this value gets none.
    """

    null: Null | None = None
    p: float | None = None
    log10_p: float | None = None
    lr: float | None = None
    bounds: tuple[float, float] | None = None
    verbal: str | None = None
    caveats: tuple[str, ...] = ()
    validation: dict[str, Any] | None = None


def strength(
    method: str, found: Measured, pairs: list[Pair], stratum: str | None, *, silent: int = 0
) -> Strength:
    """The value against the population.

    Args:
        method: its name.
        found: what it gave.
        pairs: of the population, by the same method.
        stratum: the suspect's; None where nobody said.
        silent: how many models of the population gave no value.
    """
    if found.value is None:
        return Strength()
    null, caveats = _null(pairs, stratum, silent)
    if found.log10_p is not None:
        return _of_own_test(method, found.log10_p, null, stratum, caveats)
    if null is None or stratum is None:
        return Strength(caveats=tuple(caveats))
    p = rank_p(found.value, null.values)
    caveats.append(words.RANKED.format(lineages=len(null.values), more=len(null.values) + 1))
    return _with_ratio(found.value, null, p, pairs, caveats)


def _null(pairs: list[Pair], stratum: str | None, silent: int) -> tuple[Null | None, list[str]]:
    if not pairs:
        return None, [words.NO_MEMBER if silent else words.NO_RATIO]
    if stratum is None:
        return None, [words.STRATUM_UNSTATED]
    try:
        null = null_of(pairs, stratum, against=REFERENCE)
    except PopulationMissing as missing:
        return None, [words.NO_NULL.format(reason=missing)]
    caveats = [words.MEMBERS_SILENT.format(count=silent)] if silent else []
    if stratum == SEED:
        caveats.append(words.NULL_OF_SEED)
    elif stratum != "same-data":
        caveats.append(words.NULL_ELSEWHERE.format(stratum=stratum))
    return null, caveats


def _of_own_test(
    method: str, log10_p: float, null: Null | None, stratum: str | None, caveats: list[str]
) -> Strength:
    """The test's own p; the rank instead where the models are said, or shown, not to be as it presumes."""
    if stratum == SEED and method in OF_STARTS:
        caveats.insert(0, words.SEED_STATED)
        return Strength(caveats=tuple(caveats)) if null is None else _ranked(-log10_p, null, caveats)
    if null is not None and null.values.max() > log10(len(null.values) / BROKEN):
        caveats.insert(0, words.BROKEN_NULL.format(least=-null.values.max()))
        return _ranked(-log10_p, null, caveats)
    unproven = words.UNTESTED_NULL if null is None else words.UNPROVEN_NULL
    shown = () if method in EXACT else (unproven,)
    presumed = PRESUMED.get(method, words.OWN_TEST)
    return Strength(null, 10.0**log10_p, log10_p, caveats=(presumed, *shown, *caveats))


def _ranked(value: float, null: Null, caveats: list[str]) -> Strength:
    p = rank_p(value, null.values)
    said = words.RANKED.format(lineages=len(null.values), more=len(null.values) + 1)
    return Strength(null, p, log10(p), caveats=(*caveats, said))


def _with_ratio(value: float, null: Null, p: float, pairs: list[Pair], caveats: list[str]) -> Strength:
    by_lineage: dict[frozenset[str], list[float]] = {}
    for pair in pairs:
        if pair.derived:
            by_lineage.setdefault(pair.lineages, []).append(pair.value)
    derived = [Pair(float(np.mean(v)), names, null.stratum, derived=True) for names, v in by_lineage.items()]
    independent = [
        Pair(float(v), frozenset({REFERENCE, name}), null.stratum)
        for name, v in zip(null.lineages, null.values, strict=True)
    ]
    try:
        tested = validate([*derived, *independent], against=REFERENCE)
        model = fit(np.array([[pair.value] for pair in derived]), null.values[:, None])
    except PopulationMissing as missing:
        return Strength(null, p, log10(p), caveats=(*caveats, words.NO_LR.format(reason=missing)))
    lr = tested.bounds.held(float(model.log10_lr(np.array([[value]]))[0]))
    counts = {"derived": len(derived), "independent": len(independent)}
    facts = _facts(tested, counts)
    bounds = (tested.bounds.low, tested.bounds.high)
    if lr < 1 and value > null.values.max():
        # The derived models are so spread that one line through all models does not fit between them.
        return Strength(null, p, log10(p), None, bounds, None, (*caveats, words.BETWEEN), facts)
    said = words.RATIO.format(stratum=null.stratum, **counts, low=tested.bounds.low, high=tested.bounds.high)
    low, high = facts["false_positive_rate"]
    checked = words.VALIDATED.format(
        cost=tested.cost, errors=tested.false_positives, independent=len(independent), low=low, high=high
    )
    return Strength(
        null,
        p,
        log10(p),
        lr,
        bounds,
        in_words(lr),
        (*caveats, said, checked),
        facts,
    )


def _facts(tested: Validation, counts: dict[str, int]) -> dict[str, Any]:
    return {
        **counts,
        "cllr": tested.cost,
        "false_positives": tested.false_positives,
        "false_positive_rate": list(wilson(tested.false_positives, counts["independent"])),
        "derived_ratios": sorted(tested.derived.tolist()),
        "independent_ratios": sorted(tested.independent.tolist()),
    }
