"""The layer map and the table of tensors, from names and kinds alone."""

from comparison.layer_map import ABSENT, OTHER, SAME, SILENT, TALL, layer_map
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
