"""How many exchanges a second the analysis of logs takes, and in how much memory, beside a plain read.

Run it with ``python -m tests.bench logs``.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from comparison.logs import analyse
from tests.bench.api_logs import write_logs, write_samples

DRAWN = 100_000
"""Exchanges that are made one by one; a larger log repeats them with other accounts, days and last words."""
SAMPLES = 20_000
BLOCK = 1024 * 1024


def measure(exchanges: int = 1_000_000) -> dict[str, Any]:
    """Exchanges a second and peak memory of one analysis, samples and near-duplicates included.

    It runs in a process of its own, which reads the same file plainly first: that is the floor, and ``ratio``
    is how many of it fit into one analysis. ``start_mib`` is what the process holds before it begins.
    """
    with TemporaryDirectory() as folder:
        spec = make(Path(folder), exchanges)
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.logs", str(spec)], check=True, capture_output=True, text=True
        )
    report: dict[str, Any] = json.loads(answer.stdout)
    return report


def make(folder: Path, exchanges: int) -> Path:
    """The specification of an analysis of so many exchanges, a fifth of them a campaign's."""
    drawn = min(DRAWN, exchanges)
    made = write_logs(folder / "drawn.jsonl", drawn, seed=7, campaign=0.2)
    write_samples(folder / "samples.jsonl", made, SAMPLES, seed=7, taken=0.3)
    times = -(-exchanges // made.exchanges)
    with duckdb.connect() as db:
        db.execute("SET enable_progress_bar = false")
        larger = (
            "SELECT account || '-' || turn AS account, time + turn AS time, prompt || ' ' || turn AS prompt,"
            " output || ' ' || turn AS output FROM range(?) turns(turn), read_json(?) LIMIT ?"
        )
        db.execute(
            f"COPY ({larger}) TO '{folder}/logs.jsonl' (FORMAT json)",
            [times, str(folder / "drawn.jsonl"), exchanges],
        )
    (folder / "spec.toml").write_text(
        '[logs]\ntitle = "Bench"\nfile = "logs.jsonl"\n[samples]\nfile = "samples.jsonl"\n', encoding="utf-8"
    )
    return folder / "spec.toml"


def main(spec: Path) -> dict[str, Any]:
    """The analysis, measured in this process."""
    log = spec.parent / "logs.jsonl"
    begun = time.perf_counter()
    with log.open("rb") as file:
        while file.read(BLOCK):
            pass
    floor = time.perf_counter() - begun
    start = _peak()
    begun, busy = time.perf_counter(), time.process_time()
    record = analyse(spec, spec.parent / "out")
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    return {
        "exchanges": record["exchanges"],
        "mib": round(log.stat().st_size / 2**20),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(busy, 1),
        "exchanges_per_second": round(record["exchanges"] / seconds),
        "start_mib": start,
        "peak_mib": _peak(),
        "samples_found": record["duplicates"]["samples"],
        "floor_seconds": round(floor, 2),
        "ratio": round(seconds / floor, 1),
    }


def _peak() -> int:
    """MiB; what the system notes of finished children would count the parent's memory, too."""
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))) + "\n")
