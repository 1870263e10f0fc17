"""A comparison that was killed goes on from the last finished piece and gives the same bytes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from comparison.evaluation import compare
from comparison.evaluation.storing import Store
from comparison.evaluation.written import written
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write

ROOT = Path(__file__).resolve().parents[3]
CHILD = """
import sys, time
from pathlib import Path
from typing import Any

import pytest
from comparison.evaluation import compare
def told(done, total, what):
    with open("told", "a") as file:
        file.write(what + "\\n")
    if what == "match, layer 3 of 4":
        time.sleep(600)
compare(Path("spec.toml"), Path("out"), Path("kept"), progress=told)
"""


def test_a_killed_comparison_goes_on_and_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("ours", 1), ("theirs", 2), ("third", 3)):
        write(tmp_path / name, zoo.independent(seed), config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    spec = tmp_path / "spec.toml"
    spec.write_text(
        '[comparison]\ntitle = "t"\nreference = "ours"\nsuspect = "theirs"\nmethods = ["match", "raw-norm"]\n'
        'stratum = "same-data"\n[[population]]\nmodel = "third"\nlineage = "c"\nstratum = "same-data"\n'
    )
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    told = tmp_path / "told"
    for _ in range(600):
        if told.exists() and "match, layer 3 of 4" in told.read_text():
            break
        time.sleep(0.1)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert not (tmp_path / "out").exists()
    finished = {file: file.stat().st_mtime_ns for file in (tmp_path / "kept").rglob("*.json")}
    assert len(finished) == 2, "two layers were finished"
    compare(spec, tmp_path / "out", tmp_path / "kept")
    assert {file: file.stat().st_mtime_ns for file in finished} == finished, "they were not computed again"
    compare(spec, tmp_path / "whole", tmp_path / "other")
    for file in sorted(file.name for file in (tmp_path / "whole").iterdir() if file.suffix == ".json"):
        assert (tmp_path / "out" / file).read_bytes() == (tmp_path / "whole" / file).read_bytes()


def test_a_piece_is_made_once_and_again_only_where_it_is_damaged(tmp_path: Path) -> None:
    made: list[int] = []

    def piece() -> list[float]:
        made.append(1)
        return [0.1, 1 / 3]

    store = Store(tmp_path, "code")
    first = store.value(["match", 3], piece)
    assert store.value(["match", 3], piece) == first == [0.1, 1 / 3]
    assert len(made) == 1
    for file in tmp_path.rglob("*.json"):
        file.write_text(json.dumps({"key": "another", "value": [9]}))
    assert store.value(["match", 3], piece) == first
    Store(tmp_path, "other code").value(["match", 3], piece)
    assert len(made) == 3


def test_a_disk_that_fills_up_leaves_no_half_of_a_result(tmp_path: Path, monkeypatch: Any) -> None:
    write_bytes = Path.write_bytes

    def full(file: Path, content: bytes) -> int:
        if file.name.startswith("result.json"):
            write_bytes(file, content[: len(content) // 2])
            raise OSError(28, "No space left on device")
        return write_bytes(file, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        written(tmp_path / "out", {"files": []}, {"a.json": {}}, lambda answer: answer, None)
    assert not (tmp_path / "out" / "result.json").exists()
