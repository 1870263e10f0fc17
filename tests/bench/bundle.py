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

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.bench.bundle_pdfs import A4, LANDSCAPE, LETTER, Sheet, drawn, make_pdf, scan, spec_of

SCANS = 0.3  # part of the documents
SCAN_BYTES = 450_000  # of each scanned page
LIGHT = 45_000  # of each scanned page where growth is measured: ten times the documents must fit the disk
COMMENT = 65_533  # bytes at most in one comment of a JPEG
SHAPES = (Sheet(A4), Sheet(LETTER), Sheet(LANDSCAPE), Sheet(A4, rotate=90))
PROJECT = Path(__file__).parents[2]
MODULE = (sys.executable, "-m", "tests.bench.bundle")


def measure(documents: int = 100, pages: int = 2000, *, runs: int = 2, many: int = 10) -> dict[str, Any]:
    """Seconds and peak MiB of building, of its check and of qpdf, and the ratios of build to qpdf.

    Each build runs in a child process of its own, as a worker would run it; its seconds are those of the
    build itself, its peak that of the whole process. ``build_seconds`` leaves the check out.

    Args:
        documents: how many.
        pages: of all documents together.
        runs: of which the fastest counts.
        many: how many times as many lighter documents and pages the growth is measured with; 0 for not.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = documents_of(folder, documents, pages)
        size = sum(file.stat().st_size for file in files)
        merge = ["qpdf", "--empty", "--pages", *map(str, files), "--", str(folder / "merged.pdf")]
        qpdf = min(_run(merge)["seconds"] for _ in range(3))
        qpdf_peak = _run(merge)["peak_mib"]
        (folder / "merged.pdf").unlink()
        built = min(
            (_built(folder, folder, "") for _ in range(runs)), key=lambda found: found["build_seconds"]
        )
        first, again = _rebuilt(folder)
        links = _links_kept(folder)
    return {
        "documents": documents,
        "pages": built.pop("pages"),
        "input_mib": round(size / 2**20, 1),
        "qpdf": {"seconds": qpdf, "peak_mib": qpdf_peak},
        "build": built,
        "ratio": round(built["build_seconds"] / qpdf, 2),
        "ratio_with_check": round(built["seconds"] / qpdf, 2),
        "kept": {
            "first": first,
            "after_one_insertion": again,
            "ratio": round(again["seconds"] / first["seconds"], 2),
            "ratio_without_check": round(again["build_seconds"] / first["build_seconds"], 2),
        },
        "named_links_kept": links,
        "growth": _growth(documents, pages, many) if many else None,
        "load": round(os.getloadavg()[0], 1),
    }


def _rebuilt(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """A first build whose findings are kept, and one after a document was put in the middle.

    One process makes both, as a worker does.
    """
    kept = folder / "kept"
    kept.mkdir()
    process = _run([*MODULE, "--rebuild", str(folder / "bundle.pdf"), str(folder), str(kept)])
    first, again = (_figures(folder / name, process) for name in ("first.json", "report.json"))
    (folder / "bundle.pdf").unlink()
    return first, again


def _growth(documents: int, pages: int, many: int) -> dict[str, Any]:
    """How much longer ``many`` times as many documents take, beside as many times the time of one."""
    found = {}
    for times in (1, many):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = documents_of(folder, documents * times, pages * times, scan_bytes=LIGHT)
            size = sum(file.stat().st_size for file in files)
            found[times] = {"input_mib": round(size / 2**20, 1), **_built(folder, folder, "")}
    ratio = found[many]["build_seconds"] / found[1]["build_seconds"] / many
    return {"one": found[1], "many": found[many], "times": many, "against_linear": round(ratio, 2)}


def _links_kept(folder: Path, links: int = 1000) -> str:
    """How many links by name lead to the right page where a document stands in a bundle twice."""
    from bundles.pdf.build import build

    with drawn([Sheet(A4)] * 50) as pdf:
        names = pikepdf.NameTree.new(pdf)
        for nth in range(links):
            names[f"clause{nth}"] = Array([pdf.pages[nth % 50].obj, Name.Fit])
        notes = [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=String(f"clause{nth}"))
            for nth in range(links)
        ]
        linked = [pdf.make_indirect(note) for note in notes]
        pdf.pages[0].obj.Annots = Array(linked)
        pdf.Root.Names = Dictionary(Dests=names.obj)
        pdf.save(folder / "deed.pdf")
    report = build(spec_of([folder / "deed.pdf"] * 2), folder / "linked.pdf")
    right = 0
    with pikepdf.open(folder / "linked.pdf") as bundle:
        for entry in report.entries:
            start = (entry.first_page or 1) - 1
            pages = list(bundle.pages)
            own = [page.obj.objgen for page in pages[start : start + 50]]
            reached = [note.Dest[0].objgen for note in list(pages[start].obj.Annots)]
            right += sum(page == own[nth % 50] for nth, page in enumerate(reached))
    return f"{right} of {2 * links}"


def _built(folder: Path, files: Path, kept: str) -> dict[str, Any]:
    """One build in a process of its own."""
    command = [*MODULE, "--build", str(folder / "bundle.pdf"), str(files)]
    process = _run([*command, kept] if kept else command)
    (folder / "bundle.pdf").unlink()
    return {**_figures(folder / "report.json", process), "process_seconds": process["seconds"]}


def _figures(file: Path, process: dict[str, float]) -> dict[str, Any]:
    """What a build's report says of its speed, with the peak of the process that made it."""
    report = json.loads(file.read_text())
    return {
        "seconds": report["seconds"],
        "build_seconds": report["build_seconds"],
        "check_seconds": report["check_seconds"],
        "peak_mib": process["peak_mib"],
        "pages": report["pages"],
        "passed": report["check"]["passed"],
    }


def documents_of(folder: Path, documents: int, pages: int, *, scan_bytes: int = SCAN_BYTES) -> list[Path]:
    """The same files for the same numbers, whatever the machine."""
    pictures = [_padded(seed, scan_bytes) for seed in range(8)]
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


def _padded(seed: int, length: int) -> bytes:
    """A scan of so many bytes, or a small one where they are few; comments before the picture fill it up."""
    jpeg = scan(seed) if length >= SCAN_BYTES else scan(seed, 155, 219)
    padding = random.Random(len(jpeg)).randbytes(max(0, length - len(jpeg)))  # noqa: S311 - no secret
    parts = [padding[start : start + COMMENT] for start in range(0, len(padding), COMMENT)]
    comments = b"".join(b"\xff\xfe" + (len(part) + 2).to_bytes(2, "big") + part for part in parts)
    return jpeg[:2] + comments + jpeg[2:]


def _run(command: list[str]) -> dict[str, float]:
    """Wall seconds and peak MiB of one child process, its own children not added."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=PROJECT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return {"seconds": round(time.perf_counter() - started, 2), "peak_mib": round(usage.ru_maxrss / 1024)}


def _build(out: Path, folder: Path, kept: Path | None) -> None:
    from bundles.pdf.build import build

    marks: dict[str, float] = {}

    def note(done: int, total: int, what: str) -> None:
        marks[what] = time.perf_counter()
        if os.environ.get("BENCH_STEPS"):
            sys.stderr.write(f"{marks[what]:.2f} {done}/{total} {what}\n")

    report = build(spec_of(sorted(folder.glob("[0-9]*.pdf"))), out, progress=note, kept=kept)
    check_seconds = round(marks["Putting the files in place"] - marks["Checking"], 3)
    content = report.as_json() | {
        "check_seconds": check_seconds,
        "build_seconds": round(report.seconds - check_seconds, 3),
    }
    (folder / "report.json").write_text(json.dumps(content))


def _rebuild(out: Path, folder: Path, kept: Path) -> None:
    _build(out, folder, kept)
    (folder / "report.json").rename(folder / "first.json")
    files = sorted(folder.glob("[0-9]*.pdf"))
    middle = files[len(files) // 2]
    make_pdf(middle.with_name(f"{middle.stem}a.pdf"), [Sheet(A4)] * 3, name="Inserted")
    _build(out, folder, kept)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        _build(Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]) if len(sys.argv) > 4 else None)
    elif sys.argv[1:2] == ["--rebuild"]:
        _rebuild(*map(Path, sys.argv[2:5]))
    else:
        sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
