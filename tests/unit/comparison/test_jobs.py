"""A comparison is fixed without paths, and runs as fixed wherever its models lie."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.evaluation import compare
from comparison.evaluation.errors import JobInvalid, NotOfTheJob, RecordInvalid
from comparison.evaluation.job import SHA256, Job, JobMember, JobModel, read_job
from comparison.evaluation.record import read_record
from comparison.evaluation.staging import find_files, find_models, freeze, stage
from comparison.statistics.calibration.population import STRATA
from comparison.weights import manifest
from comparison.weights.errors import WeightsMissing
from core.errors import AssizeError, InvalidInput
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write

METHODS = ["hashes", "huref", "raw-norm"]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven models, a probe and a specification of all of them."""
    folder, parent = tmp_path_factory.mktemp("models"), zoo.independent(0)
    made = {"ours": parent, "theirs": zoo.trained_on(parent), "child": zoo.trained_on(parent, 3)}
    made |= {f"stranger-{n}": zoo.independent(n) for n in range(1, 4)}
    made["grandchild"] = zoo.trained_on(made["stranger-1"], 4)
    for name, tensors in made.items():
        write(folder / name, tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    parents = {"child": "reference", "grandchild": "stranger-1"}
    population = "".join(
        f'[[population]]\nmodel = "{name}"\nlineage = "l-{name}"\nstratum = "same-data"\n'
        + (f'derived_from = "{parents[name]}"\n' if name in parents else "")
        for name in list(made)[2:]
    )
    np.save(folder / "probe.npy", np.arange(12).reshape(3, 4))
    (folder / "spec.toml").write_text(
        f'[comparison]\ntitle = "Ours “and” theirs"\nreference = "ours"\nsuspect = "theirs"\nseed = 7\n'
        f'methods = {json.dumps(METHODS)}\nstratum = "same-data"\n[probe]\ntokens = "probe.npy"\n{population}'
    )
    return folder


@pytest.fixture(scope="module")
def job(models: Path) -> Job:
    return freeze(models / "spec.toml")


def without_files(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "files"}


def test_a_job_reads_back_as_it_was_written_and_holds_no_path(job: Job, models: Path) -> None:
    assert read_job(job.text.encode()) == job
    assert read_job(job.text.encode()).sha256 == job.sha256
    assert str(models) not in job.text
    assert job.models["theirs"].manifest_sha256 == manifest(models / "theirs").sha256
    assert [one.derived_from for one in job.population if one.derived_from] == ["reference", "stranger-1"]
    assert not job.deviations()
    elsewhere = replace(job, versions={**job.versions, "numpy": "1.0"})
    assert elsewhere.deviations()[0].startswith("numpy: 1.0 when the job was fixed, ")
    assert elsewhere.sha256 != job.sha256


def test_a_job_gives_the_same_answer_where_folders_bear_other_names(
    job: Job, models: Path, tmp_path: Path
) -> None:
    """The manifest's hash covers the folder's name, which is put back."""
    moved = tmp_path / "elsewhere" / "deep"
    for name in job.models:
        shutil.copytree(models / name, moved / f"x-{name}")
    shutil.copy(models / "probe.npy", tmp_path)
    found = find_models(job, tmp_path, {"theirs": moved / "x-theirs"})
    spec = stage(job, found, find_files(job, tmp_path), tmp_path / "stage")
    there = compare(spec, tmp_path / "there")
    here = compare(models / "spec.toml", tmp_path / "here")
    assert without_files(there) == without_files(here)
    assert there["manifest"]["models"]["suspect"]["manifest_sha256"] == job.models["theirs"].manifest_sha256
    for name in ("population.json", "comparison.json"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_an_altered_model_is_missed_by_name(job: Job, models: Path, tmp_path: Path) -> None:
    for name in job.models:
        (tmp_path / name).symlink_to(models / name)
    (tmp_path / "theirs").unlink()
    weights = shutil.copytree(models / "theirs", tmp_path / "theirs") / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(WeightsMissing, match="holds theirs: no manifest there has its hash"):
        find_models(job, tmp_path)
    with pytest.raises(NotOfTheJob, match="does not hold the model that the job calls theirs"):
        find_models(job, tmp_path, {"theirs": tmp_path / "theirs"})
    with pytest.raises(JobInvalid, match="has no model others"):
        find_models(job, tmp_path, {"others": tmp_path / "theirs"})


def test_an_altered_probe_is_refused(job: Job, models: Path, tmp_path: Path) -> None:
    with pytest.raises(JobInvalid, match=r"probe\.npy is not in"):
        find_files(job, tmp_path)
    np.save(tmp_path / "probe.npy", np.arange(12).reshape(4, 3))
    with pytest.raises(NotOfTheJob, match="SHA-256 is another"):
        find_files(job, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("assize-comparison-job-1", "assize-comparison-job-9", "not a job of the form"),
        ('suspect = "theirs"', 'suspect = "others"', "'others' is not among the models"),
        ('tokens = "probe.npy"', 'tokens = "../probe.npy"', "not among the files of the job"),
        ('folder = "theirs"', 'folder = "../theirs"', "not a plain name"),
        ("seed = 7", "seed = -1", "seed is not a whole number"),
        ("seed = 7", "seed = 7\nhaste = true", "lacks a key, or has one that is not known"),
        ('lineage = "l-child"\n', "", "lacks a key"),
        ('lineage = "l-child"', 'lineage = " "', "is empty"),
        ('stratum = "same-data"\n\n[probe]', 'stratum = "near"\n\n[probe]', "no stratum 'near'"),
        ("[probe]", "[haste]", "unknown table haste"),
        ('methods = ["hashes"', 'methods = ["telepathy"', "telepathy: not known"),
        ("[comparison]", "[[comparison]]", "is missing, or is not a table"),
        ("content_sha256 = \"", "content_sha256 = \"x", "is not a SHA-256"),
        ("[comparison]", "[comparison", "not valid TOML"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(job: Job, old: str, new: str, words: str) -> None:
    assert old in job.text
    with pytest.raises(AssizeError, match=words):
        read_job(job.text.replace(old, new, 1).encode())


NAMES = st.text("aZ0 \"'\\\n\t\x01\x7fé中=[]#", max_size=8).map(lambda text: f"t{text}")
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
MODELS = st.builds(JobModel, st.just("model"), HASHES, HASHES)
PLAIN = st.text("aZ09 ._-äø'\"", max_size=8).map(lambda text: f"m{text}")


@given(
    names=st.lists(PLAIN, min_size=2, max_size=6, unique=True),
    title=NAMES,
    seed=st.integers(0, 2**63 - 1),
    stratum=st.none() | st.sampled_from(STRATA),
    models=st.lists(MODELS, min_size=6, max_size=6),
    versions=st.dictionaries(NAMES, NAMES, max_size=3),
)
def test_any_job_reads_back(
    names: list[str],
    title: str,
    seed: int,
    stratum: str | None,
    models: list[JobModel],
    versions: dict[str, str],
) -> None:
    members = tuple(JobMember(name, f"l {name}", STRATA[0], names[0]) for name in names[2:])
    job = Job(
        title, names[0], names[1], ("hashes",), seed, dict(zip(names, models, strict=False)), stratum,
        members, {"probe": {"tokens": "a b.npy", "limit": 3}}, {"a b.npy": "0" * 64}, versions,
    )  # fmt: skip
    assert read_job(job.text.encode()) == job
    assert SHA256.fullmatch(job.sha256)


@pytest.fixture(scope="module")
def record(models: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run that nobody fixed beforehand leaves; it fixes itself."""
    out = tmp_path_factory.mktemp("record")
    compare(models / "spec.toml", out)
    read: dict[str, Any] = json.loads((out / "comparison.json").read_text())
    return read


def test_a_record_holds_the_job_that_it_answers(job: Job, record: dict[str, Any]) -> None:
    found = read_record(record)
    assert found.job == job
    assert found.provenance["job"] == {"sha256": job.sha256, "deviations": []}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"seed": 8}, "seed, hash"),
        ({"stratum": None}, "stratum, hash"),
        ({"methods": ("hashes", "huref")}, "methods, hash"),
        ({"suspect": "child"}, "suspect, hash"),
        ({"reference": "child"}, "reference, hash"),
        ({"population": ()}, "population, hash"),
        ({"title": "Another"}, ": hash"),
    ],
)
def test_the_answer_to_another_job_is_refused(
    job: Job, record: dict[str, Any], changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(RecordInvalid, match=f"not the answer to the job that stands in it.*{words}"):
        read_record({**record, "job": replace(job, **changed).text})


def test_a_job_written_another_way_is_refused(job: Job, record: dict[str, Any]) -> None:
    for text, words in (
        (f"{job.text}\n", "not as it was written"),
        (3, "is no text"),
        ("x", "not valid TOML"),
    ):
        with pytest.raises(InvalidInput, match=words):
            read_record({**record, "job": text})
