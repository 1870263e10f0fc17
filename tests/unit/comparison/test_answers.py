"""A file of answers gives an observation, or says which line is wrong."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.evaluation.answers import read_answers
from comparison.evaluation.errors import ObservationInvalid

GOOD: list[dict[str, Any]] = [
    {"sequence": 1, "tokens": [4, 5], "logprobs": [None, -0.5], "top": [None, {"5": -0.5}], "reply": "b"},
    {"sequence": 0, "tokens": [1, 2, 3], "logprobs": [None, -1.0, None], "reply": "a",
     "top": [None, {"7": -0.2, "2": -1.0}, None]},
]  # fmt: skip


def written(folder: Path, rows: list[Any]) -> Path:
    path = folder / "answers.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def test_sequences_stand_in_order_and_gaps_are_said_to_be(tmp_path: Path) -> None:
    observed = read_answers(written(tmp_path, GOOD))
    assert observed.truth is not None
    assert observed.truth.tolist() == [[2, 3], [5, -1]]
    assert observed.logprobs is not None
    assert np.array_equal(observed.logprobs, [[-1.0, np.nan], [-0.5, np.nan]], equal_nan=True)
    assert observed.answers is not None
    assert observed.answers.tolist() == [[7, -1], [5, -1]]
    assert observed.top_logprobs is not None
    assert observed.top_logprobs[0, 0, :3].tolist() == [-0.2, -1.0, -np.inf]
    assert observed.replies is not None
    assert observed.replies.tolist() == ["a", "b"]
    assert len(observed.source["answers_sha256"]) == 64


def test_replies_alone_are_enough(tmp_path: Path) -> None:
    observed = read_answers(written(tmp_path, [{"sequence": 0, "reply": "Yes"}]))
    assert set(observed.parts()) == {"replies"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "holds no answer"),
        (["{"], "line 1: it is not JSON"),
        ([{"reply": "a"}], "no number of a sequence"),
        ([{"sequence": 0}], "neither tokens nor a reply nor a row"),
        ([{"sequence": 1, "reply": "a"}], "each sequence from 0 to 0 once"),
        ([{"sequence": 0, "reply": "a"}, {"sequence": 1, "tokens": [1, 2]}], "other parts than sequence 0"),
        ([{"sequence": 0, "reply": 3}], "reply is not text"),
        ([{"sequence": 0, "reply": "a", "logprobs": [0]}], "without tokens"),
        ([{"sequence": 0, "row": {}}], "row is not an object"),
        ([{"sequence": 0, "row": {"1": -1}}, {"sequence": 1, "row": {"2": -1}}], "of other tokens"),
        ([{"sequence": 0, "tokens": [1]}], "two ids or more"),
        ([{"sequence": 0, "tokens": [1, 2], "logprobs": [None]}], "for each token"),
        ([{"sequence": 0, "tokens": [1, 2], "logprobs": [None, 0.5]}], "at most 0"),
        ([{"sequence": 0, "tokens": [1, 2], "top": [None, {"x": -1}]}], "ids and log-probabilities"),
        ([{"sequence": 0, "tokens": [1, 2], "top": [None, {"9" * 5000: -1}]}], "ids and log-probabilities"),
        ([{"sequence": 0, "row": {"007": -1}}], "row is not an object"),
        ([{"sequence": 0, "row": {"\u0663": -1}}], "row is not an object"),
        (['{"sequence": 0, "tokens": [1, 2], "logprobs": [null, -1' + "0" * 400 + "]}"], "at most 0"),
        (
            [
                {"sequence": 0, "tokens": [1] * 200_000},
                *({"sequence": n, "tokens": [1, 2]} for n in range(1, 200)),
            ],
            "take over 8 GiB",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_line(tmp_path: Path, rows: list[Any], said: str) -> None:
    with pytest.raises(ObservationInvalid, match=said):
        read_answers(written(tmp_path, rows))
