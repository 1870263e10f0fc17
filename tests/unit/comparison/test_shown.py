"""What models are shown: files in their form, models known by answers only, and an absent worker."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.evaluation import compare
from comparison.evaluation.errors import SpecInvalid
from comparison.evaluation.observations import Observed
from comparison.evaluation.observations import write as save_observation
from comparison.evaluation.refusals import known
from tests.factories.tiny_models import Tensors, independent, write

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def parent() -> Tensors:
    return independent(1)


def spec(folder: Path, more: str) -> Path:
    file = folder / "spec.toml"
    file.write_text(
        '[comparison]\ntitle = "t"\nreference = "ours"\nsuspect = "theirs"\nmethods = ["all"]\n' + more
    )
    return file


def test_without_the_worker_what_runs_models_says_so_and_all_else_runs(
    tmp_path: Path, parent: Tensors
) -> None:
    absent = tmp_path / "absent" / "torch"
    absent.mkdir(parents=True)
    (absent / "__init__.py").write_text("raise ModuleNotFoundError('No module named torch', name='torch')")
    write(tmp_path / "ours", parent)
    write(tmp_path / "theirs", parent)
    np.save(tmp_path / "probe.npy", np.ones((2, 8), dtype=np.int64))
    file = spec(tmp_path, '[probe]\ntokens = "probe.npy"\n')
    program = (
        "import sys; from pathlib import Path; from comparison.evaluation import compare; "
        "compare(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(file), str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": f"{absent.parent}{os.pathsep}{ROOT}"}, check=True, cwd=tmp_path,
    )  # fmt: skip
    answer = json.loads((tmp_path / "out" / "result.json").read_text())
    found = {finding["method"]: finding for finding in answer["findings"]}
    assert found["hashes"]["value"] == 1.0
    for method in ("cka", "agreement", "raw-attention"):
        assert found[method]["value"] is None
        reason, remedy = found[method]["caveats"]
        assert "worker is not installed" in reason
        assert "make setup WORKER=1" in remedy
    assert "names no logs" in found["logged-output"]["caveats"][0]
    assert all(known(one["caveats"][0]) for one in found.values() if one["value"] is None)


def observed(path: Path, seed: int, **more: Any) -> None:
    random = np.random.default_rng(seed)
    logprobs = -random.random((4, 9)) - np.arange(9)
    answers = np.random.default_rng(5).integers(0, 9, (4, 9)) + (random.random((4, 9)) < 0.3)
    record = Observed(logprobs=logprobs, answers=answers, truth=np.full((4, 9), 3), **more)
    save_observation(record, path)


def test_models_of_which_only_answers_are_at_hand_are_compared_by_those(tmp_path: Path) -> None:
    for name in ("ours", "theirs", "a", "b", "c"):
        observed(tmp_path / f"{name}.npz", seed=len(name) + ord(name[0]))
    file = tmp_path / "spec.toml"
    file.write_text(
        '[comparison]\ntitle = "t"\nreference = "ours.npz"\nsuspect = "theirs.npz"\nmethods = ["all"]\n'
        'stratum = "same-data"\n'
        + "".join(
            f'[[population]]\nmodel = "{name}.npz"\nlineage = "{name}"\nstratum = "same-data"\n'
            for name in "abc"
        )
    )
    answer = compare(file, tmp_path / "out")
    found = {finding["method"]: finding for finding in answer["findings"]}
    for method in ("agreement", "same-wrong", "residual-logprob"):
        assert found[method]["value"] is not None, found[method]["caveats"]
    assert found["agreement"]["null"]["n"] == 3
    assert all(known(one["caveats"][0]) for one in found.values() if one["value"] is None)
    reason, remedy = found["hashes"]["caveats"]
    assert "weights of the reference are not at hand, only what it gave" in reason
    assert "ours.npz" in remedy
    assert "which only a model's weights give" in found["cka"]["caveats"][0]
    assert "of the reference holds no likeliest tokens" in found["capa"]["caveats"][0]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ('[probe]\n', "names tokens and text, or neither"),
        ('[probe]\ntokens = "absent.npy"\n', "cannot be read"),
        ('[probe]\ncolour = "red"\n', r"colour is not known in \[probe\]"),
        ("[logs]\n", "gives no served"),
        ('[logs]\nserved = "log.jsonl"\n', "Line 2 of log.jsonl is not JSON"),
        ('[training]\norder = "log.jsonl"\n', "Line 2 of log.jsonl is not JSON"),
        ('[logs]\nserved = "one.jsonl"\nanswers = inf\n', "answers in .logs. is not a number from 1 to"),
        ('[logs]\nserved = "one.jsonl"\ntop_p = nan\n', "top_p in .logs. is not a number from 0.01 to"),
        ('[training]\norder = "one.jsonl"\n', "step in .one.jsonl. is not a number from 0 to"),
        ('[authors]\nreference = "texts.jsonl"\n', "neither text nor a list of tokens"),
    ],
)  # fmt: skip
def test_wrong_inputs_are_named(tmp_path: Path, more: str, word: str) -> None:
    (tmp_path / "log.jsonl").write_text('{"prompt": "a", "output": "b"}\n{\n')
    (tmp_path / "one.jsonl").write_text('{"prompt": "a", "output": "b", "step": Infinity}\n')
    (tmp_path / "texts.jsonl").write_text('{"text": [1.5]}\n')
    with pytest.raises(SpecInvalid, match=word):
        compare(spec(tmp_path, more), tmp_path / "out")
