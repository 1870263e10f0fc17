"""The answers in a transcript, as the file that comparisons read."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comparison.blackbox.asking import Asking

FILE = "answers.jsonl"
BY_ID = re.compile(r"token_id:(\d+)")
"""How servers that are asked to name tokens by their id do so."""
Row = dict[str, Any]


def write_answers(asking: Asking, entries: Sequence[Mapping[str, Any]], out_dir: Path) -> int:
    """``out_dir`` holds ``answers.jsonl``, one line for each prompt; without an answer its reply is empty.

    Where prompts are ids and the server echoed them, their log-probabilities stand in it, too. A likeliest
    token that the server names by its text gets the id of an echoed token of the same text, or is left out.

    Args:
        asking: what was asked.
        entries: of the transcript.
        out_dir: its folder.

    Returns:
        How many answers came without the log-probabilities that were asked for.
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
            row |= {"tokens": prompt, "logprobs": found["token_logprobs"][: len(prompt)]}
            if all(one and one.get("top_logprobs") for one in given.values()):
                row["top"] = [_top(top, ids) for top in found["top_logprobs"][: len(prompt)]]
        rows.append(row)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out_dir / FILE).write_text(text, encoding="utf-8")
    return sum(not _has_logprobs(choice) for choice in choices.values()) if asked else 0


def _given(prompt: Any, choice: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the server gave for each token of an echoed prompt of ids; None where it did not."""
    found = choice.get("logprobs")
    if not isinstance(found, dict) or not _is_ids(prompt):
        return None
    tokens, values = found.get("tokens"), found.get("token_logprobs")
    if not isinstance(tokens, list) or not isinstance(values, list) or len(values) < len(prompt):
        return None
    return found if len(tokens) == len(values) else None


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
    return {str(token): top[text] for text, token in found.items() if token is not None}


def _reply(choice: Mapping[str, Any] | None) -> str:
    if choice is None:
        return ""
    message = choice.get("message")
    text = message.get("content") if isinstance(message, dict) else choice.get("text")
    return text if isinstance(text, str) else ""


def _has_logprobs(choice: Mapping[str, Any]) -> bool:
    return bool(choice.get("logprobs"))


def _is_ids(prompt: Any) -> bool:
    return isinstance(prompt, list) and len(prompt) > 1 and all(isinstance(one, int) for one in prompt)
