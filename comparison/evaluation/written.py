"""The files of a comparison's answer, in their folder."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from comparison.evaluation.record import FILE
from core.errors import Unavailable

REPORT = "report.pdf"
Report = Callable[[bytes, Path], Path]
"""What lays out the report of a record's bytes as a file."""


def written(
    out_dir: Path,
    answer: dict[str, Any],
    details: Mapping[str, Any],
    record: Callable[[dict[str, Any]], dict[str, Any]],
    report: Report | None,
) -> dict[str, Any]:
    """The folder holds the answer, its details, the record and the report, ``result.json`` last.

    Args:
        out_dir: made if absent.
        answer: as ``compare`` gives it, with the names of the files except the report's.
        details: content of each further file by its name.
        record: the record of an answer.
        report: lays out the report; where it cannot run on this machine, the answer names none.

    Returns:
        The answer as it was written.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    if report is not None:
        reported = {**answer, "files": [REPORT, *answer["files"]]}
        try:
            report(as_bytes(record(reported)), out_dir / REPORT)
            answer = reported
        except Unavailable:
            (out_dir / REPORT).unlink(missing_ok=True)
    for name, content in {**details, FILE: record(answer), "result.json": answer}.items():
        part = out_dir / f"{name}.part"
        part.write_bytes(as_bytes(content))
        part.replace(out_dir / name)
    return answer


def as_bytes(content: object) -> bytes:
    """The JSON text of a file."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
