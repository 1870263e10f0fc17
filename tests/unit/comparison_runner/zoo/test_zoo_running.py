"""What the methods that run models say of models of known relation: they rank, and accuse no stranger."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from comparison.evaluation import compare
from comparison.evaluation.words import ONE_OUTSIDE
from comparison.runner.zoo.listing import Zoo
from comparison.runner.zoo.specification import specification
from comparison.runner.zoo.validation import WRONG, Row, validated

RANKED = (
    "cka", "reef", "mutual-knn", "residual-logprob", "cross-likelihood", "raw-attention", "agreement",
    "same-wrong", "capa",
)  # fmt: skip
STRANGERS = ("independent-03", "independent-05", "niche-1", "text-student-of-another")
REARRANGED = ("permuted", "rotated", "rescaled")
LEAST = 1 / 14
"""The smallest rank among 13 independent models."""

Finding = Callable[[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def rows(zoo: Zoo, kept: Path) -> list[Row]:
    suspects = (*STRANGERS, *REARRANGED, "same-order", "continued", "logit-student", "text-student")
    return validated(zoo, kept, suspects, (*RANKED, "palimpsest"))


@pytest.fixture(scope="module")
def of(rows: list[Row]) -> Finding:
    """A method's finding on a suspect."""
    found = {(row.finding["method"], row.suspect): row.finding for row in rows}
    return lambda method, suspect: found[method, suspect]


def test_no_stranger_is_accused(rows: list[Row]) -> None:
    accused = {(row.finding["method"], row.suspect) for row in rows if row.outcome == WRONG}
    assert accused == {("palimpsest", "same-order")}, "whose own caveat says that a public order does this"


@pytest.mark.parametrize("suspect", ["independent-03", "independent-05"])
def test_attention_nearly_as_in_the_claimants_model_is_ordinary(of: Finding, suspect: str) -> None:
    found = of("raw-attention", suspect)
    assert found["value"] > 0.98
    assert found["p"] > 0.1
    assert found["lr"] is None or 0.5 < found["lr"] < 2


@pytest.mark.parametrize("suspect", REARRANGED)
@pytest.mark.parametrize("method", ["cka", "reef", "residual-logprob", "agreement"])
def test_rearranged_weights_answer_as_before(of: Finding, method: str, suspect: str) -> None:
    found = of(method, suspect)
    assert found["value"] > 0.99
    assert found["p"] == pytest.approx(LEAST)


@pytest.mark.parametrize("student", ["logit-student", "text-student"])
def test_students_are_more_alike_than_any_stranger_and_know_the_order(of: Finding, student: str) -> None:
    for method in ("residual-logprob", "cross-likelihood"):
        assert of(method, student)["value"] > of(method, student)["null"]["max"]
        assert of(method, student)["p"] == pytest.approx(LEAST), "the population allows no less"
    assert of("palimpsest", student)["log10_p"] < -6


def test_a_child_that_was_retrained_for_long_is_less_alike_than_a_stranger(of: Finding) -> None:
    """So that a low value excludes nothing, as the method's words say."""
    for method in ("agreement", "same-wrong", "capa"):
        assert of(method, "continued")["value"] < of(method, "continued")["null"]["min"]
        assert of(method, "continued")["p"] == 1.0


def test_a_population_of_another_domain_is_refused_or_flagged(zoo: Zoo, kept: Path) -> None:
    """Whoever calls models of another domain ones of like data gets no likeness out of it unwarned."""
    text = specification(zoo, "independent-05", methods=("residual-logprob",), strata=("other-domain",))
    with TemporaryDirectory(prefix="assize-domain-") as folder:
        spec = Path(folder) / "comparison.toml"
        spec.write_text(text.replace('"other-domain"', '"same-data"'), encoding="utf-8")
        (found,) = compare(spec, Path(folder) / "answer", kept)["findings"]
    refused = any("another domain" in caveat for caveat in found["caveats"])
    assert (found["value"] is None and refused) or ONE_OUTSIDE in found["caveats"]
