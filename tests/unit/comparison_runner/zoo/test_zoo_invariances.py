"""On a trained model each method survives what it claims to, and is blind where it says so, at any draw."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from comparison.evaluation.measures import Measured, Model, Pair, measure
from comparison.runner.zoo.changes import changed
from comparison.runner.zoo.listing import Zoo
from comparison.runner.zoo.recipe import CLAIMANT, Shape
from tests.factories.tiny_models import write

OWN_TEST = ("csu", "match")
FOUND, CHANCE = -12, -4
"""log10 p of a test of its own: of a derived model at most, of an independent one at least."""
UNMOVED = {
    "embedding-gram": ("permuted", "rotated"),
    "huref": ("permuted", "rotated", "rescaled"),
    "output-subspace": ("permuted", "rescaled"),
    "awm": ("permuted",),
    "raw-deviation": ("permuted",),
    "raw-norm": ("permuted",),
}
"""Changes that leave a method's value as it is between a model and itself."""
SURVIVED = {
    "match": (
        "permuted",
        "rotated",
        "rescaled",
        "noised",
        "quantised",
        "pruned",
        "layer-dropped",
        "upcycled",
    ),
    "csu": ("rotated", "noised", "quantised", "pruned"),
    "embedding-gram": ("noised", "quantised", "pruned"),
    "huref": ("noised", "quantised", "pruned"),
    "awm": ("noised", "quantised", "pruned"),
    "output-subspace": ("rotated", "noised", "quantised", "pruned"),
    "raw-weights": ("noised", "quantised", "pruned"),
}
"""Changes after which a method still tells the model from every independent one."""
BLIND = {
    "csu": ("permuted",),
    "raw-weights": ("rotated",),
    "raw-norm": ("rescaled",),
    "hashes": ("rotated",),
}
"""Changes after which a method no longer does."""


def cases(table: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(method, change) for method, changes in table.items() for change in changes]


def measured(zoo: Zoo, method: str, change: str, seed: int) -> Measured:
    """The claimant's model against itself after the change."""
    parent = zoo.models[CLAIMANT].folder
    tensors, shape = changed(
        [load_file(parent / "model.safetensors")], Shape(), [change], np.random.default_rng(seed)
    )
    config = json.loads((parent / "config.json").read_text()) | {"num_hidden_layers": shape.layers}
    with TemporaryDirectory() as folder:
        child = write(
            Path(folder) / "child", tensors, config=config, tokenizer=(parent / "tokenizer.json").read_text()
        )
        return measure(method, Pair(Model.at(parent), Model.at(child), seed))


@pytest.fixture(scope="module")
def greatest(zoo: Zoo) -> Callable[[str], float]:
    """A method's greatest value between the claimant's and an independent model of the same data."""
    ours = Model.at(zoo.models[CLAIMANT].folder)
    others = [Model.at(one.folder) for one in zoo.population("pruned") if one.independent]
    return cache(lambda method: max(measure(method, Pair(ours, other, 7)).value or 0.0 for other in others))


any_draw = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(("method", "change"), cases(UNMOVED))
@any_draw
@given(seed=st.integers(0, 2**32 - 1))
def test_the_value_is_that_of_the_model_with_itself(zoo: Zoo, method: str, change: str, seed: int) -> None:
    assert measured(zoo, method, change, seed).value == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(("method", "change"), cases(SURVIVED))
@any_draw
@given(seed=st.integers(0, 2**32 - 1))
def test_the_method_still_tells(
    zoo: Zoo, greatest: Callable[[str], float], method: str, change: str, seed: int
) -> None:
    found = measured(zoo, method, change, seed)
    if method in OWN_TEST:
        assert found.log10_p is not None
        assert found.log10_p < FOUND
    else:
        assert found.value is not None
        assert found.value > greatest(method)


@pytest.mark.parametrize(("method", "change"), cases(BLIND))
@any_draw
@given(seed=st.integers(0, 2**32 - 1))
def test_the_method_is_blind_where_it_says_so(
    zoo: Zoo, greatest: Callable[[str], float], method: str, change: str, seed: int
) -> None:
    found = measured(zoo, method, change, seed)
    if method in OWN_TEST:
        assert found.log10_p is not None
        assert found.log10_p > CHANCE
    else:
        assert found.value is not None
        assert found.value <= greatest(method)
