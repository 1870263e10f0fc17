"""A model's answers on the probe from a JSONL file, as the partial observation that comparisons read.

One line for each sequence of the probe:

    {"sequence": 0, "tokens": [5, 17, 3], "logprobs": [null, -2.1, -0.4],
     "top": [null, {"17": -2.1, "4": -2.3}, {"3": -0.4}], "reply": "words"}

``tokens`` are the ids of the whole sequence; ``logprobs`` are of each token after those before it, in nats,
and null where the server gave none; ``top`` holds the likeliest tokens at the same places. ``reply`` is an
answer in words. ``row`` holds the log-probabilities of many tokens at one place, the same tokens on every
line. Every line has the same of these parts.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.evaluation.errors import ObservationInvalid
from comparison.evaluation.observations import SHORTLIST, Observed

PARTS = ("tokens", "logprobs", "top", "reply", "row")
SUFFIX = ".jsonl"
LARGEST = 2 * 1024**3
"""Bytes of a file."""
MOST_MEMORY = 8 * 1024**3
"""Bytes of the arrays made of it."""
LEAST = -1e30
"""Nats below which no chance is given."""
ID = re.compile(r"0|[1-9][0-9]{0,8}")
"""A token's number in its one way of writing."""
Row = dict[str, Any]


def read_answers(path: Path) -> Observed:
    """What the file says of the model; parts that it does not hold are not known.

    Raises:
        ObservationInvalid: naming the line and what is wrong with it.
    """
    rows = _rows(path)
    source = {"answers": path.name, "answers_sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    _check_size(path, rows)
    replies = np.array([row["reply"] for row in rows]) if "reply" in rows[0] else None
    columns, table = _table(path, rows) if "row" in rows[0] else (None, None)
    if "tokens" not in rows[0]:
        return Observed(replies=replies, rows=table, columns=columns, source=source)
    length = max(len(row["tokens"]) for row in rows)
    shape = (len(rows), length - 1)
    truth = np.full(shape, -1, dtype=np.int64)
    logprobs = np.full(shape, np.nan)
    tops = np.full((*shape, SHORTLIST), -1, dtype=np.int64)
    chances = np.full((*shape, SHORTLIST), -np.inf)
    for number, row in enumerate(rows):
        behind = len(row["tokens"]) - 1
        truth[number, :behind] = row["tokens"][1:]
        for place, value in enumerate(row.get("logprobs", [])[1:]):
            logprobs[number, place] = np.nan if value is None else value
        for place, given in enumerate(row.get("top", [])[1:]):
            ranked = sorted(((value, -int(token)) for token, value in (given or {}).items()), reverse=True)
            for rank, (value, token) in enumerate(ranked[:SHORTLIST]):
                tops[number, place, rank], chances[number, place, rank] = -token, value
    has_top = "top" in rows[0]
    return Observed(
        truth=truth,
        logprobs=logprobs if "logprobs" in rows[0] else None,
        answers=tops[:, :, 0] if has_top else None,
        top_tokens=tops if has_top else None,
        top_logprobs=chances if has_top else None,
        replies=replies,
        rows=table,
        columns=columns,
        source=source,
    )


def _check_size(path: Path, rows: Sequence[Row]) -> None:
    """Raises ``ObservationInvalid`` where the arrays would not fit: each line has room for the longest."""
    longest = max(len(row.get("tokens", ())) for row in rows)
    widest = max(len(row.get("reply", "")) for row in rows)
    each = 16 * longest * (SHORTLIST + 1) + 4 * widest + 8 * len(rows[0].get("row", ()))
    if len(rows) * each > MOST_MEMORY:
        raise ObservationInvalid(
            f"{path.name}: {len(rows)} answers with room for the longest take over "
            f"{MOST_MEMORY // 1024**3} GiB.",
            remedy="Cut the probe, or leave out the longest.",
        )


def _table(path: Path, rows: Sequence[Row]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The tokens of which every line gives the log-probability, and those log-probabilities."""
    columns = sorted(map(int, rows[0]["row"]))
    for row in rows:
        if sorted(map(int, row["row"])) != columns:
            raise ObservationInvalid(
                f"{path.name}: the row of sequence {row['sequence']} is of other tokens than sequence 0.",
                remedy="Give the log-probabilities of the same tokens on every line.",
            )
    return np.array(columns), np.array([[row["row"][str(one)] for one in columns] for row in rows])


def _rows(path: Path) -> list[Row]:
    try:
        if path.stat().st_size > LARGEST:
            raise ObservationInvalid(
                f"{path.name} is over {LARGEST // 1024**3} GiB.", remedy="Cut the probe."
            )
        with path.open("rb") as file:
            rows = [_row(path, number, line) for number, line in enumerate(file, start=1) if line.strip()]
    except OSError as error:
        raise ObservationInvalid(
            f"{path} cannot be read: {error.strerror}.", remedy="Check the path."
        ) from error
    if not rows:
        raise ObservationInvalid(f"{path.name} holds no answer.", remedy="Write one line for each sequence.")
    numbers = [row["sequence"] for row in rows]
    if sorted(numbers) != list(range(len(rows))):
        raise ObservationInvalid(
            f"{path.name} does not hold each sequence from 0 to {len(rows) - 1} once.",
            remedy="Number the lines by the sequences of the probe, and leave none out.",
        )
    rows.sort(key=lambda row: int(row["sequence"]))
    for row in rows:
        if {part for part in PARTS if part in row} != {part for part in PARTS if part in rows[0]}:
            raise ObservationInvalid(
                f"{path.name}: sequence {row['sequence']} has other parts than sequence 0.",
                remedy="Give every line the same of tokens, logprobs, top, reply and row.",
            )
    return rows


def _row(path: Path, number: int, line: bytes) -> Row:
    def wrong(what: str) -> ObservationInvalid:
        return ObservationInvalid(
            f"{path.name}, line {number}: {what}.", remedy="The form stands in docs/reference/answers.md."
        )

    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise wrong("it is not JSON") from error
    if not isinstance(row, dict) or not _whole(row.get("sequence")):
        raise wrong("it has no number of a sequence")
    if not any(part in row for part in PARTS):
        raise wrong("it holds neither tokens nor a reply nor a row")
    if what := _fault(row):
        raise wrong(what)
    return row


def _fault(row: Row) -> str:
    """What is wrong with the parts of a line; empty where nothing is."""
    if not isinstance(row.get("reply", ""), str):
        return "reply is not text"
    if "row" in row and not (_shortlist(row["row"]) and row["row"]):
        return "row is not an object of ids and log-probabilities"
    if "tokens" not in row:
        return "it gives log-probabilities without tokens" if "logprobs" in row or "top" in row else ""
    tokens = row["tokens"]
    if not isinstance(tokens, list) or len(tokens) < 2 or not all(map(_whole, tokens)):
        return "tokens is not a list of two ids or more"
    if not _fits(row.get("logprobs"), tokens, _chance):
        return "logprobs is not one number of at most 0, or null, for each token"
    if not _fits(row.get("top"), tokens, _shortlist):
        return "top is not one object of ids and log-probabilities, or null, for each token"
    return ""


def _fits(values: object, tokens: Sequence[int], allowed: Any) -> bool:
    if values is None:
        return True
    return (
        isinstance(values, list)
        and len(values) == len(tokens)
        and all(value is None or allowed(value) for value in values)
    )


def _shortlist(value: object) -> bool:
    return isinstance(value, dict) and all(ID.fullmatch(key) and _chance(one) for key, one in value.items())


def _chance(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and LEAST <= value <= 1e-3


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
