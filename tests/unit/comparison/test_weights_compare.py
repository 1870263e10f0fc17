"""Hashes and cosines of real files, and what the result says of them."""

import json
from pathlib import Path

import numpy as np
import pytest

from comparison.evaluation import compare
from comparison.evaluation.cosine import cosines, mean_over_matrices
from comparison.evaluation.errors import MethodUnknown, SpecInvalid
from comparison.evaluation.hashes import State, compare_manifests
from comparison.evaluation.methods import AVAILABLE
from comparison.weights import manifest
from comparison.weights.folder import open_folder
from core.errors import Conflict
from tests.factories.tiny_models import BF16, CONFIG, Tensors, fine_tuned, independent, write

KEYS = ["method", "needs", "value", "null", "p", "log10_p", "lr", "lr_bound", "verbal", "holm", "caveats"]


@pytest.fixture
def parent() -> Tensors:
    return independent(1)


def mean(reference: Path, suspect: Path) -> float:
    return stated(mean_over_matrices(cosines(open_folder(reference), open_folder(suspect))))


def stated(value: float | None) -> float:
    assert value is not None
    return value


def spec(folder: Path, more: str = "", methods: str = '["all"]') -> Path:
    file = folder / "spec.toml"
    file.write_text(
        '[comparison]\ntitle = "Suspect against the claimant\'s"\nreference = "ours"\nsuspect = "theirs"\n'
        f"methods = {methods}\nseed = 7\n{more}"
    )
    return file


def test_a_model_against_itself_is_identical_and_its_cosine_is_one(tmp_path: Path, parent: Tensors) -> None:
    ours, theirs = write(tmp_path / "a", parent), write(tmp_path / "b", parent)
    found = compare_manifests(manifest(ours), manifest(theirs))
    assert found.share == 1
    assert {row.state for row in found.tensors} == {State.IDENTICAL}
    assert (found.config, set(found.tokenizer.values())) == ({}, {"identical"})
    assert mean(ours, theirs) == pytest.approx(1, abs=1e-12)


def test_scaling_each_tensor_leaves_the_cosine_and_changes_every_trained_hash(
    tmp_path: Path, parent: Tensors
) -> None:
    scaled = {name: values * np.float32(1.5 + n) for n, (name, values) in enumerate(parent.items())}
    ours, theirs = write(tmp_path / "a", parent), write(tmp_path / "b", scaled)
    assert mean(ours, theirs) == pytest.approx(1, abs=1e-6)
    assert compare_manifests(manifest(ours), manifest(theirs)).share == 0


def test_a_negated_model_has_cosine_minus_one(tmp_path: Path, parent: Tensors) -> None:
    negated = {name: -values for name, values in parent.items()}
    assert mean(write(tmp_path / "a", parent), write(tmp_path / "b", negated)) == pytest.approx(-1, abs=1e-12)


def test_independent_models_share_only_what_says_nothing(tmp_path: Path, parent: Tensors) -> None:
    ours, theirs = write(tmp_path / "a", parent), write(tmp_path / "b", independent(2))
    found = compare_manifests(manifest(ours), manifest(theirs))
    same = {row.name for row in found.tensors if row.state is State.IDENTICAL}
    assert same == {"model.norm.weight"} | {
        f"model.layers.{layer}.self_attn.rotary_emb.inv_freq" for layer in (0, 1)
    }
    assert found.share == 0
    assert abs(mean(ours, theirs)) < 0.06
    by_name = {row.name: row for row in cosines(open_folder(ours), open_folder(theirs))}
    assert stated(by_name["model.layers.0.input_layernorm.weight"].cosine) > 0.99


@pytest.mark.parametrize("name", ["rope.freqs", "transformer.alibi_slopes", "model.freqs_cis"])
def test_tables_of_positions_are_no_trained_tensors(tmp_path: Path, name: str) -> None:
    table = {name: np.geomspace(1, 1e-4, 16, dtype=np.float32)}
    ours, theirs = (write(tmp_path / str(seed), {**independent(seed), **table}) for seed in (1, 2))
    assert compare_manifests(manifest(ours), manifest(theirs)).share == 0


def test_a_fine_tuned_model_shares_the_tensors_that_were_left_alone(tmp_path: Path, parent: Tensors) -> None:
    ours, theirs = write(tmp_path / "a", parent), write(tmp_path / "b", fine_tuned(parent))
    found = compare_manifests(manifest(ours), manifest(theirs))
    states = {row.name: row.state for row in found.tensors}
    assert states["model.layers.0.mlp.up_proj.weight"] is State.IDENTICAL
    assert states["model.layers.1.mlp.up_proj.weight"] is State.DIFFERENT
    assert 0.4 < stated(found.share) < 0.6
    assert 0.99 < mean(ours, theirs) < 1


def test_permuted_neurons_lose_the_cosine_as_the_caveat_says(tmp_path: Path, parent: Tensors) -> None:
    order = np.random.default_rng(5).permutation(4 * 32)
    permuted = dict(parent)
    for layer in (0, 1):
        up, down = (f"model.layers.{layer}.mlp.{role}_proj.weight" for role in ("up", "down"))
        permuted[up], permuted[down] = parent[up][order], np.ascontiguousarray(parent[down][:, order])
    rows = cosines(open_folder(write(tmp_path / "a", parent)), open_folder(write(tmp_path / "b", permuted)))
    moved = [stated(row.cosine) for row in rows if "mlp" in row.name]
    kept = [stated(row.cosine) for row in rows if "attn" in row.name and "proj" in row.name]
    assert (len(moved), len(kept)) == (4, 8)
    assert max(map(abs, moved)) < 0.2
    assert min(kept) > 0.999


def test_renamed_tensors_are_found_by_content(tmp_path: Path, parent: Tensors) -> None:
    renamed = {name.replace("model.layers", "transformer.h"): values for name, values in parent.items()}
    found = compare_manifests(
        manifest(write(tmp_path / "a", parent)), manifest(write(tmp_path / "b", renamed))
    )
    row = next(row for row in found.tensors if row.name == "transformer.h.0.mlp.up_proj.weight")
    assert (row.state, row.elsewhere) == (State.MOVED, ("model.layers.0.mlp.up_proj.weight",))
    assert found.share == 1


@pytest.mark.parametrize("dtype", [np.dtype(np.float16), BF16, np.dtype(np.float64)], ids=str)
def test_precisions_are_compared_with_each_other(tmp_path: Path, parent: Tensors, dtype: np.dtype) -> None:
    cast = {name: values.astype(dtype) for name, values in parent.items()}
    ours, theirs = write(tmp_path / "a", parent), write(tmp_path / "b", cast)
    assert mean(ours, theirs) == pytest.approx(1, abs=1e-5)
    assert mean(theirs, theirs) == pytest.approx(1, abs=1e-12)
    assert {row.state for row in compare_manifests(manifest(ours), manifest(theirs)).tensors} == {
        State.RESHAPED
    }


def test_cosine_agrees_with_numpy_in_double_precision_over_many_blocks(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    left = {"a.weight": random.normal(size=(1100, 1000)).astype(np.float32)}
    right = {"a.weight": (left["a.weight"] + random.normal(size=(1100, 1000))).astype(np.float32)}
    x, y = left["a.weight"].astype(float).ravel(), right["a.weight"].astype(float).ravel()
    expected = x @ y / np.sqrt((x @ x) * (y @ y))
    assert mean(write(tmp_path / "a", left), write(tmp_path / "b", right)) == pytest.approx(
        expected, abs=1e-7
    )


def test_numbers_beyond_single_precision_squares_and_unusable_tensors(tmp_path: Path) -> None:
    tensors: Tensors = {
        "huge.weight": np.full((4, 4), 1e30, dtype=np.float32),
        "zero.weight": np.zeros((4, 4), dtype=np.float32),
        "broken.weight": np.full((4, 4), np.nan, dtype=np.float32),
        "whole.weight": np.ones((4, 4), dtype=np.int64),
        "empty.weight": np.ones((0, 4), dtype=np.float32),
    }
    model = open_folder(write(tmp_path / "a", tensors))
    rows = {row.name: row for row in cosines(model, model)}
    assert rows["huge.weight"].cosine == pytest.approx(1)
    for name in ("zero.weight", "broken.weight", "whole.weight", "empty.weight"):
        assert rows[name].cosine is None
        assert rows[name].reason


def test_shards_hash_as_the_single_file_does(tmp_path: Path, parent: Tensors) -> None:
    single, sharded = (
        manifest(write(tmp_path / "a", parent)), manifest(write(tmp_path / "b", parent, shards=3))
    )  # fmt: skip
    assert [tensor.sha256 for tensor in single.tensors] == [tensor.sha256 for tensor in sharded.tensors]
    assert single.parameters == sharded.parameters == sum(values.size for values in parent.values())
    assert len(sharded.files) == 3


def test_configuration_and_tokenizer_differences(tmp_path: Path, parent: Tensors) -> None:
    changed = {**CONFIG, "vocab_size": 97, "rope_theta": 5e5}
    found = compare_manifests(
        manifest(write(tmp_path / "a", parent)),
        manifest(write(tmp_path / "b", parent, config=changed, tokenizer="{}")),
    )
    assert found.config == {"vocab_size": [96, 97], "rope_theta": [None, 5e5]}
    assert found.tokenizer == {"tokenizer.json": "different"}


def test_the_answer_has_the_agreed_shape_and_no_ratio(tmp_path: Path, parent: Tensors) -> None:
    write(tmp_path / "ours", parent)
    write(tmp_path / "theirs", fine_tuned(parent))
    answer = compare(spec(tmp_path), tmp_path / "out")
    assert list(answer) == ["findings", "propositions", "manifest", "files"]
    assert [list(finding) for finding in answer["findings"]] == [KEYS] * len(AVAILABLE)
    for finding in answer["findings"]:
        assert all(finding[key] is None for key in ("null", "lr", "lr_bound", "verbal"))
        assert (finding["p"] is None) == (finding["method"] != "csu")
        assert any("No strength of evidence" in c or "no value" in c for c in finding["caveats"])
    assert [list(row) for row in answer["propositions"]] == [
        ["id", "supported_by", "against", "undecided"]
    ] * 4
    by_id = {row["id"]: row for row in answer["propositions"]}
    assert by_id["H1"]["supported_by"] == by_id["H3'"]["supported_by"] == ["hashes", "csu"]
    assert by_id["H3"]["against"] == ["hashes", "csu"]
    assert by_id["H2"]["undecided"] == [method.name for method in AVAILABLE]
    assert list(answer["manifest"]) == [
        "models", "probe_sha256", "code", "environment", "seeds", "device", "calibration", "job",
    ]  # fmt: skip
    assert answer["manifest"]["seeds"] == [7]
    assert answer == json.loads((tmp_path / "out" / "result.json").read_text())
    assert {file.name for file in (tmp_path / "out").iterdir()} == set(answer["files"])


def test_nothing_identical_leaves_every_proposition_open(tmp_path: Path, parent: Tensors) -> None:
    write(tmp_path / "ours", parent)
    write(tmp_path / "theirs", independent(2))
    answer = compare(spec(tmp_path), tmp_path / "out")
    assert all(
        (row["supported_by"], row["against"]) == ([], []) and len(row["undecided"]) == len(AVAILABLE)
        for row in answer["propositions"]
    )


def test_the_same_comparison_twice_is_the_same_and_never_overwritten(tmp_path: Path, parent: Tensors) -> None:
    write(tmp_path / "ours", parent)
    write(tmp_path / "theirs", fine_tuned(parent))
    assert compare(spec(tmp_path), tmp_path / "one") == compare(spec(tmp_path), tmp_path / "two")
    with pytest.raises(Conflict, match="holds a result already"):
        compare(spec(tmp_path), tmp_path / "one")


def test_other_methods_are_refused_with_the_list(tmp_path: Path) -> None:
    with pytest.raises(MethodUnknown, match="not known") as refusal:
        compare(spec(tmp_path, methods='["telepathy"]'), tmp_path / "out")
    assert "Available: hashes, csu, match" in refusal.value.remedy
    assert "palimpsest" in refusal.value.remedy


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("title =", "not valid TOML"),
        ('[comparison]\ntitle = "t"\nreference = "a"', "gives no suspect"),
        ('[comparison]\ncolour = "red"', "colour is not known"),
        ("[comparision]", "unknown table"),
        ("", "no table"),
        ('[comparison]\ntitle = "t"\nreference = "a"\nsuspect = "b"\nmethods = "all"', "not a list"),
        ('[comparison]\ntitle = "t"\nreference = "a"\nsuspect = "b"\nseed = "x"', "not a whole number"),
    ],
)
def test_a_wrong_specification_is_named(tmp_path: Path, text: str, word: str) -> None:
    file = tmp_path / "spec.toml"
    file.write_text(text)
    with pytest.raises(SpecInvalid, match=word):
        compare(file, tmp_path / "out")
    assert not (tmp_path / "out").exists()
