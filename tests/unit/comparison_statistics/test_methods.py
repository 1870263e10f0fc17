"""Each method where it must see, and where it must be blind."""

import numpy as np
import pytest

from comparison.statistics import crosslikelihood, huref, logged, neighbours, raw, residual, subspace
from comparison.statistics.assignment import SMALLEST_LOG10, assign, cosines
from comparison.statistics.awm import awm, matched_axes
from comparison.statistics.cka import shape_of, unbiased_cka
from comparison.statistics.csu import csu
from comparison.statistics.errors import MeasureRefused, PopulationMissing
from comparison.statistics.match import Layer, combined, layer_map, match
from comparison.statistics.palimpsest import palimpsest

RANDOM = np.random.default_rng(7)
PROBES, NEURONS = 200, 48


def layer() -> Layer:
    return Layer(RANDOM.normal(size=(NEURONS, PROBES)), RANDOM.normal(size=(NEURONS, PROBES)))


def noisy(one: Layer, noise: float = 0.5) -> Layer:
    gate, up = (x + noise * RANDOM.normal(size=x.shape) for x in (one.gate, one.up))
    return Layer(gate, up)


def permuted(one: Layer) -> Layer:
    order = RANDOM.permutation(len(one.gate))
    return Layer(one.gate[order], one.up[order])


def test_match_sees_a_copy_however_its_neurons_were_permuted() -> None:
    ours = layer()
    for suspect in (noisy(ours), permuted(noisy(ours)), Layer(ours.gate * 3, ours.up * 0.1)):
        assert match(ours, suspect).log10_p < -30


def test_match_of_independent_layers_is_uniform() -> None:
    found = [match(layer(), layer()).log10_p for _ in range(60)]
    assert min(found) > -4
    assert 0.2 < np.mean(10 ** np.array(found)) < 0.8


def test_match_is_blind_where_gate_and_up_were_permuted_apart() -> None:
    ours = layer()
    apart = Layer(ours.gate[RANDOM.permutation(NEURONS)], ours.up[RANDOM.permutation(NEURONS)])
    assert match(ours, apart).log10_p > -4


def test_match_takes_layers_from_which_neurons_were_pruned() -> None:
    ours = layer()
    kept = np.sort(RANDOM.choice(NEURONS, NEURONS // 2, replace=False))
    assert match(ours, Layer(ours.gate[kept], ours.up[kept])).log10_p < -10


def test_neurons_silent_in_both_models_pair_up_with_nobody() -> None:
    ours, theirs = layer(), layer()
    for one in (ours, theirs):
        silent = RANDOM.choice(NEURONS, NEURONS // 2, replace=False)
        one.gate[silent] = one.up[silent] = 0.0
    assert match(ours, theirs).log10_p > -4
    assert match(ours, theirs).units <= NEURONS // 2
    assert csu(ours.gate, theirs.gate).log10_p > -4


def test_few_neurons_never_say_more_than_their_orders_allow() -> None:
    ours = Layer(RANDOM.normal(size=(5, 20)), RANDOM.normal(size=(5, 20)))
    assert match(ours, ours).log10_p == pytest.approx(-np.log10(120))


def test_the_map_shows_which_layer_became_which() -> None:
    ours = [layer() for _ in range(3)]
    found = layer_map(ours, [noisy(ours[2]), noisy(ours[0])])
    assert found.shape == (3, 2)
    assert found.argmin(axis=0).tolist() == [2, 0]


def test_layers_together_say_more_than_one_and_chance_stays_chance() -> None:
    assert combined([-5.0, -5.0, -5.0]) < -10
    assert combined([np.log10(0.5)] * 10) > -1
    assert combined([]) == 0.0
    assert combined([-200.0, -200.0]) == SMALLEST_LOG10


def test_csu_sees_what_keeps_its_place_and_only_that() -> None:
    ours = layer().gate
    assert csu(ours, ours + RANDOM.normal(size=ours.shape)).log10_p < -30
    assert csu(ours, ours[RANDOM.permutation(NEURONS)]).log10_p > -4
    assert csu(ours, layer().gate).log10_p > -4


def test_the_short_way_of_assigning_gives_the_same() -> None:
    ours = RANDOM.normal(size=(30, 50))
    order = RANDOM.permutation(30)
    likeness = cosines(ours, ours[order] + 0.1 * RANDOM.normal(size=ours.shape))
    rows, columns = assign(likeness)
    assert rows.tolist() == list(range(30))
    assert order[columns].tolist() == list(range(30))


def test_units_seen_on_different_probes_are_refused() -> None:
    with pytest.raises(MeasureRefused, match="different probes"):
        cosines(np.ones((3, 4)), np.ones((3, 5)))


def gram(x: np.ndarray) -> np.ndarray:
    kernel: np.ndarray = x @ x.T
    np.fill_diagonal(kernel, 0.0)
    return kernel


def by_definition(x: np.ndarray, y: np.ndarray) -> float:
    n, k, m = len(x), gram(x), gram(y)
    ones = np.ones(n)
    value: float = (
        np.trace(k @ m)
        + (ones @ k @ ones) * (ones @ m @ ones) / ((n - 1) * (n - 2))
        - 2 / (n - 2) * (ones @ k @ m @ ones)
    )
    return value


def test_cka_is_what_the_paper_defines() -> None:
    x, y = RANDOM.normal(size=(40, 7)), RANDOM.normal(size=(40, 5))
    y[:, 0] += x[:, 0]
    wanted = by_definition(x, y) / np.sqrt(by_definition(x, x) * by_definition(y, y))
    assert unbiased_cka(x, y) == pytest.approx(wanted, rel=1e-9)


def test_shapes_of_geometries_give_the_same_cka() -> None:
    x, y = RANDOM.normal(size=(40, 60)), RANDOM.normal(size=(40, 5)) + 3
    y[:, 0] += x[:, 0]
    assert float(shape_of(x) @ shape_of(y)) == pytest.approx(unbiased_cka(x, y), abs=1e-6)


def test_cka_of_unrelated_sides_averages_to_nothing() -> None:
    found = [unbiased_cka(RANDOM.normal(size=(60, 30)), RANDOM.normal(size=(60, 30))) for _ in range(100)]
    assert abs(np.mean(found)) < 0.02


def test_cka_of_one_unvarying_side_is_refused() -> None:
    with pytest.raises(MeasureRefused, match="does not vary"):
        unbiased_cka(np.ones((10, 3)), RANDOM.normal(size=(10, 3)))


def test_awm_undoes_permuted_and_flipped_axes() -> None:
    width = 32
    embeddings = RANDOM.normal(size=(300, width))
    layers = [RANDOM.normal(size=(24, width)) for _ in range(3)]
    order, signs = RANDOM.permutation(width), RANDOM.choice([-1.0, 1.0], width)
    moved = [one[:, order] * signs for one in layers]
    assert awm(layers, moved[:2], matched_axes(embeddings, embeddings[:, order] * signs)) > 0.99
    others = [RANDOM.normal(size=(24, width)) for _ in range(3)]
    assert abs(awm(layers, others, matched_axes(embeddings, RANDOM.normal(size=(300, width))))) < 0.3


def attention(width: int = 16, heads: int = 2, size: int = 8) -> huref.Attention:
    query, key, value = RANDOM.normal(size=(3, heads, size, width))
    return huref.Attention(query, key, value, RANDOM.normal(size=(heads, width, size)))


def test_huref_does_not_change_when_stream_and_heads_are_rotated() -> None:
    ours, tokens = attention(), RANDOM.normal(size=(20, 16))
    turn = np.linalg.qr(RANDOM.normal(size=(16, 16)))[0]
    head = np.linalg.qr(RANDOM.normal(size=(8, 8)))[0]
    turned = huref.Attention(
        head @ ours.query @ turn,
        head @ ours.key @ turn,
        head @ ours.value @ turn,
        turn.T @ ours.output @ head.T,
    )
    first, second = huref.fingerprint(tokens, ours), huref.fingerprint(tokens @ turn, turned)
    other = huref.fingerprint(tokens, attention())
    assert huref.huref([first], [second]) == pytest.approx(1.0)
    assert huref.huref([other, first], [second]) == pytest.approx(1.0), "the layer that is like is found"
    assert abs(huref.huref([first], [other])) < 0.4


def logprobs(head: np.ndarray, probes: int = 60) -> np.ndarray:
    logits = RANDOM.normal(size=(probes, len(head))) @ head
    found: np.ndarray = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return found


def test_the_width_of_a_model_is_read_off_its_outputs() -> None:
    assert subspace.hidden_size(logprobs(RANDOM.normal(size=(12, 200)))) == 12


def test_outputs_of_one_head_share_their_directions() -> None:
    head = RANDOM.normal(size=(12, 200))
    turned = RANDOM.normal(size=(12, 12)) @ head
    assert subspace.subspace_overlap(logprobs(head), logprobs(turned), (12, 12)) == pytest.approx(1.0)
    other = subspace.subspace_overlap(logprobs(head), logprobs(RANDOM.normal(size=(12, 200))), (12, 12))
    assert other == pytest.approx(12 / 200, abs=0.05)
    with pytest.raises(MeasureRefused, match="vocabularies differ"):
        subspace.subspace_overlap(logprobs(head), logprobs(head[:, :100]), (12, 12))


def test_an_output_layer_spans_the_same_however_its_axes_are_turned() -> None:
    head = RANDOM.normal(size=(200, 12)) + 5
    turned = head @ RANDOM.normal(size=(12, 12)) + RANDOM.normal(size=12)
    assert subspace.head_overlap(head, turned) == pytest.approx(1.0)
    assert subspace.head_overlap(head, RANDOM.normal(size=(200, 30))) == pytest.approx(30 / 200, abs=0.06)
    with pytest.raises(MeasureRefused, match="do not tell"):
        subspace.head_overlap(head[:20], turned[:20])


def test_neighbours_survive_rotation_and_are_lost_without_relation() -> None:
    samples = RANDOM.normal(size=(80, 10))
    turn = np.linalg.qr(RANDOM.normal(size=(10, 10)))[0]
    own, moved, others = (
        neighbours.nearest(one, 5) for one in (samples, 3 * samples @ turn, RANDOM.normal(size=(80, 10)))
    )
    assert neighbours.shared_neighbours(own, moved) == 1.0
    unrelated = neighbours.shared_neighbours(own, others)
    assert unrelated == pytest.approx(5 / 79, abs=0.05)


def test_residuals_drop_what_every_model_finds_hard() -> None:
    hard = RANDOM.normal(size=500) * 3
    population = hard + RANDOM.normal(size=(8, 500))
    ours = hard + RANDOM.normal(size=500)
    independent, derived = hard + RANDOM.normal(size=500), ours + 0.3 * RANDOM.normal(size=500)
    assert np.corrcoef(ours, independent)[0, 1] > 0.8
    assert abs(residual.residual_correlation(ours, independent, population)) < 0.25
    assert residual.residual_correlation(ours, derived, population) > 0.85
    with pytest.raises(PopulationMissing):
        residual.residual_correlation(ours, derived, population[:1])


def test_the_interaction_is_found_and_its_interval_holds_nothing_for_the_innocent() -> None:
    texts = (
        RANDOM.normal(size=(4, 3, 80)) * 0.2 + RANDOM.normal(size=(1, 3, 80)) + RANDOM.normal(size=(4, 1, 1))
    )
    innocent = crosslikelihood.interaction(texts, suspect=0, author=1, seed=1)
    assert innocent.low < 0 < innocent.high
    texts[0, 1] += 0.4
    guilty = crosslikelihood.interaction(texts, suspect=0, author=1, seed=1)
    assert guilty.low > 0
    assert guilty == crosslikelihood.interaction(texts, suspect=0, author=1, seed=1)


def test_served_answers_that_were_learnt_are_told_from_fresh_ones() -> None:
    fresh = RANDOM.normal(size=(50, 19))
    assert logged.logged_output(RANDOM.normal(size=50) - 2, fresh).log10_p < -5
    unseen = logged.logged_output(RANDOM.normal(size=50), fresh)
    assert unseen.log10_p > -3
    assert unseen.mean_rank == pytest.approx(0.5, abs=0.15)
    with pytest.raises(MeasureRefused, match="at least 19"):
        logged.logged_output(np.zeros(5), np.zeros((5, 18)))


def test_the_p_of_ranks_is_exact_for_one_prompt_and_never_too_small_for_many() -> None:
    assert logged.logged_output(np.array([-9.0]), np.zeros((1, 19))).log10_p == pytest.approx(
        np.log10(1 / 20)
    )
    assert logged.logged_output(np.zeros(3), np.zeros((3, 19))).log10_p == 0.0
    exact = logged._log10_tail(1500, 200, 20)
    assert exact <= logged._chernoff(1500, 200, 20) < -5


def test_the_order_of_training_leaves_a_trace() -> None:
    order = RANDOM.permutation(400).astype(float)
    ease = RANDOM.normal(size=400) * 3
    likes = ease + order / 200
    alone, controlled = (
        palimpsest(order, likes),
        palimpsest(order, likes, ease + 0.1 * RANDOM.normal(size=400)),
    )
    assert controlled.log10_p < alone.log10_p < -2
    assert palimpsest(order, ease).log10_p > -4


def test_the_figures_that_claimants_quote() -> None:
    profile = np.exp(-np.arange(20) / 5)
    heads = profile + 0.01 * RANDOM.normal(size=(4, 20))
    strangers = profile + 0.01 * RANDOM.normal(size=(4, 20))
    assert raw.raw_attention(heads, strangers) > 0.98, "ordinary between strangers"
    assert raw.raw_attention(heads, heads[::-1]) == pytest.approx(1.0)
    assert raw.raw_norm(np.full(30, 1.0), np.full(30, 0.7)) == pytest.approx(1.0)
    assert raw.raw_deviation(np.arange(4.0), np.arange(8.0)) == pytest.approx(1.0)
    truth, one, other = np.array([0, 1, 2, 3]), np.array([0, 1, 3, 0]), np.array([0, 2, 3, 1])
    assert raw.agreement(one, other) == 0.5
    assert raw.same_wrong(one, other, truth) == 0.5
    assert raw.same_wrong(truth, other, truth) is None


def test_capa_is_nothing_for_two_models_that_err_apart() -> None:
    truth = RANDOM.integers(0, 4, 20000)
    sure = np.eye(4)

    def answers() -> np.ndarray:
        right = RANDOM.random(20000) < 0.6
        wrong = (truth + RANDOM.integers(1, 4, 20000)) % 4
        found: np.ndarray = sure[np.where(right, truth, wrong)]
        return found

    one = answers()
    assert raw.capa(one, answers(), truth) == pytest.approx(0.0, abs=0.03)
    assert raw.capa(one, one, truth) == pytest.approx(1.0)
