"""Models of which only files of answers are at hand are compared by what they gave, without PyTorch."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.evaluation import compare
from comparison.evaluation.measures import Model as Answered
from comparison.evaluation.measures import Pair, measure
from comparison.repeating import repeat
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write

SEQUENCES, LENGTH, WORDS, WIDTH = 24, 12, 40, 6
METHODS = ["agreement", "same-wrong", "capa", "residual-logprob", "output-subspace", "match"]


Model = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


def answers(path: Path, model: Model, tokens: np.ndarray[Any, Any]) -> None:
    """Written as a server would give them: the five likeliest tokens at each place."""
    scores, table = model
    logprobs = scores - np.log(np.exp(scores).sum(axis=2, keepdims=True))
    rows = table - np.log(np.exp(table).sum(axis=1, keepdims=True))
    lines = []
    for number, ids in enumerate(tokens):
        own = logprobs[number]
        best = [np.argsort(-row)[:5] for row in own]
        lines.append(
            {
                "sequence": number,
                "tokens": ids.tolist(),
                "logprobs": [None, *(float(own[place, token]) for place, token in enumerate(ids[1:]))],
                "top": [
                    None,
                    *({str(t): float(own[place, t]) for t in best[place]} for place in range(LENGTH - 1)),
                ],
                "row": {str(token): float(value) for token, value in enumerate(rows[number])},
            }
        )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A reference, its student, and five independent models of the same task."""
    rng = np.random.default_rng(5)
    tokens = rng.integers(WORDS, size=(SEQUENCES, LENGTH))
    task = rng.normal(size=(SEQUENCES, LENGTH - 1, WORDS))

    def trained() -> Model:
        hidden, heads = rng.normal(size=(SEQUENCES, LENGTH - 1, WIDTH)), rng.normal(size=(WIDTH, WORDS))
        return task + hidden @ heads, rng.normal(size=(SEQUENCES, WIDTH)) @ heads

    reference = trained()
    answers(tmp_path / "reference.jsonl", reference, tokens)
    scores, table = reference
    noise = 0.3 * rng.normal(size=scores.shape)
    answers(
        tmp_path / "suspect.jsonl", (scores + noise, rng.normal(size=(SEQUENCES, SEQUENCES)) @ table), tokens
    )
    for number in range(5):
        answers(tmp_path / f"independent-{number}.jsonl", trained(), tokens)
    population = "".join(
        f'[[population]]\nmodel = "independent-{n}.jsonl"\nlineage = "l{n}"\nstratum = "same-data"\n'
        for n in range(5)
    )
    (tmp_path / "spec.toml").write_text(
        '[comparison]\ntitle = "Answers"\nreference = "reference.jsonl"\nsuspect = "suspect.jsonl"\n'
        f'stratum = "same-data"\nmethods = {json.dumps(METHODS)}\n{population}'
    )
    return tmp_path


def test_behaviour_is_measured_against_independent_models(folder: Path) -> None:
    result = compare(folder / "spec.toml", folder / "out")
    found = {finding["method"]: finding for finding in result["findings"]}
    for method in METHODS[:-1]:
        assert found[method]["value"] is not None, found[method]["caveats"]
        assert found[method]["value"] > found[method]["null"]["max"]
        assert found[method]["p"] == pytest.approx(1 / 6)
    assert found["output-subspace"]["value"] == pytest.approx(1.0)
    assert found["match"]["value"] is None
    assert "weights" in found["match"]["caveats"][0]
    models = json.loads((folder / "out" / "result.json").read_text())["manifest"]["models"]
    assert set(models) >= {"reference", "suspect"}


def test_it_is_repeated_from_its_record_where_the_files_lie_elsewhere(folder: Path, tmp_path: Path) -> None:
    compare(folder / "spec.toml", tmp_path / "kept")
    elsewhere = tmp_path / "elsewhere" / "deeper"
    elsewhere.mkdir(parents=True)
    for file in folder.glob("*.jsonl"):
        file.rename(elsewhere / file.name)
    assert repeat(tmp_path / "kept", tmp_path / "elsewhere").differences == ()


def strangers(folder: Path, number: int) -> Path:
    tensors = zoo.independent(number)
    return write(folder / f"stranger-{number}", tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())


def by_rows(folder: Path, number: int, tokens: int, places: int = 60) -> Path:
    """The log-probabilities of some tokens by a model whose weights stay with its owner."""
    rng = np.random.default_rng(number)
    scores = rng.normal(size=(places, zoo.WIDTH)) @ zoo.independent(number)["lm_head.weight"].T
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    chosen = np.sort(rng.choice(zoo.WORDS, tokens, replace=False))
    file = folder / f"rows-{number}-{tokens}-{places}.jsonl"
    file.write_text(
        "".join(
            json.dumps({"sequence": place, "row": {str(t): float(row[t]) for t in chosen}}) + "\n"
            for place, row in enumerate(scores)
        )
    )
    return file


def test_a_stranger_is_no_more_alike_for_showing_fewer_tokens(tmp_path: Path) -> None:
    for number in range(6):
        strangers(tmp_path, number)
    suspect = by_rows(tmp_path, 20, tokens=150)
    spec = tmp_path / "spec.toml"
    spec.write_text(
        f'[comparison]\ntitle = "t"\nreference = "stranger-0"\nsuspect = "{suspect.name}"\n'
        'stratum = "same-data"\nmethods = ["output-subspace"]\n'
        + "".join(
            f'[[population]]\nmodel = "stranger-{n}"\nlineage = "l{n}"\nstratum = "same-data"\n'
            for n in range(1, 6)
        )
    )
    kept = tmp_path / "kept"
    spread = []
    for out in ("out", "again"):
        (found,) = compare(spec, tmp_path / out, kept)["findings"]
        spread.append((found["value"], found["null"]))
        assert found["null"]["mean"] == pytest.approx(found["value"], abs=0.05)
    assert spread[0] == spread[1]
    spec.write_text(spec.read_text().replace(suspect.name, "stranger-6"))
    strangers(tmp_path, 6)
    (by_weights,) = compare(spec, tmp_path / "weights", kept)["findings"]
    assert by_weights["null"]["max"] < spread[0][1]["min"], "all tokens were at hand, and none was kept"


@pytest.mark.parametrize(("tokens", "places"), [(90, 60), (300, 1)])
def test_too_few_tokens_or_places_give_no_overlap(tmp_path: Path, tokens: int, places: int) -> None:
    suspect = Answered.at(by_rows(tmp_path, 20, tokens, places))
    found = measure("output-subspace", Pair(Answered.at(strangers(tmp_path, 0)), suspect, 7))
    assert found.value is None
