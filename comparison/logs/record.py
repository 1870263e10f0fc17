"""The record of an analysis as it travels: its form is checked, its marks are worked out again."""

import json
from math import isfinite
from typing import Any

from comparison.logs.accounts import MEASURES
from comparison.logs.analyse import FILE, FORMAT, MOST_RANKED
from comparison.logs.errors import LogRecordInvalid
from comparison.logs.groups import marks_of
from comparison.logs.reading import NAMED, REASONS
from comparison.logs.summary import LONGEST, MOST_GROUPS, MOST_NAMES, MOST_PAIRS

LARGEST = 16 * 1024 * 1024
"""Bytes of a file."""
REMEDY = f"Send {FILE} as `manage.py analyse_logs` wrote it, unchanged."
TEXT = 300
MANY = 100_000

COUNT, NUMBER, MAYBE = "count", "number", "number or null"
_ROLES = dict.fromkeys(("account", "time", "prompt", "output"), TEXT)
_COMPARED = ("outputs", "short_outputs", "samples", "short_samples", "repeated_samples")
_MEASURED = [measure.name for measure in MEASURES]
_HISTOGRAM = {"edges": [NUMBER, 200], "counts": [COUNT, 200]}
_BESIDE = {
    "value": MAYBE, "others": COUNT, "beyond": "count or null", "median": MAYBE, "outer": MAYBE,
    "members": [COUNT, 200],
}  # fmt: skip
_DAYS = [(TEXT, COUNT), MANY]
_GROUP = {
    "accounts": [TEXT, MOST_NAMES], "size": COUNT, "templates": [COUNT, MANY], "uses": COUNT,
    "distinct": NUMBER, "beside": dict.fromkeys(_MEASURED, _BESIDE), "hours": [COUNT, 24], "days": _DAYS,
}  # fmt: skip
_PAIR = {
    "file": TEXT, "line": COUNT, "account": TEXT, "sample_file": TEXT, "sample_line": COUNT,
    "similarity": NUMBER,
}  # fmt: skip
_DUPLICATES = {
    "compared": dict.fromkeys(_COMPARED, COUNT), "least_similarity": NUMBER, "exchanges": COUNT,
    "outputs": COUNT, "samples": COUNT, "by_similarity": _HISTOGRAM,
    "groups": [{"outputs": COUNT, "exchanges": COUNT}, MOST_GROUPS], "pairs": [_PAIR, MOST_PAIRS],
}  # fmt: skip
_TEMPLATE = {"number": COUNT, "uses": COUNT, "accounts": COUNT, "worked_by": COUNT, "text": LONGEST + 1}
SHAPE = {
    "format": TEXT, "title": TEXT, "exchanges": COUNT, "accounts": COUNT, "first": TEXT, "last": TEXT,
    "with_template": COUNT, "least_uses_of_run": COUNT, "groups_in_all": COUNT, "hours": [COUNT, 24],
    "days": _DAYS, "files": [{"name": TEXT, "kind": TEXT, "sha256": 64, "bytes": COUNT}, 10_000],
    "code": {"sha256": 64, "duckdb": TEXT, "numpy": TEXT}, "fields": _ROLES,
    "settings": {"least_uses": COUNT, "least_fixed": COUNT, "least_similarity": NUMBER, "memory_mib": COUNT},
    "left_out": [{"file": TEXT, "reason": TEXT, "count": COUNT, "lines": [COUNT, NAMED]}, MANY],
    "templates": [_TEMPLATE, MANY], "groups": [_GROUP, MOST_GROUPS],
    "measures": dict.fromkeys(_MEASURED, _HISTOGRAM),
    "ranked": [{"account": TEXT, "group": "count or null", **dict.fromkeys(_MEASURED, MAYBE)}, MOST_RANKED],
}  # fmt: skip


def read_log_record(content: bytes) -> dict[str, Any]:
    """The record in the file's bytes, with nothing in it that has no place there.

    Raises:
        LogRecordInvalid: naming what lacks its form or does not follow from the figures.
    """
    if len(content) > LARGEST:
        raise _wrong(f"The file is over {LARGEST // 2**20} MiB")
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _wrong("The file is not JSON") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _wrong(f"This is not an analysis of the form {FORMAT}")
    record: dict[str, Any] = _shaped(whole, SHAPE, "the file")
    found = whole.get("duplicates")
    record["duplicates"] = None if found is None else _shaped(found, _DUPLICATES, "duplicates")
    _check(record)
    for group in record["groups"]:
        values = {name: figures["value"] for name, figures in group["beside"].items()}
        group["marks"] = list(marks_of(group["size"], group["uses"], group["distinct"], values))
    return record


def _check(record: dict[str, Any]) -> None:
    """What belongs together fits together."""
    if not record["exchanges"] or not record["accounts"]:
        raise _wrong("It holds no exchange")
    if (
        sum(record["hours"]) != record["exchanges"]
        or sum(n for _, n in record["days"]) != record["exchanges"]
    ):
        raise _wrong("Its hours or days do not add up to its exchanges")
    if any(row["reason"] not in REASONS for row in record["left_out"]):
        raise _wrong("A reason for leaving a line out is not known")
    known = {row["number"] for row in record["templates"]}
    histograms = list(record["measures"].values())
    if record["duplicates"]:
        histograms.append(record["duplicates"]["by_similarity"])
        if len(record["duplicates"]["groups"]) != len(record["groups"]):
            raise _wrong("The near-duplicates are not those of its groups")
    if any(len(one["edges"]) != len(one["counts"]) + 1 or len(one["counts"]) < 1 for one in histograms):
        raise _wrong("A distribution does not fit its bounds")
    if len(record["hours"]) != 24:
        raise _wrong("Its day is not of 24 hours")
    for group in record["groups"]:
        _check_group(record, group, known)


def _check_group(record: dict[str, Any], group: dict[str, Any], known: set[int]) -> None:
    if len(group["hours"]) != 24 or not group["size"] or not group["accounts"]:
        raise _wrong("A group has no accounts, or its day is not of 24 hours")
    if not set(group["templates"]) <= known:
        raise _wrong("A template of a group is missing")
    for name, figures in group["beside"].items():
        counts = record["measures"][name]["counts"]
        if len(figures["members"]) != len(counts) or any(
            own > whole for own, whole in zip(figures["members"], counts, strict=True)
        ):
            raise _wrong(f"The {name} of a group do not fit the distribution")


def _shaped(value: Any, shape: Any, where: str) -> Any:
    """The value, of which only what the shape names is kept; raises where it does not fit."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            raise _wrong(f"In {where}, an object is missing")
        return {key: _shaped(value.get(key), inner, f"{where}: {key}") for key, inner in shape.items()}
    if isinstance(shape, list):
        if not isinstance(value, list) or len(value) > shape[1]:
            raise _wrong(f"In {where}, a list is missing or too long")
        return [_shaped(one, shape[0], where) for one in value]
    if isinstance(shape, tuple):
        if not isinstance(value, list) or len(value) != len(shape):
            raise _wrong(f"In {where}, a row is not of {len(shape)}")
        return [_shaped(one, inner, where) for one, inner in zip(value, shape, strict=True)]
    if isinstance(shape, int):
        if not isinstance(value, str) or len(value) > shape:
            raise _wrong(f"In {where}, a text is missing or too long")
        return value
    if value is None and shape.endswith("or null"):
        return None
    return _number(value, whole=shape.startswith("count"), where=where)


def _number(value: Any, *, whole: bool, where: str) -> int | float:
    fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if not fits or not isfinite(value) or (whole and not 0 <= value < 2**63):
        raise _wrong(f"In {where}, a number is missing or is none")
    return value  # type: ignore[no-any-return]


def _wrong(what: str) -> LogRecordInvalid:
    return LogRecordInvalid(f"{what}.", remedy=REMEDY)
