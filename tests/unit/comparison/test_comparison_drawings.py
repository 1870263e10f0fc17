"""The drawings of a comparison and the table of tensors, from names, kinds and figures alone."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from comparison.drawing.blocks import LEFT as MAP_LEFT
from comparison.drawing.blocks import drawn_map
from comparison.drawing.histogram import histogram
from comparison.drawing.layers import ABSENT, OTHER, SAME, SILENT, TALL, layer_map
from comparison.drawing.tippett import tippett
from comparison.statistics.calibration.ratio import tippett as shares
from comparison.tables import chosen_rows, config_words, natural, shape_words
from comparison.templatetags.shares import share


def test_layers_stand_in_their_own_order_and_parts_in_columns() -> None:
    drawing = layer_map(
        [
            ("model.layers.10.mlp.up.weight", SAME, 4),
            ("model.layers.2.mlp.up.weight", OTHER, 4),
            ("model.layers.2.norm.weight", SILENT, 4),
            ("lm_head.weight", SAME, 4),
        ]
    )
    assert drawing is not None
    assert [row.name for row in drawing.rows] == ["Layer 2", "Layer 10"]
    assert [part for _, part in drawing.columns] == ["mlp.up", "norm"]
    assert [[cell.word for cell in row.cells] for row in drawing.rows] == [
        ["Layer 2, mlp.up: differs", "Layer 2, norm: says nothing"],
        ["Layer 10, mlp.up: identical"],
    ]


def test_experts_are_one_part_filled_by_their_identical_share() -> None:
    names = [f"model.layers.0.mlp.experts.{number}.w.weight" for number in range(4)]
    kinds = [SAME, SAME, SAME, OTHER]
    drawing = layer_map([(name, kind, 10) for name, kind in zip(names, kinds, strict=True)])
    assert drawing is not None
    ((cell,),) = [row.cells for row in drawing.rows]
    assert (cell.fill, cell.word) == (round(TALL * 0.75, 1), "Layer 0, mlp.experts.w: 75% identical")
    assert cell.bottom + cell.fill == cell.y + TALL


def test_a_part_of_one_model_only_is_crossed_and_names_without_layers_draw_nothing() -> None:
    drawing = layer_map([("transformer.h.0.extra.weight", ABSENT, 1)])
    assert drawing is not None
    assert drawing.rows[0].cells[0].kind == "in"
    assert layer_map([("a", SAME, 1), ("b", OTHER, 1)]) is None
    assert layer_map([]) is None


def test_rows_sort_as_people_count() -> None:
    names = ["layers.10.a", "layers.2.a", "embed"]
    assert sorted(names, key=natural) == ["embed", "layers.2.a", "layers.10.a"]
    rows = [{"name": name, "elements": len(name), "state": "s", "kind": SAME} for name in names]
    assert [row["name"] for row in chosen_rows(rows, "", "-name")] == ["layers.10.a", "layers.2.a", "embed"]
    assert [row["name"] for row in chosen_rows(rows, SAME, "elements")] == [
        "embed",
        "layers.2.a",
        "layers.10.a",
    ]
    assert chosen_rows(rows, OTHER, "name") == []
    assert len(chosen_rows(rows, "nonsense", "nonsense")) == 3


def test_shares_never_round_to_all_or_none() -> None:
    assert [share(value) for value in (0, 0.00001, 0.5384, 0.99999, 1)] == [
        "0%",
        "0.1%",
        "53.8%",
        "99.9%",
        "100%",
    ]


def test_values_in_words() -> None:
    assert [config_words(value) for value in (None, "llama", 5e5, {"a": [True]})] == [
        "absent", "llama", "500000.0", '{"a": [true]}',
    ]  # fmt: skip
    assert [shape_words(shape) for shape in ((4096, 128), ())] == ["4,096 × 128", "one number"]


def test_the_value_and_the_derived_stand_on_the_scale_of_the_null() -> None:
    drawing = histogram(5.0, [0.0, 1.0, 1.0, 2.0], [10.0], width=216.0, floor=106.0)
    assert (drawing.low, drawing.high) == ("0", "10")
    assert (drawing.value_x, list(drawing.derived)) == (108.0, [208.0])
    assert max(bar.height for bar in drawing.bars) == 100.0
    assert [bar.word for bar in drawing.bars] == ["1 of 4 from 0", "2 of 4 from 0.833", "1 of 4 from 1.67"]
    alone = histogram(1.0, [1.0])
    assert alone.value_x == alone.edge, "one value alone has no span to divide by"


def test_a_map_of_many_layers_is_one_outline_for_each_shade() -> None:
    ps = [[-60.0 if row == column else -0.3 for column in range(80)] for row in range(80)]
    names = [f"layer {number}" for number in range(80)]
    detail = {"reference": names, "suspect": names, "log10_p": ps}
    assert drawn_map("match", detail) is None, "too many cells to tell apart on a screen"
    drawing = drawn_map("match", detail, cell=4.0, most=40_000)
    assert drawing is not None
    assert len(drawing.cells) == 6400
    pieces = {shade: path.count("M") for shade, path in drawing.shaded}
    assert pieces == {0: 2 * 80 - 2, 4: 80}
    gaps = [below[0] - above[0] for above, below in zip(drawing.rows, drawing.rows[1:], strict=False)]
    assert round(min(gaps), 6) >= 12, "labels do not run into each other"
    assert drawing.width == MAP_LEFT + 80 * 4.0 + 8


RATIOS = st.lists(st.integers(-110, 110).map(lambda tenths: 10.0 ** (tenths / 10)), min_size=1, max_size=12)


@given(RATIOS, RATIOS)
def test_the_curves_of_a_tippett_plot_are_the_shares_that_the_statistics_give(
    derived: list[float], independent: list[float]
) -> None:
    drawing = tippett(derived, independent, (min(derived), max(derived)))
    assert drawing is not None
    for ratios, curve in ((derived, drawing.derived), (independent, drawing.independent)):
        steps = [float(y) for y in re.findall(r"V([0-9.]+)", curve.path)]
        tall = drawing.floor - drawing.top
        _, expected = shares(np.array(ratios))
        assert np.allclose([(drawing.floor - y) / tall for y in steps], [*expected[1:], 0.0], atol=1e-3)
    places = [tick.at for tick in drawing.across]
    assert places == sorted(places)
    assert 1 <= len(places) <= 10
    assert drawing.left <= drawing.low_x <= drawing.high_x <= drawing.right


def test_a_tippett_plot_says_how_many_ratios_mislead() -> None:
    drawing = tippett([0.5, 20.0, 30.0], [0.1, 2.0], (0.1, 30.0))
    assert drawing is not None
    assert drawing.derived.word == "1 of 3 derived lineages got a ratio below 1"
    assert drawing.independent.word == "1 of 2 independent lineages got a ratio above 1"
    assert [tick.word for tick in drawing.across] == ["0.1", "1", "10"]
    assert tippett([], [1.0], (1.0, 1.0)) is None
