"""The answers in a transcript, as the file that comparisons read."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparison.blackbox.asking import Asking

FILE = "answers.jsonl"
BY_ID = re.compile(r"token_id:(\d+)")
"""How servers that are asked to name tokens by their id do so."""
LEAST, ROUNDING = -1e300, 1e-3
"""Bounds of a log-probability as servers round it; beyond, a number stands for none."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What the file holds of the log-probabilities that were asked for.

    Args:
        without: answers that came without them.
        left_out: whether those of the other prompts are left out of the file, since a file has them for every
            prompt or for none.
    """

    without: int
    left_out: bool


def write_answers(asking: Asking, entries: Sequence[Mapping[str, Any]], out_dir: Path) -> Written:
    """``out_dir`` holds ``answers.jsonl``, one line for each prompt; without an answer its reply is empty.

    Where prompts are ids and the server echoed them, their log-probabilities stand in it, too. A likeliest
    token that the server names by its text gets the id of an echoed token of the same text, or is left out.

    Args:
        asking: what was asked.
        entries: of the transcript.
        out_dir: its folder.
    """
    choices = {
        entry["prompt"]: json.loads(entry["answer"])["choices"][0]
        for entry in entries
        if entry.get("outcome") == "answered"
    }
    asked = bool(asking.request.get("logprobs"))
    given = {number: _given(asking.prompts[number], choice) for number, choice in choices.items()}
    ids = _ids(asking, given)
    whole = asked and all(given.get(number) for number in range(len(asking.prompts)))
    rows = []
    for number, prompt in enumerate(asking.prompts):
        row: Row = {"sequence": number, "reply": _reply(choices.get(number))}
        found = given.get(number)
        if whole and found:
            values = [_chance(value) for value in found["token_logprobs"]]
            row |= {"tokens": prompt, "logprobs": values[: len(prompt)]}
            if all(one and _has_top(one) for one in given.values()):
                row["top"] = [_top(top, ids) for top in found["top_logprobs"][: len(prompt)]]
        rows.append(row)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out_dir / FILE).write_text(text, encoding="utf-8")
    without = sum(not choice.get("logprobs") for choice in choices.values()) if asked else 0
    return Written(without, left_out=asked and not whole and any(given.values()))


def _given(prompt: Any, choice: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the server gave for each token of an echoed prompt of ids; None where it did not."""
    found = choice.get("logprobs")
    if not isinstance(found, dict) or not _is_ids(prompt):
        return None
    tokens, values = found.get("tokens"), found.get("token_logprobs")
    if not isinstance(tokens, list) or not isinstance(values, list) or len(values) < len(prompt):
        return None
    return found if len(tokens) == len(values) and all(isinstance(one, str) for one in tokens) else None


def _has_top(found: Mapping[str, Any]) -> bool:
    """Whether the likeliest tokens stand at each place, in the form that is known."""
    top = found.get("top_logprobs")
    return (
        isinstance(top, list)
        and len(top) == len(found["tokens"])
        and all(one is None or isinstance(one, dict) for one in top)
    )


def _chance(value: object) -> float | None:
    """A log-probability; None where the server gave what can be none."""
    if isinstance(value, int | float) and not isinstance(value, bool) and LEAST <= value <= ROUNDING:
        return value
    return None


def _ids(asking: Asking, given: Mapping[int, dict[str, Any] | None]) -> dict[str, int]:
    """The id of each text that was echoed; a text of two ids has none."""
    seen: dict[str, set[int]] = {}
    for number, found in given.items():
        for text, token in zip((found or {}).get("tokens", []), asking.prompts[number], strict=False):
            seen.setdefault(text, set()).add(token)
    return {text: ids.pop() for text, ids in seen.items() if len(ids) == 1}


def _top(top: Mapping[str, float] | None, ids: Mapping[str, int]) -> dict[str, float] | None:
    if not top:
        return None
    named = {text: BY_ID.fullmatch(text) for text in top}
    found = {text: int(match[1]) if match else ids.get(text) for text, match in named.items()}
    chances = {str(token): _chance(top[text]) for text, token in found.items() if token is not None}
    return {token: chance for token, chance in chances.items() if chance is not None}


def _reply(choice: Mapping[str, Any] | None) -> str:
    if choice is None:
        return ""
    message = choice.get("message")
    text = message.get("content") if isinstance(message, dict) else choice.get("text")
    # Half of a character that an answer ends with cannot be written.
    return text.encode(errors="replace").decode() if isinstance(text, str) else ""


def _is_ids(prompt: Any) -> bool:
    return isinstance(prompt, list) and len(prompt) > 1 and all(isinstance(one, int) for one in prompt)
