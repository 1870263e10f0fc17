"""How many documents a second the intake takes, beside bare reading of the same files in the same run.

Run it with ``python -m tests.bench intake``.
"""

import json
import statistics
import subprocess
import time
from typing import Any

from tests.bench import site

_WORKER = "tests.bench.intake_worker"


def measure(documents: int = 60) -> dict[str, Any]:
    """Documents and pages a second through the real intake, by one process and by two side by side.

    Both take the same kinds of post, each document new to the installation. Attachments count as documents,
    as they do on the site. ``steps`` is each step's share of the working time; ``rest`` is what lies between
    the steps. ``convert_ms`` is the mean of each kind of file. ``start_seconds``, which a worker spends once
    on Django and the language model, stand apart. The floor reads and hashes each original and takes the
    bare text of its PDF, in one process; ``ratio`` is how many floors fit into one intake.
    """
    with site.installation() as environment:
        one = _intake(environment, documents, workers=1, first=0)
        two = _intake(environment, documents, workers=2, first=-(-documents // 10) * 10)
        floor = site.call(environment, _WORKER, "floor")
    if floor["not_ready"]:
        raise RuntimeError(f"documents that did not come through: {floor['not_ready']}")
    rate = floor["documents"] / floor["seconds"]
    for report in (one, two):
        report["ratio"] = round(rate / report["documents_per_second"], 1)
    return {
        **one,
        "floor_documents_per_second": round(rate, 1),
        "two_workers": {
            name: two[name] for name in ("seconds", "documents_per_second", "pages_per_second", "ratio")
        },
    }


def _intake(environment: dict[str, str], documents: int, *, workers: int, first: int) -> dict[str, Any]:
    received = site.call(environment, _WORKER, "receive", str(documents), str(first))
    started = time.perf_counter()
    processes = [site.start(environment, _WORKER, "work") for _ in range(workers)]
    try:
        start_seconds, seconds, reports = _work(processes, started)
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    done, pages = (sum(report[name] for report in reports) for name in ("documents", "pages"))
    return {
        "documents": done,
        "pages": pages,
        "receive_per_second": round(documents / received["seconds"], 1),
        "start_seconds": round(start_seconds, 2),
        "seconds": round(seconds, 2),
        "documents_per_second": round(done / seconds, 2),
        "pages_per_second": round(pages / seconds, 2),
        "steps": _shares(reports),
        "convert_ms": _conversions(reports),
    }


def _work(
    processes: list["subprocess.Popen[str]"], started: float
) -> tuple[float, float, list[dict[str, Any]]]:
    """Seconds until all were ready, seconds until all had ended, and what each reports."""
    for process in processes:
        if _line(process) != "ready":
            raise RuntimeError("a worker of the measurement did not start")
    begun = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    reports = [json.loads(_line(process)) for process in processes]
    return begun - started, time.perf_counter() - begun, reports


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    line: str = process.stdout.readline()
    return line.strip()


def _shares(reports: list[dict[str, Any]]) -> dict[str, float]:
    whole = sum(report["seconds"] for report in reports)
    names = sorted({name for report in reports for name in report["steps"]})
    spent = {name: sum(report["steps"].get(name, 0) for report in reports) for name in names}
    spent["rest"] = whole - sum(spent.values())
    return {name: round(seconds / whole, 3) for name, seconds in spent.items()}


def _conversions(reports: list[dict[str, Any]]) -> dict[str, int]:
    kinds: dict[str, list[float]] = {}
    for report in reports:
        for kind, seconds in report["kinds"].items():
            kinds.setdefault(kind, []).extend(seconds)
    return {kind: round(1000 * statistics.mean(seconds)) for kind, seconds in sorted(kinds.items())}
