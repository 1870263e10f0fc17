"""What models are shown: the probe, the claimant's logs, texts by authors, and the order of training."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparison.evaluation.errors import SpecInvalid

KEYS = {
    "probe": ("tokens", "text", "length"),
    "logs": ("served", "fresh", "answers", "max_tokens", "temperature", "top_p"),
    "training": ("order",),
}
"""Known keys of each table; those of ``authors`` are the authors' names."""
MOST_LINES = 1_000_000
MOST = 2**31
"""Of a number that is given, and of a token's."""
Text = str | tuple[int, ...]
"""In words, or as numbers of tokens."""


class Number(NamedTuple):
    """A number of a table: what is taken where nobody gives it, and the least that may be given."""

    otherwise: float
    least: float


NUMBERS = {
    "length": Number(256, 2),
    "answers": Number(19, 1),
    "max_tokens": Number(0, 0),
    "temperature": Number(1.0, 0.01),
    "top_p": Number(1.0, 0.01),
}
"""Of ``probe`` and ``logs``; with 0 for ``max_tokens`` an answer may be as long as the longest served."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A prompt, empty where there is none, and what was written after it."""

    prompt: Text
    output: Text


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """What every model reads.

    Args:
        tokens: ``[sequences, length]``; None for a probe in words.
        lines: a sequence each; empty for a probe of tokens.
        length: tokens to which lines are cut.
        sha256: of the file and the length.
    """

    tokens: NDArray[np.int64] | None
    lines: tuple[str, ...]
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Logs:
    """What the claimant's service answered, and how answers are drawn afresh.

    Args:
        served: the exchanges.
        fresh: for each, answers drawn afresh elsewhere; empty where they are to be drawn here.
        answers: to be drawn for each prompt.
        max_tokens: of an answer; None for as many as the longest that was served.
        temperature: of the service.
        top_p: of the service.
        sha256: of the files and of how answers are drawn.
    """

    served: tuple[Exchange, ...]
    fresh: tuple[tuple[Text, ...], ...]
    answers: int
    max_tokens: int | None
    temperature: float
    top_p: float
    sha256: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in an order that means something; ``steps`` says when each was trained on.

    Args:
        exchanges: the texts.
        steps: of training, ``[texts]``; larger is later.
        sha256: of the file.
    """

    exchanges: tuple[Exchange, ...]
    steps: tuple[float, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a specification names for models to read; None or empty for what it does not."""

    probe: Probe | None = None
    logs: Logs | None = None
    authors: Mapping[str, Texts] = field(default_factory=dict)
    training: Texts | None = None


def read_inputs(content: Mapping[str, Any], folder: Path) -> Inputs:
    """The inputs of a specification's tables; files in it are relative to the folder.

    Raises:
        SpecInvalid: a table or a file does not have its form.
    """
    tables = {name: _table(content, name) for name in ("probe", "logs", "authors", "training")}
    return Inputs(
        probe=_probe(tables["probe"], folder) if "probe" in content else None,
        logs=_logs(tables["logs"], folder) if "logs" in content else None,
        authors={name: read_texts(folder / str(file)) for name, file in tables["authors"].items()},
        training=read_texts(folder / _file(tables["training"], "training", "order"))
        if "training" in content
        else None,
    )


def _table(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise SpecInvalid(f"{name} is not a table.", remedy=f"Write [{name}].")
    if unknown := sorted(set(table) - set(KEYS.get(name, table))):
        raise SpecInvalid(
            f"{unknown[0]} is not known in [{name}].", remedy=f"Known: {', '.join(KEYS[name])}."
        )
    return table


def _file(table: Mapping[str, Any], name: str, key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SpecInvalid(f"[{name}] gives no {key}.", remedy=f'Write, for example, {key} = "{key}.jsonl".')
    return value


def _number(table: Mapping[str, Any], name: str, key: str, default: float, least: float) -> float:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < MOST:
        raise SpecInvalid(
            f"{key} in [{name}] is not a number from {least:g} to below {MOST:,}.",
            remedy="Correct that line.",
        )
    return value


def _probe(table: Mapping[str, Any], folder: Path) -> Probe:
    if ("tokens" in table) == ("text" in table):
        raise SpecInvalid(
            "[probe] names tokens and text, or neither.",
            remedy='Write tokens = "probe.npy" (ids of [sequences, length]) or text = "probe.txt".',
        )
    length = int(_number(table, "probe", "length", *NUMBERS["length"]))
    path = folder / _file(table, "probe", "tokens" if "tokens" in table else "text")
    content = _bytes(path)
    sha256 = hashlib.sha256(content + str(length).encode()).hexdigest()
    if "text" in table:
        lines = tuple(line.strip() for line in _decoded(content, path).splitlines() if line.strip())
        if not lines:
            raise SpecInvalid(f"{path.name} holds no text.", remedy="Write one sequence a line.")
        return Probe(None, lines, length, sha256)
    try:
        tokens = np.load(path, allow_pickle=False)
    except (ValueError, EOFError, OSError, MemoryError) as error:
        raise SpecInvalid(
            f"{path.name} is no NumPy file ({error}).", remedy="Save it by numpy.save."
        ) from error
    if (
        not isinstance(tokens, np.ndarray)
        or tokens.ndim != 2
        or tokens.dtype.kind not in "iu"
        or not tokens.size
    ):
        raise SpecInvalid(
            f"{path.name} does not hold whole numbers of [sequences, length].",
            remedy="Save the ids of the tokens, one sequence a row.",
        )
    return Probe(tokens.astype(np.int64), (), length, sha256)


def _logs(table: Mapping[str, Any], folder: Path) -> Logs:
    path = folder / _file(table, "logs", "served")
    served = tuple(Exchange(_text(row, "prompt", path), _text(row, "output", path)) for row in _lines(path))
    fresh: tuple[tuple[Text, ...], ...] = ()
    hashes = [_bytes(path)]
    if "fresh" in table:
        other = folder / _file(table, "logs", "fresh")
        hashes.append(_bytes(other))
        rows = _lines(other)
        outputs = [row.get("outputs") for row in rows]
        if len(rows) != len(served) or not all(isinstance(one, list) and one for one in outputs):
            raise SpecInvalid(
                f"{other.name} does not hold outputs for each of {len(served)} logged prompts.",
                remedy='Write {"outputs": [...]} on the line of each logged prompt, in the same order.',
            )
        fresh = tuple(tuple(_as_text(one, "outputs", other) for one in row) for row in outputs if row)
    answers = int(_number(table, "logs", "answers", *NUMBERS["answers"]))
    temperature, top_p = (_number(table, "logs", key, *NUMBERS[key]) for key in ("temperature", "top_p"))
    most = int(_number(table, "logs", "max_tokens", *NUMBERS["max_tokens"])) or None
    manner = json.dumps([answers, most, temperature, top_p]).encode()
    return Logs(served, fresh, answers, most, temperature, min(top_p, 1.0), _sha256(*hashes, manner))


def read_texts(path: Path) -> Texts:
    """The texts of a file of JSON lines, ``{"text"}`` or ``{"prompt", "output"}``, some with a ``step``.

    Raises:
        SpecInvalid: the file is absent or a line does not have that form.
    """
    exchanges, steps = [], []
    for number, row in enumerate(_lines(path)):
        key = "text" if "text" in row else "output"
        exchanges.append(
            Exchange(_text(row, "prompt", path) if "prompt" in row else "", _text(row, key, path))
        )
        steps.append(_number(row, path.name, "step", number, 0))
    return Texts(tuple(exchanges), tuple(steps), _sha256(_bytes(path)))


def _lines(path: Path) -> list[dict[str, Any]]:
    rows = []
    # Only line feeds end a line: JSON leaves the other separators of Unicode as they are within a text.
    for number, line in enumerate(_decoded(_bytes(path), path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise SpecInvalid(f"Line {number} of {path.name} is not JSON.", remedy="Correct it.") from error
        if not isinstance(row, dict):
            raise SpecInvalid(f"Line {number} of {path.name} is no JSON object.", remedy="Correct it.")
        rows.append(row)
    if not rows or len(rows) > MOST_LINES:
        raise SpecInvalid(f"{path.name} holds {len(rows)} lines.", remedy=f"Give 1 to {MOST_LINES:,} lines.")
    return rows


def _text(row: Mapping[str, Any], key: str, path: Path) -> Text:
    if key not in row:
        raise SpecInvalid(f"A line of {path.name} has no {key}.", remedy=f'Give each line a "{key}".')
    return _as_text(row[key], key, path)


def _as_text(value: object, key: str, path: Path) -> Text:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(
        isinstance(one, int) and not isinstance(one, bool) and 0 <= one < MOST for one in value
    ):
        return tuple(value)
    raise SpecInvalid(
        f"A {key} in {path.name} is neither text nor a list of tokens.", remedy="Write one of the two."
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SpecInvalid(f"{path} cannot be read: {error.strerror}.", remedy="Check the path.") from error


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8")
    except ValueError as error:
        raise SpecInvalid(f"{path.name} is not UTF-8 text.", remedy="Save it as UTF-8.") from error


def _sha256(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
