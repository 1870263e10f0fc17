"""Models are found by what they hold; what was hashed once is remembered, also by a run that was stopped."""

from pathlib import Path

import pytest

from comparison.evaluation.errors import Cancelled
from comparison.evaluation.job import Job, JobModel
from comparison.model_folders import locate
from comparison.weights import manifest
from tests.factories.tiny_models import independent, write

NAMES = ("one", "three", "two")


def test_a_stopped_run_need_not_hash_again(tmp_path: Path) -> None:
    root = tmp_path / "models"
    folders = {name: write(root / name, independent(seed)) for seed, name in enumerate(NAMES)}
    job = Job(
        title="Two models", reference="one", suspect="two", methods=("hashes",), seed=7,
        models={name: JobModel.of(manifest(folder)) for name, folder in folders.items()},
    )  # fmt: skip
    hashed: list[str] = []

    def stopped(done: int, total: int, what: str) -> None:
        assert total == len(NAMES)
        if done == 2:
            raise Cancelled("It was cancelled.")
        hashed.append(what)

    with pytest.raises(Cancelled):
        locate(job, root, tmp_path / "remembered.json", stopped)
    assert len(hashed) == 2
    found = locate(job, root, tmp_path / "remembered.json", lambda _done, _total, what: hashed.append(what))
    assert found == folders
    assert sorted(hashed) == [f"hashing {name}" for name in NAMES]
