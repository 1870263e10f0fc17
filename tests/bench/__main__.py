"""All measurements, or those named, as one JSON document: ``python -m tests.bench [intake] [search] ...``.

What is measured stands beside a floor taken in the same run; progress goes to standard error.
"""

import argparse
import json
import os
import platform
import sys
import time
from importlib import import_module
from typing import Any

_PARTS = ("intake", "search", "bundle", "checking", "pages", "logs", "comparison")


def main(arguments: list[str]) -> dict[str, Any]:
    """The measurements by name, and the machine they were taken on."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "part", nargs="*", choices=[*_PARTS, []], help="what to measure; all when none is named"
    )
    chosen = parser.parse_args(arguments).part or _PARTS
    result: dict[str, Any] = {"machine": machine()}
    for part in chosen:
        sys.stderr.write(f"measuring {part} ... ")
        sys.stderr.flush()
        begun = time.monotonic()
        result[part] = import_module(f"tests.bench.{part}").measure()
        sys.stderr.write(f"{time.monotonic() - begun:.0f} s\n")
    return result


def machine() -> dict[str, Any]:
    """Cores that this process may use, memory in MiB, version of Python.

    ``load`` is how many processes wanted a core in the minute before: above a few tenths, others were at
    work and every figure is too high.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_mib": memory,
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:]), indent=2) + "\n")
