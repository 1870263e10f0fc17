"""A comparison whose models are run: every method gives its value, and what was run is not run again."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from comparison.evaluation import bench, compare
from comparison.evaluation.errors import Cancelled
from comparison.evaluation.measures import FROM_OBSERVATIONS
from comparison.runner import session
from comparison.runner.loading import DETERMINISM, load
from comparison.runner.sampling import Manner, draw
from comparison.weights.folder import open_folder
from tests.factories import running_models as models

STRANGERS, CHILDREN, LOGGED, ANSWER = range(1, 7), range(3), 40, 12
RANDOM = np.random.default_rng(8)


def noisy(folder: Path, parent: Path, seed: int, amount: float) -> None:
    running = load(open_folder(parent))
    torch.manual_seed(seed)
    with torch.no_grad():
        for part in running.model.parameters():
            part.add_(amount * part.std() * torch.randn_like(part))
    put(running.model, folder)


def put(model: Any, folder: Path) -> None:
    model.save_pretrained(folder)
    (folder / "tokenizer.json").write_text(models.tokenizer())


def student(folder: Path, parent: Path, rows: list[list[int]]) -> None:
    """A model of its own start that learns the rows by heart."""
    models.save(folder, seed=99)
    model = load(open_folder(folder)).model
    ids = torch.tensor(rows)
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    for _ in range(60):
        optimiser.zero_grad()
        model(input_ids=ids, labels=ids).loss.backward()
        optimiser.step()
    put(model, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("running")
    models.save(made / "parent", seed=0)
    for number in STRANGERS:
        models.save(made / f"stranger-{number}", seed=number)
    models.save(made / "innocent", seed=50)
    for number in CHILDREN:
        noisy(made / f"child-{number}", made / "parent", number, 0.1)
    noisy(made / "suspect", made / "parent", 9, 0.1)
    np.save(made / "probe.npy", RANDOM.integers(2, models.WORDS, size=(24, 16)))
    prompts = [RANDOM.integers(2, models.WORDS, size=4) for _ in range(LOGGED)]
    answers = draw(load(open_folder(made / "parent")), prompts, Manner(1, ANSWER, seed=123))
    rows = [[*map(int, prompt), *map(int, drawn[0])] for prompt, drawn in zip(prompts, answers, strict=True)]
    (made / "served.jsonl").write_text(
        "".join(json.dumps({"prompt": row[:4], "output": row[4:]}) + "\n" for row in rows)
    )
    student(made / "student", made / "parent", rows)
    order = RANDOM.integers(2, models.WORDS, size=(60, 10)).tolist()
    (made / "order.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in order))
    return made


def compared(folder: Path, out: Path, suspect: str, methods: str = '["all"]', **more: Any) -> dict[str, Any]:
    members = [
        *(("stranger", number, "") for number in STRANGERS),
        *(("child", number, 'derived_from = "reference"\n') for number in CHILDREN),
    ]
    spec = folder / f"{out.name}.toml"
    spec.write_text(
        f'[comparison]\ntitle = "t"\nreference = "parent"\nsuspect = "{suspect}"\nseed = 7\n'
        f'methods = {methods}\nstratum = "same-data"\n'
        '[probe]\ntokens = "probe.npy"\n[logs]\nserved = "served.jsonl"\n[training]\norder = "order.jsonl"\n'
        + "".join(
            f'[[population]]\nmodel = "{kind}-{number}"\nlineage = "{kind}-{number}"\n'
            f'stratum = "same-data"\n{parent}'
            for kind, number, parent in members
        )
    )
    return compare(spec, out, more.pop("kept", folder / "kept"), **more)


@pytest.fixture(scope="module")
def answer(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return compared(folder, tmp_path_factory.mktemp("answer"), "suspect")


def by_method(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {found["method"]: found for found in answer["findings"]}


def test_every_method_gives_a_value_against_the_population(answer: dict[str, Any]) -> None:
    found = by_method(answer)
    for method in FROM_OBSERVATIONS:
        assert found[method]["value"] is not None, found[method]["caveats"]
        assert found[method]["null"]["stratum"] == "same-data"
    for method in ("cka", "reef", "mutual-knn", "agreement", "capa", "residual-logprob"):
        assert found[method]["value"] > found[method]["null"]["max"]
        assert found[method]["p"] == pytest.approx(1 / (len(STRANGERS) + 1))
    assert found["residual-logprob"]["null"]["n"] == len(STRANGERS)
    assert found["cross-likelihood"]["null"]["n"] == len(STRANGERS) - bench.OTHER_AUTHORS
    for method in ("logged-output", "palimpsest"):
        assert found[method]["lr"] is None


def test_what_ran_is_named(folder: Path, answer: dict[str, Any]) -> None:
    manifest = answer["manifest"]
    assert len(manifest["probe_sha256"]) == 64
    assert manifest["dtypes"]["parent"] == "float32"
    assert manifest["determinism"] == DETERMINISM
    assert manifest["environment"]["torch"] == torch.__version__
    fused = manifest["calibration"]["fused"]
    assert fused is None or "cka" in fused["methods"]


def test_who_learnt_the_log_is_found_and_nobody_else(folder: Path, tmp_path: Path) -> None:
    learnt = by_method(compared(folder, tmp_path / "learnt", "student", '["logged-output"]'))["logged-output"]
    assert learnt["log10_p"] < -6
    assert any(text.startswith("Control: ") for text in learnt["caveats"])
    rows = json.loads((tmp_path / "learnt" / "population.json").read_text())["models"]
    assert max(row["value"] for row in rows) < 3, "strangers and children never saw the log"
    answer = compared(folder, tmp_path / "not", "innocent", '["logged-output", "cka", "raw-attention"]')
    for finding in answer["findings"]:
        assert finding["holm"] > 0.001
    standing = {row["id"]: row for row in answer["propositions"]}
    assert standing["H2"]["supported_by"] == []


def test_served_answers_that_are_no_draws_are_refused(folder: Path, tmp_path: Path) -> None:
    running = load(open_folder(folder / "parent"))
    drawn = draw(running, [np.array([n, n + 1]) for n in range(2, 42)], Manner(1, 12, temperature=0.05))
    (folder / "cold.jsonl").write_text(
        "".join(json.dumps({"prompt": [n, n + 1], "output": [*map(int, row[0])]}) + "\n"
                for n, row in zip(range(2, 42), drawn, strict=True))
    )  # fmt: skip
    spec = folder / "cold.toml"
    spec.write_text(
        '[comparison]\ntitle = "t"\nreference = "parent"\nsuspect = "suspect"\nmethods = ["logged-output"]\n'
        '[logs]\nserved = "cold.jsonl"\n'
    )
    found = by_method(compare(spec, tmp_path / "out"))["logged-output"]
    assert found["value"] is None
    assert "no draw like the other" in found["caveats"][0]


def test_a_population_of_another_domain_is_refused(folder: Path, tmp_path: Path) -> None:
    niche = RANDOM.integers(2, models.WORDS, size=(24, 16))
    np.save(folder / "niche.npy", niche)
    for name in ("niche-a", "niche-b"):
        student(folder / name, folder / "parent", niche.tolist())
    spec = folder / "niche.toml"
    spec.write_text(
        '[comparison]\ntitle = "t"\nreference = "niche-a"\nsuspect = "niche-b"\nseed = 1\n'
        'methods = ["residual-logprob"]\nstratum = "other-domain"\n[probe]\ntokens = "niche.npy"\n'
        + "".join(
            f'[[population]]\nmodel = "stranger-{n}"\nlineage = "s{n}"\nstratum = "other-domain"\n'
            for n in STRANGERS
        )
    )
    found = by_method(compare(spec, tmp_path / "out"))["residual-logprob"]
    assert found["value"] is None
    assert "of another domain than both models" in found["caveats"][0]


def test_what_was_run_once_is_not_run_again_and_gives_the_same(
    folder: Path, answer: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("a model was loaded again")

    monkeypatch.setattr(session, "load", never)
    again = compared(folder, tmp_path / "again", "suspect")
    assert again["findings"] == answer["findings"]
    assert again["propositions"] == answer["propositions"]


def test_a_cancelled_comparison_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    told: list[str] = []

    def stop(done: int, total: int, what: str) -> None:
        told.append(what)
        if what == "probe, stranger-4":
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        compared(folder, tmp_path / "out", "innocent", '["cka"]', kept=tmp_path / "kept", progress=stop)
    assert told[-1] == "probe, stranger-4"
    told.clear()
    compared(
        folder, tmp_path / "out", "innocent", '["cka"]', kept=tmp_path / "kept",
        progress=lambda done, total, what: told.append(what),
    )  # fmt: skip
    assert "loading stranger-3" not in told
    assert "loading stranger-4" in told


def test_text_is_put_to_each_model_by_its_own_tokenizer(folder: Path, tmp_path: Path) -> None:
    lines = [" ".join(f"w{n}" for n in row) for row in RANDOM.integers(2, 96, size=(12, 9))]
    (folder / "probe.txt").write_text("\n".join(lines))
    (folder / "served-text.jsonl").write_text(
        "".join(json.dumps({"prompt": line[:10], "output": line[10:]}) + "\n" for line in lines)
    )
    spec = folder / "text.toml"
    spec.write_text(
        '[comparison]\ntitle = "t"\nreference = "parent"\nsuspect = "suspect"\n'
        'methods = ["cka", "agreement", "cross-likelihood"]\n[probe]\ntext = "probe.txt"\n'
        + "".join(
            f'[[population]]\nmodel = "stranger-{n}"\nlineage = "s{n}"\nstratum = "same-data"\n'
            for n in STRANGERS
        )
    )
    found = by_method(compare(spec, tmp_path / "out"))
    assert found["cka"]["value"] > 0.5
    assert found["agreement"]["value"] > 0.5
    assert found["cross-likelihood"]["value"] is not None, found["cross-likelihood"]["caveats"]
