"""What the methods say of models of known relation: the claims of the documentation, held on the zoo."""

from collections.abc import Callable
from pathlib import Path

import pytest

from comparison.runner.zoo.listing import Zoo
from comparison.runner.zoo.validation import RIGHT, WRONG, Row, related, validated

FROM_WEIGHTS = (
    "fine-tuned-1", "fine-tuned-2", "fine-tuned-3", "continued", "pruned", "quantised", "noised", "permuted",
    "rotated", "rescaled", "merged", "layer-dropped", "upcycled", "continued-permuted", "continued-rotated",
    "disguised",
)  # fmt: skip
PUBLIC_ORDER = ("palimpsest", "same order, other seed")
"""Flagged as its own caveat says: a shared public order shows nothing."""


@pytest.fixture(scope="module")
def rows(zoo: Zoo, kept: Path) -> list[Row]:
    return validated(zoo, kept)


@pytest.fixture(scope="module")
def log10_p(rows: list[Row]) -> Callable[[str, str], float]:
    """Of a method on a suspect."""
    found = {(row.finding["method"], row.suspect): row.finding["log10_p"] for row in rows}
    return lambda method, suspect: float(found[method, suspect])


@pytest.mark.parametrize("suspect", FROM_WEIGHTS)
def test_match_finds_whatever_was_made_from_the_weights(
    log10_p: Callable[[str, str], float], suspect: str
) -> None:
    assert log10_p("match", suspect) < -12


def test_match_speaks_of_no_model_of_another_start(zoo: Zoo, rows: list[Row]) -> None:
    apart = [
        row.finding["log10_p"]
        for row in rows
        if row.finding["method"] == "match" and not related(zoo, row.suspect)
    ]
    assert len(apart) >= 20
    assert min(apart) > -4


def test_match_is_blind_to_distillation(log10_p: Callable[[str, str], float]) -> None:
    assert log10_p("match", "logit-student") > -4
    assert log10_p("match", "text-student") > -4


def test_no_method_accuses_a_model_that_has_nothing_of_the_claimants(zoo: Zoo, rows: list[Row]) -> None:
    """Neither the independent ones of any stratum, nor the children and students of another model."""
    wrong = [
        (row.finding["method"], row.suspect, row.finding["p"], row.finding["lr"])
        for row in rows
        if row.outcome == WRONG and (row.finding["method"], row.kind) != PUBLIC_ORDER
    ]
    assert wrong == []


def test_a_shared_seed_is_never_put_down_to_the_weights_alone(zoo: Zoo, rows: list[Row]) -> None:
    for row in rows:
        if row.kind == "same seed, other order" and row.finding["method"] == "match":
            assert row.finding["p"] > 0.1
            assert any("share a seed or ancestor" in caveat for caveat in row.finding["caveats"])


def test_what_claimants_quote_is_ordinary_between_strangers(rows: list[Row]) -> None:
    found = [row for row in rows if row.kind == "independent" and row.finding["method"] == "raw-norm"]
    assert min(row.finding["value"] for row in found) > 0.99
    assert all(row.outcome == RIGHT for row in found)
