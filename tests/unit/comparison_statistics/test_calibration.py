"""What a population supports, and that nothing above it is ever said."""

import numpy as np
import pytest

from comparison.statistics.calibration.leaving_out import validate
from comparison.statistics.calibration.population import Pair, null_of
from comparison.statistics.calibration.pvalues import holm, rank_p, wilson
from comparison.statistics.calibration.ratio import cllr, elub, fit, tippett
from comparison.statistics.calibration.verbal import in_words
from comparison.statistics.errors import PopulationMissing

RANDOM = np.random.default_rng(3)


def pairs(independent: int, derived: int, gap: float = 1.0) -> list[Pair]:
    found = [
        Pair(RANDOM.normal() * 0.1, frozenset({"ours", f"stranger-{n}"}), "same-data")
        for n in range(independent)
    ]
    return found + [
        Pair(gap + RANDOM.normal() * 0.1, frozenset({"ours", f"child-{n}"}), "same-data", derived=True)
        for n in range(derived)
    ]


def test_a_null_takes_one_value_of_each_lineage_and_the_cautious_one() -> None:
    family = [Pair(value, frozenset({"ours", "rival"}), "same-data") for value in (0.1, 0.5, 0.3)]
    null = null_of(
        [*family, Pair(0.2, frozenset({"ours", "other"}), "same-data")], "same-data", against="ours"
    )
    assert null.as_json() == {
        "n": 2, "lineages": 2, "stratum": "same-data", "mean": pytest.approx(0.35), "min": 0.2, "max": 0.5,
    }  # fmt: skip


def test_an_empty_stratum_is_refused_and_names_what_there_is() -> None:
    with pytest.raises(
        PopulationMissing, match="no independent model of the stratum other-domain"
    ) as refusal:
        null_of(pairs(3, 2), "other-domain", against="ours")
    assert "same-data" in refusal.value.remedy
    with pytest.raises(PopulationMissing, match=r"no such stratum.*'mine'"):
        null_of(pairs(3, 0), "mine", against="ours")


@pytest.mark.parametrize("size", [1, 4, 30])
def test_a_rank_never_claims_more_than_its_sample(size: int) -> None:
    assert rank_p(1e9, np.zeros(size)) == 1 / (size + 1)
    assert rank_p(-1e9, np.zeros(size)) == 1.0


def test_holm_corrects_for_all_that_ran() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []


def test_no_error_seen_is_not_no_error() -> None:
    low, high = wilson(0, 30)
    assert low == 0.0
    assert 0.09 < high < 0.13
    assert wilson(0, 0) == (0.0, 1.0)


def test_the_bound_grows_with_the_reference_set_and_not_with_the_gap() -> None:
    apart = np.full(40, 1e12), np.full(21, 1e-12)
    assert 19 <= elub(*apart).high <= 22, "21 independent pairs support no more"
    assert elub(np.full(40, 1e12), np.full(200, 1e-12)).high > 150
    assert elub(np.full(40, 1e3), np.full(21, 1e-3)).high == elub(*apart).high


def test_a_useless_method_supports_no_ratio_at_all() -> None:
    same = 10 ** RANDOM.normal(size=50)
    bounds = elub(same, same)
    assert bounds.low > 0.3
    assert bounds.high < 3
    assert bounds.held(12.0) == pytest.approx(bounds.high)
    assert bounds.held(-12.0) == pytest.approx(bounds.low)
    assert bounds.held(4000.0) == pytest.approx(bounds.high), (
        "a value far from the population is bounded like any other"
    )


def test_ratios_rise_with_likeness_and_never_fall() -> None:
    model = fit(1 + 0.1 * RANDOM.normal(size=(10, 1)), 0.1 * RANDOM.normal(size=(12, 1)))
    found = model.log10_lr(np.linspace(-1, 2, 20)[:, None])
    assert (np.diff(found) > 0).all()
    reversed_ = fit(0.1 * RANDOM.normal(size=(10, 1)), 1 + 0.1 * RANDOM.normal(size=(12, 1)))
    assert np.abs(reversed_.log10_lr(np.linspace(-1, 2, 20)[:, None])).max() < 0.01


def test_a_method_said_twice_counts_about_once() -> None:
    derived, independent = 1 + 0.4 * RANDOM.normal(size=(30, 1)), 0.4 * RANDOM.normal(size=(30, 1))
    once = fit(derived, independent).log10_lr(np.array([[1.0]]))[0]
    twice = fit(np.hstack([derived] * 2), np.hstack([independent] * 2)).log10_lr(np.array([[1.0, 1.0]]))[0]
    assert once < twice < 1.5 * once


def test_two_models_give_no_ratio() -> None:
    with pytest.raises(PopulationMissing, match="2 derived and 9 independent"):
        fit(np.ones((2, 1)), np.zeros((9, 1)))


def test_left_out_lineages_are_judged_by_the_others() -> None:
    found = validate(pairs_of_many_lineages(gap=2.0))
    assert found.cost < 0.3
    assert found.false_positives == 0
    assert found.independent.max() < 1 < found.derived.min()
    assert found.derived.max() <= found.bounds.high
    nothing = validate(pairs_of_many_lineages(gap=0.0))
    assert 0.8 < nothing.cost < 1.3


def test_the_claimants_own_lineage_is_never_left_out() -> None:
    found = validate([*pairs(8, 8)], against="ours")
    assert found.cost < 0.5
    with pytest.raises(PopulationMissing):
        validate([*pairs(8, 8)])


def pairs_of_many_lineages(gap: float) -> list[Pair]:
    strangers = [Pair(RANDOM.normal() * 0.2, frozenset({f"a{n}", f"b{n}"}), "same-data") for n in range(15)]
    families = [
        Pair(gap + RANDOM.normal() * 0.2, frozenset({f"c{n}"}), "same-data", derived=True) for n in range(15)
    ]
    return strangers + families


def test_cllr_is_one_bit_for_a_method_that_says_nothing() -> None:
    assert cllr(np.ones(5), np.ones(7)) == pytest.approx(1.0)
    assert cllr(np.full(5, 1e9), np.full(7, 1e-9)) == pytest.approx(0.0, abs=1e-6)


def test_a_tippett_curve_falls_from_all_to_few() -> None:
    values, share = tippett(np.array([10.0, 0.1, 1.0, 100.0]))
    assert values == pytest.approx([-1, 0, 1, 2])
    assert share == pytest.approx([1.0, 0.75, 0.5, 0.25])


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1.0, "no support either way"),
        (0.6, "no support either way"),
        (20.0, "moderate support for the first proposition over the other"),
        (1 / 20.0, "moderate support for the second proposition over the other"),
        (5e6, "extremely strong support for the first proposition over the other"),
    ],
)
def test_words_follow_the_table(ratio: float, words: str) -> None:
    assert in_words(ratio) == words
