"""Models of which only files of answers are at hand are compared by what they gave, without PyTorch."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.evaluation import compare
from comparison.repeating import repeat

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
