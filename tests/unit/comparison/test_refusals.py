"""Every reason for which a method gives no value is a reviewed constant, and each of them is used."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from comparison.evaluation import refusals
from comparison.evaluation.bench import MISSING
from comparison.evaluation.measures import Pair, measure
from comparison.evaluation.model import Model
from comparison.runner import refusals as running
from comparison.statistics import refusals as statistics
from comparison.weights import refusals as weights
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write

ROOT = Path(refusals.__file__).parents[1]
ROOMS = {"evaluation": refusals, "runner": running, "statistics": statistics, "weights": weights}
REFUSED = {
    "MeasureRefused", "PopulationMissing", "RunnerRefused", "RemoteCodeRefused", "LayoutUnknown",
    "TokensNotShared",
}  # fmt: skip
"""Errors that come about while a method runs, and leave it without a value."""


def calls(room: str) -> Iterator[tuple[Path, ast.Call]]:
    """Each place of the room at which such an error is made."""
    for file in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSED:
                yield file, node


def constant(message: ast.expr) -> str | None:
    """The name of the constant of ``refusals`` that is the message, its holes filled or not."""
    match message:
        case ast.Call(func=ast.Attribute(value=template, attr="format")):
            return constant(template)
        case ast.Attribute(value=ast.Name(id="refusals"), attr=name):
            return name
    return None


@pytest.mark.parametrize("room", ROOMS)
def test_every_refusal_is_made_from_a_constant(room: str) -> None:
    made = list(calls(room))
    assert made
    for file, call in made:
        if file.name == "bench.py":
            assert ast.unparse(call.args[0]) == "message", "nothing_shown, which takes it from MISSING"
            continue
        name = constant(call.args[0])
        assert name is not None, f"{file.name}, line {call.lineno}"
        assert getattr(ROOMS[room], name) in refusals.reasons()
    assert {message for message, _ in MISSING.values()} <= set(refusals.reasons())


@pytest.mark.parametrize("room", ROOMS)
def test_every_reason_is_used(room: str) -> None:
    source = "".join(file.read_text() for file in (ROOT / room).rglob("*.py"))
    for name, text in vars(ROOMS[room]).items():
        if name.isupper() and isinstance(text, str):
            assert f"refusals.{name}" in source, name


def test_no_two_reasons_share_a_name_by_which_one_would_be_lost() -> None:
    assert len(refusals.reasons()) == len(set(refusals.reasons()))
    of = [own(room) for room in ROOMS.values()]
    assert sum(map(len, of)) == len(refusals.reasons()) > 50


def own(room: ModuleType) -> list[str]:
    return [text for name, text in vars(room).items() if name.isupper() and isinstance(text, str)]


def test_weights_that_cannot_be_read_are_a_reason(tmp_path: Path) -> None:
    parent = zoo.independent(0)
    ours = Model.at(write(tmp_path / "ours", parent, config=zoo.CONFIG, tokenizer=zoo.tokenizer()))
    broken = Model.at(write(tmp_path / "theirs", parent, config=zoo.CONFIG, tokenizer="[]"))
    whole = {name: values.astype("int8") for name, values in parent.items()}
    reduced = Model.at(write(tmp_path / "reduced", whole, config=zoo.CONFIG, tokenizer=zoo.tokenizer()))
    for model, method, word in (
        (broken, "match", "tokenizer.json holds no JSON object."),
        (reduced, "huref", "numbers of a type that no method reads."),
        (reduced, "hashes", "The suspect has no trained tensor that could be compared."),
    ):
        found = measure(method, Pair(ours, model, 7))
        assert found.value is None
        assert found.caveats[0].endswith(word)
        assert refusals.known(found.caveats[0])
    assert "lm_head.weight is of type I8" in measure("output-subspace", Pair(ours, reduced, 7)).caveats[1]
