"""The tables and drawings of the pages, from what a comparison or a manifest holds."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from comparison.drawing.layers import ABSENT, OTHER, SAME, SILENT, LayerMap, layer_map
from comparison.evaluation import words
from comparison.evaluation.hashes import State

KINDS = (
    (SAME, "Identical"),
    (OTHER, "Differing"),
    (ABSENT, "In one model only"),
    (SILENT, "Says nothing"),
)
MARKS = {SAME: "same", OTHER: "other", ABSENT: "absent", SILENT: "silent"}
DIGITS = re.compile(r"(\d+)")
SORTS = {"name": "name", "elements": "elements", "state": "state"}


def kind(row: Mapping[str, Any]) -> str:
    """Which of the four kinds a tensor's row is of."""
    if not row["trained"]:
        return SILENT
    match row["state"]:
        case State.IDENTICAL | State.MOVED:
            return SAME
        case State.DIFFERENT | State.RESHAPED:
            return OTHER
        case _:
            return ABSENT


def tensor_rows(detail: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every tensor of a comparison with its kind, its mark and its shape in words."""
    return [
        {**row, "kind": kind(row), "mark": MARKS[kind(row)], "shape": shape_words(row["shape"])}
        for row in detail["tensors"]
    ]


def chosen_rows(rows: Sequence[dict[str, Any]], only: str, sort: str) -> list[dict[str, Any]]:
    """The rows of one kind, or all; sorted by the column named, descending after a minus sign."""
    found = [row for row in rows if only not in (SAME, OTHER, ABSENT, SILENT) or row["kind"] == only]
    column = SORTS.get(sort.removeprefix("-"), "name")
    found.sort(key=lambda row: natural(row["name"]))
    if column == "name":
        return found[::-1] if sort.startswith("-") else found
    return sorted(found, key=lambda row: row[column], reverse=sort.startswith("-"))


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts layer 2 before layer 10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in DIGITS.split(name)]


def config_words(value: object) -> str:
    """A value of a configuration as it stands there; "absent" for None."""
    if value is None:
        return "absent"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def counts(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How many tensors are of each kind, and how many numbers they hold."""
    tensors = Counter(row["kind"] for row in rows)
    elements: Counter[str] = Counter()
    for row in rows:
        elements[row["kind"]] += row["elements"]
    return [
        {"kind": name, "word": word, "tensors": tensors[name], "elements": elements[name]}
        for name, word in KINDS
    ]


def drawn(rows: Sequence[Mapping[str, Any]]) -> LayerMap | None:
    """The layer map of a comparison's tensors, or None where their names tell no layers."""
    return layer_map([(row["name"], row["kind"], row["elements"]) for row in rows])


def shape_words(shape: Sequence[int]) -> str:
    """A shape as it is read aloud: ``4,096 × 4,096``; a scalar is one number."""
    return " × ".join(f"{size:,}" for size in shape) or "one number"


def proposition_rows(propositions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each proposition in words, how it stands here, and what else must be asked."""
    return [
        {
            "id": row["id"],
            "text": words.PROPOSITIONS[row["id"]],
            "standing": _standing(row),
            "rival": words.RIVALS[row["id"]],
        }
        for row in propositions
    ]


def _standing(row: Mapping[str, Any]) -> str:
    if row["supported_by"]:
        return "Would explain what was found"
    return "Would not explain what was found" if row["against"] else "Left open"
