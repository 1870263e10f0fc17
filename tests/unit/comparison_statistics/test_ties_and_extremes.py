"""What cannot be told apart counts for nothing, and no number is too small or too large for a method."""

import numpy as np
import pytest

from comparison.statistics.assignment import correlation, cosines
from comparison.statistics.csu import csu
from comparison.statistics.errors import MeasureRefused
from comparison.statistics.match import Layer, match
from comparison.statistics.palimpsest import palimpsest
from comparison.statistics.raw import beyond_chance

RANDOM = np.random.default_rng(17)
NEURONS, PROBES = 200, 100


def observed() -> np.ndarray:
    return RANDOM.normal(size=(NEURONS, PROBES)).astype(np.float32)


@pytest.mark.parametrize("scale", [1e-25, 1e-40, 1e22], ids=["decayed", "denormal", "large"])
def test_neurons_beyond_the_range_of_squares_pair_up_with_nobody(scale: float) -> None:
    ours, theirs = (Layer(observed() * np.float32(scale), observed() * np.float32(scale)) for _ in range(2))
    assert csu(ours.gate, theirs.gate).log10_p > -4
    assert match(ours, theirs).log10_p > -4
    if scale > 1e-38:
        assert match(ours, Layer(ours.gate * 3, ours.up * 0.5)).log10_p < -30


def test_neurons_that_are_all_alike_pair_up_with_nobody() -> None:
    sides = []
    for _ in range(2):
        layer = Layer(observed(), observed())
        ablated = RANDOM.choice(NEURONS, NEURONS // 2, replace=False)
        layer.gate[ablated] = layer.up[ablated] = layer.up.mean(axis=0)
        sides.append(layer)
    assert csu(sides[0].up, sides[1].up).log10_p > -4
    assert match(*sides).log10_p > -4


def test_a_layer_without_a_speaking_neuron_gives_no_value() -> None:
    ours, nothing = Layer(observed(), observed()), np.zeros((NEURONS, PROBES), dtype=np.float32)
    for sides in ((ours, Layer(nothing, nothing)), (Layer(nothing, nothing), ours)):
        with pytest.raises(MeasureRefused, match="Only 0 units"):
            match(*sides)
        with pytest.raises(MeasureRefused, match="Only 0 units"):
            csu(sides[0].up, sides[1].up)


def test_units_that_are_not_finite_are_refused() -> None:
    broken = observed()
    broken[3, 4] = np.inf
    with pytest.raises(MeasureRefused, match="not finite"):
        cosines(broken, observed())


def test_equal_likelihoods_say_nothing_of_the_order_of_training() -> None:
    order = np.arange(60.0)
    assert palimpsest(order, np.full(60, -1.0)).log10_p == 0.0
    rounded = np.round(RANDOM.normal(-2, 0.4, 60))
    assert palimpsest(order, rounded).log10_p > -3
    assert palimpsest(np.repeat(np.arange(3.0), 20), rounded).log10_p > -3
    assert palimpsest(order, np.round(order / 20)).log10_p < -20


def test_few_units_are_counted_and_not_reckoned() -> None:
    one_swapped = [1, 0, 2, 3, 4, 5, 6, 7, 8]
    found = correlation(np.arange(9), np.array(one_swapped))
    assert found.log10_p == pytest.approx(np.log10(9 / 362880)), "itself, and the eight swaps of neighbours"
    assert correlation(np.arange(5), np.arange(5)[::-1]).log10_p == 0.0
    assert palimpsest(np.arange(4.0), np.array([-1.0, -1.0, -1.0, -0.5])).log10_p == pytest.approx(
        np.log10(1 / 4)
    )


@pytest.mark.parametrize(("ours", "theirs", "options"), [(1.0, 1.0, 4), (0.0, 0.0, 2), (0.5, 0.5, 1)])
def test_agreement_that_is_certain_has_nothing_beyond_chance(
    ours: float, theirs: float, options: int
) -> None:
    with pytest.raises(MeasureRefused, match="cannot but agree"):
        beyond_chance(1.0, ours, theirs, options)
