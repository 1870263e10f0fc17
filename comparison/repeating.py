"""A comparison repeated from its record: whatever does not come out as it stands there is named."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose, log10
from pathlib import Path
from typing import Any

from comparison import signing
from comparison.evaluation import compare
from comparison.evaluation.errors import RecordInvalid
from comparison.evaluation.job import Job
from comparison.evaluation.progress import Progress
from comparison.evaluation.record import FILE, as_json, read_record
from comparison.evaluation.staging import find_files, folders_below, found_below, stage
from comparison.weights.errors import WeightsMissing
from core.errors import NotFound

TOLERANCE = 1e-5
"""Relative, of figures computed in single precision, whose order of summing depends on the machine."""
NOTHING = 1e-9
"""Figures below it are the same as none."""
SMALL = ("p", "holm")
"""P-values, of which the logarithm is compared."""
SAID = ("deviations", "reason", "files")
"""What is said of figures, which are compared themselves."""
FIGURE = re.compile(r"[0-9][-+0-9.,e%]*")
"""A figure within a caveat: the sentences are compared, and figures where they stand alone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What did not come out as it was kept; ``path`` says where it stands in the record."""

    path: str
    kept: Any
    now: Any

    @property
    def words(self) -> str:
        """The difference in a line."""
        return f"{self.path}: {_told(self.kept)} in the record, {_told(self.now)} now"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A comparison and its repetition.

    Args:
        job_sha256: of what was repeated.
        compared: values that were compared.
        differences: those that differ.
    """

    job_sha256: str
    compared: int
    differences: tuple[Difference, ...]

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain JSON values."""
        return {
            "same": not self.differences,
            "job_sha256": self.job_sha256,
            "tolerance": TOLERANCE,
            "compared": self.compared,
            "differences": [{"what": one.path, "kept": one.kept, "now": one.now} for one in self.differences],
        }


def repeat(kept: Path, models: Path, progress: Progress | None = None) -> Repeated:
    """The job of a record has run again, from the models as they lie here, and its figures are compared.

    A model that no folder holds by its hash is replaced by the folder of its name, which is a difference.
    No value kept from earlier runs is used.

    Args:
        kept: the record, or the folder that holds it; files that the job names stand beside it or in
            ``models``.
        models: folder below which the models lie.
        progress: told of each piece of the work.

    Raises:
        NotFound: there is no record.
        RecordInvalid: it is none, or was made before records held their job.
        WeightsMissing, JobInvalid, NotOfTheJob: a model or a file of the job is not there.
    """
    file = kept / FILE if kept.is_dir() else kept
    if not file.is_file():
        raise NotFound(f"There is no {file}.", remedy=f"Name the folder of a result, or its {FILE}.")
    before = as_json(file.read_bytes())
    job = read_record(before).job
    if job is None or not isinstance(before, dict):
        raise RecordInvalid(
            "The record does not say what was to be done: it was made before records did.",
            remedy="Run the comparison from its specification, and compare the two results.",
        )
    found, others = _found(job, models)
    with tempfile.TemporaryDirectory(prefix="repeat-") as name:
        folder = Path(name)
        spec = stage(job, found, find_files(job, file.parent, models), folder / "job")
        compare(spec, folder / "out", progress=progress, job=job)
        after = json.loads((folder / "out" / FILE).read_bytes())
    pairs = list(_pairs(_figures(before), _figures(after), ()))
    differing = [
        Difference(", ".join(path), one, two) for path, one, two in pairs if not _same(path, one, two)
    ]
    return Repeated(job.sha256, len(pairs), (*_of_signature(file), *others, *differing))


def _found(job: Job, root: Path) -> tuple[dict[str, Path], list[Difference]]:
    """Where each model lies, and those that are there only by name."""
    found = found_below(job, root, {})
    others = []
    for name, model in job.models.items():
        if name in found:
            continue
        named = (path for path in folders_below(root) if path.name in (model.folder, name))
        path = next(named, None)
        if path is None:
            raise WeightsMissing(
                f"No folder below {root} holds {name}, neither by its hash nor by its name.",
                remedy="Name the folder that holds the models with --models.",
            )
        found[name] = path
        others.append(Difference(f"model {name}", model.manifest_sha256, f"another model in {path}"))
    return found, others


def _of_signature(file: Path) -> list[Difference]:
    """A difference where a signature beside the record does not hold; whose it is, is not asked here."""
    outcome = signing.check_file(file, {}).outcome
    broken = outcome in (signing.Outcome.ALTERED, signing.Outcome.UNREADABLE)
    return [Difference("signature", "signed", outcome.value)] if broken else []


def _figures(record: Mapping[str, Any]) -> dict[str, Any]:
    """What of a record is compared, lists of things turned into things by name."""
    result = record["result"]
    return {
        "finding": {one["method"]: _with_sentences(one) for one in result["findings"]},
        "proposition": {one["id"]: one for one in result["propositions"]},
        "manifest": result["manifest"],
        "measured": {one["method"]: _with_sentences(one) for one in record["measured"]},
        "population": {f"{one['model']} by {one['method']}": one for one in record["population"]},
    }


def _with_sentences(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry, its caveats without their figures."""
    return {**entry, "caveats": sorted({FIGURE.sub("…", str(text)) for text in entry.get("caveats", ())})}


def _pairs(one: Any, other: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every value of either side with its place; None where a side has none."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in (*one, *(key for key in other if key not in one)):
            if key not in SAID:
                yield from _pairs(one.get(key), other.get(key), (*path, str(key)))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True), start=1):
            yield from _pairs(left, right, (*path, str(number)))
    else:
        yield path, one, other


def _same(path: tuple[str, ...], one: Any, other: Any) -> bool:
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    if not numbers:
        return bool(one == other)
    if path[-1] in SMALL and min(one, other) > 0:
        one, other = log10(one), log10(other)
    return isclose(one, other, rel_tol=TOLERANCE, abs_tol=NOTHING)


def _told(value: Any) -> str:
    text = "none" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:99]}…"
