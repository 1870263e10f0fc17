"""What a model gave is kept in a file that says no more than it holds, and in which nothing is believed."""

import os
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.evaluation import compare
from comparison.evaluation.errors import Cancelled, ObservationInvalid
from comparison.evaluation.observations import Observed, read, write
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write as write_model

LOGPROBS = np.array([[-1.0, -2.5], [-0.5, np.nan]], dtype=np.float32)


def test_the_same_observation_gives_the_same_bytes_and_comes_back(tmp_path: Path) -> None:
    observed = Observed(
        logprobs=LOGPROBS, answers=np.array([[3, 4], [5, -1]]), replies=np.array(["yes", ""]),
        source={"dtype": "float32"},
    )  # fmt: skip
    for name in ("a.npz", "b.npz"):
        write(observed, tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    back = read(tmp_path / "a.npz")
    assert back.source == {"dtype": "float32"}
    np.testing.assert_array_equal(back.logprobs, LOGPROBS)
    assert list(back.replies if back.replies is not None else ()) == ["yes", ""]
    assert back.geometry is None


def test_two_processes_may_keep_the_same_observation_at_once(tmp_path: Path, monkeypatch: Any) -> None:
    file, observed = tmp_path / "a.npz", Observed(logprobs=LOGPROBS)
    replace = Path.replace

    def slow(part: Path, into: Path) -> Path:
        """Before the one has moved its file, the other has written and moved its own."""
        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr(os, "getpid", lambda: 4_000_000)
        write(observed, file)
        return replace(part, into)

    monkeypatch.setattr(Path, "replace", slow)
    write(observed, file)
    np.testing.assert_array_equal(read(file).logprobs, LOGPROBS)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"logprobs": np.zeros(3)}, "logprobs has the form float64[3]"),
        ({"logprobs": np.array([[0.5]])}, "log-probabilities above 0"),
        ({"attention": np.array([[np.nan]])}, "not finite"),
        ({"answers": np.array([[0.5]])}, "answers has the form"),
        (
            {"logprobs": LOGPROBS, "answers": np.zeros((2, 3), int)},
            "logprobs and answers do not fit together",
        ),
        ({"rows": np.zeros((2, 3))}, "rows and columns do not fit"),
        ({"served": np.zeros(2), "fresh": np.zeros((3, 19))}, "served and fresh do not fit"),
    ],
)
def test_what_does_not_fit_is_named(parts: dict[str, Any], words: str) -> None:
    with pytest.raises(ObservationInvalid, match=re.escape(words)):
        Observed(**parts)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_text("no archive")
    np.savez(tmp_path / "bare.npz", logprobs=LOGPROBS)
    np.savez(tmp_path / "pickle.npz", logprobs=np.array([object()]))
    for name, words in (
        ("absent.npz", "cannot be read"), ("text.npz", "cannot be read"), ("pickle.npz", "cannot be read"),
        ("bare.npz", "no observation of the form"),
    ):  # fmt: skip
        with pytest.raises(ObservationInvalid, match=words):
            read(tmp_path / name)


def test_whoever_watches_sees_each_piece_and_may_stop(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("other", 2), ("third", 3)):
        write_model(tmp_path / name, zoo.independent(seed), config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    spec = tmp_path / "spec.toml"
    spec.write_text(
        '[comparison]\ntitle = "t"\nreference = "one"\nsuspect = "other"\nmethods = ["raw-norm", "huref"]\n'
        'stratum = "same-data"\n[[population]]\nmodel = "third"\nlineage = "third"\nstratum = "same-data"\n'
    )
    told: list[tuple[int, int, str]] = []
    compare(spec, tmp_path / "out", progress=lambda *step: told.append(step))
    assert [(done, total) for done, total, _ in told] == [(n, 4) for n in range(4)]
    assert told[0][2] == "huref, third"

    def stop(done: int, total: int, what: str) -> None:
        if done == 2:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        compare(spec, tmp_path / "stopped", progress=stop)
    assert not (tmp_path / "stopped").exists()
