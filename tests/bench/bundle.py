"""How long a large bundle takes, beside a bare merge of the same documents by qpdf in the same run.

Run it with ``python -m tests.bench.bundle``.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.bundle_pdfs import A4, LANDSCAPE, LETTER, Sheet, make_pdf, scan, spec_of

SCANS = 0.3  # part of the documents
SCAN_BYTES = 450_000  # of each scanned page
SHAPES = (Sheet(A4), Sheet(LETTER), Sheet(LANDSCAPE), Sheet(A4, rotate=90))
PROJECT = Path(__file__).parents[2]


def measure(documents: int = 100, pages: int = 2000) -> dict[str, Any]:
    """Seconds and peak MiB of the build, of its check and of qpdf, and the ratio of build to qpdf.

    The build runs in a child process of its own, as a worker would run it; its seconds are those of the
    whole process, interpreter start and check included. ``build_seconds`` leaves the check out.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _documents(folder, documents, pages)
        size = sum(file.stat().st_size for file in files)
        merge = ["qpdf", "--empty", "--pages", *map(str, files), "--", str(folder / "merged.pdf")]
        qpdf = min(_run(merge)["seconds"] for _ in range(2))
        qpdf_peak = _run(merge)["peak_mib"]
        built = _run(
            [sys.executable, "-m", "tests.bench.bundle", "--build", str(folder / "bundle.pdf"), name]
        )
        report = json.loads((folder / "report.json").read_text())
    return {
        "documents": documents,
        "pages": report["pages"],
        "input_mib": round(size / 2**20, 1),
        "qpdf": {"seconds": qpdf, "peak_mib": qpdf_peak},
        "build": {
            **built,
            "build_seconds": report["build_seconds"],
            "check_seconds": report["check_seconds"],
        },
        "ratio": round(report["build_seconds"] / qpdf, 2),
        "ratio_with_check": round(report["seconds"] / qpdf, 2),
        "passed": report["check"]["passed"],
    }


def _documents(folder: Path, documents: int, pages: int) -> list[Path]:
    """The same files for the same numbers, whatever the machine."""
    pictures = [_padded(scan(seed)) for seed in range(8)]
    order = random.Random(7)  # noqa: S311 - a fixed order, not a secret
    scans = set(order.sample(range(documents), round(documents * SCANS)))
    files = []
    for number in range(documents):
        count = pages * (number + 1) // documents - pages * number // documents
        if number in scans:
            sheets = [Sheet(A4, image=pictures[nth % 8] + b"%08d" % nth) for nth in range(count)]
        else:
            sheets = [order.choice(SHAPES) for _ in range(count)]
        files.append(make_pdf(folder / f"{number:04}.pdf", sheets, name=f"Document {number}"))
    return files


def _padded(jpeg: bytes) -> bytes:
    padding = random.Random(len(jpeg))  # noqa: S311 - fixed bytes, not a secret
    return jpeg + padding.randbytes(max(0, SCAN_BYTES - len(jpeg)))


def _run(command: list[str]) -> dict[str, float]:
    """Wall seconds and peak MiB of one child process, its own children not added."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=PROJECT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return {"seconds": round(time.perf_counter() - started, 2), "peak_mib": round(usage.ru_maxrss / 1024)}


def _build(out: Path, folder: Path) -> None:
    from bundles.pdf.build import build

    marks: list[float] = []

    def note(done: int, total: int, what: str) -> None:
        marks.append(time.perf_counter())
        if os.environ.get("BENCH_STEPS"):
            sys.stderr.write(f"{marks[-1] - marks[0]:.2f} {done}/{total} {what}\n")

    report = build(spec_of(sorted(folder.glob("[0-9]*.pdf"))), out, progress=note)
    check_seconds = round(marks[-1] - marks[-2], 3)
    content = report.as_json() | {
        "check_seconds": check_seconds,
        "build_seconds": round(report.seconds - check_seconds, 3),
    }
    (folder / "report.json").write_text(json.dumps(content))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        _build(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
