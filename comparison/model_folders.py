"""Where on this machine the models of a job lie: found by their content, which is remembered."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comparison.evaluation.job import Job
from comparison.evaluation.progress import Progress
from comparison.evaluation.staging import find_models, folders_below
from comparison.weights import manifest
from core.errors import AssizeError, Unavailable

NO_FOLDER = "No folder of models is set on this machine, so no comparison can run here."
SET_IT = "Whoever keeps the worker's machine sets ASSIZE_MODELS to the folder that holds the models."


def locate(
    job: Job, root: Path | None, remembered: Path, progress: Progress | None = None
) -> dict[str, Path]:
    """The folder of each model of the job, each found by the hash of its manifest.

    Args:
        job: the job.
        root: the folder below which models lie.
        remembered: file of the contents of folders met before, by the size and time of their files.
        progress: told before each folder that must be read, which may take minutes.

    Raises:
        Cancelled: whoever watches has stopped it; what was read until then is remembered.
        Unavailable: there is no such folder.
        WeightsMissing: a model is in none of its folders.
    """
    if root is None or not root.is_dir():
        raise Unavailable(NO_FOLDER, remedy=SET_IT)
    contents = _contents(root, remembered, progress)
    named = {
        name: path
        for name, model in job.models.items()
        if (path := contents.get(model.content_sha256)) is not None
    }
    return find_models(job, root, named)


def _contents(root: Path, remembered: Path, progress: Progress | None) -> dict[str, Path]:
    """Folders by what they hold; only those that changed since are read again."""
    before, now = _read(remembered), {}
    paths = list(folders_below(root))
    for at, path in enumerate(paths):
        stamp = [[file.name, file.stat().st_size, file.stat().st_mtime_ns] for file in _files(path)]
        known = before.get(str(path))
        if known and known["stamp"] == stamp:
            now[str(path)] = known
            continue
        if progress:
            progress(at, len(paths), f"hashing {path.name}")
        if sha256 := _content(path):
            now[str(path)] = {"stamp": stamp, "content_sha256": sha256}
            _write(remembered, before | now)
    if now != before:
        _write(remembered, now)
    return {known["content_sha256"]: Path(path) for path, known in now.items()}


def _files(path: Path) -> Iterator[Path]:
    return (file for file in sorted(path.iterdir()) if file.is_file())


def _content(path: Path) -> str:
    """What the folder's model is; empty where it holds none that can be read."""
    try:
        return manifest(path).content_sha256
    except AssizeError:
        return ""


def _write(remembered: Path, contents: dict[str, Any]) -> None:
    part = remembered.with_suffix(".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(json.dumps(contents))
    part.replace(remembered)


def _read(remembered: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(remembered.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
