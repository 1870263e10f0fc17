"""Records that claim what does not stand in them, or hold what cannot be kept; models registered twice."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Case
from comparison import actions, pipeline, signed
from comparison.evaluation.errors import RecordInvalid
from comparison.evaluation.measures import Measured
from comparison.models import Comparison, ComparisonJob, LogAnalysis, ModelArtefact, Run
from comparison.weights import manifest
from core.actor import Actor, machine
from core.errors import InvalidInput
from tests.factories.comparison_records import record
from tests.factories.log_records import a_log_record

pytestmark = pytest.mark.django_db
UNKEPT = ("NaN", "1e999", '"\\ud800"', '"a\\u0000b"')


def a_model(case: Case, by: Actor, folder: Path, name: str) -> ModelArtefact:
    return actions.register(by=by, case=case, vendor="V", name=name, manifest=manifest(folder))


@pytest.fixture
def pair(case: Case, actor: Actor, folders: dict[str, Path]) -> tuple[ModelArtefact, ModelArtefact]:
    return (
        a_model(case, actor, folders["ours"], "ours"),
        a_model(case, actor, folders["theirs"], "theirs"),
    )


def of_pair(pair: tuple[ModelArtefact, ModelArtefact], **run: Any) -> dict[str, Any]:
    """The record of a run on these two models, of which its manifest says this besides."""
    content: dict[str, Any] = json.loads(record({"match": Measured(0.9, -50.0, ())}, **run))
    for side, model in zip(("reference", "suspect"), pair, strict=True):
        content["result"]["manifest"]["models"][side]["manifest_sha256"] = model.manifest_sha256
    return content


def registered(by: Actor, reference: ModelArtefact, suspect: ModelArtefact) -> ComparisonJob:
    job = actions.set_up(by=by, case=reference.case, title="t", reference=reference, suspect=suspect)
    return actions.register_job(by=by, job=actions.change(by=by, job=job, title="t", methods=["hashes"]))


def run_of(by: Actor, job: ComparisonJob) -> Run:
    run = actions.ask_to_run(by=by, job=job)
    pipeline.run(run.pk, by=machine())
    run.refresh_from_db()
    return run


def test_a_record_without_its_job_answers_no_registered_one(
    case: Case, actor: Actor, pair: tuple[ModelArtefact, ModelArtefact], owner: Client
) -> None:
    job = registered(actor, *pair)
    forged = of_pair(pair, job={"sha256": job.sha256, "deviations": []})
    made = actions.import_answer(by=actor, case=case, content=json.dumps(forged).encode())
    assert signed.job_of(made) is None
    page = owner.get(f"/matters/{case.pk}/comparison/{made.pk}/").text
    assert "nothing was fixed beforehand" in page


@pytest.mark.parametrize("job", ["x", [1], {"deviations": 5}, {"sha256": ["a"]}])
def test_what_a_record_says_of_a_job_never_breaks_its_page(
    case: Case, actor: Actor, pair: tuple[ModelArtefact, ModelArtefact], owner: Client, job: object
) -> None:
    content = json.dumps(of_pair(pair, job=job)).encode()
    made = actions.import_record(by=actor, case=case, content=content)
    assert owner.get(f"/matters/{case.pk}/comparison/{made.pk}/").status_code == 200


@pytest.mark.parametrize("value", UNKEPT)
def test_a_record_with_what_cannot_be_kept_is_refused_in_its_form(
    case: Case, pair: tuple[ModelArtefact, ModelArtefact], owner: Client, value: str
) -> None:
    content = json.dumps(of_pair(pair, environment={"python": "@"})).replace('"@"', value).encode()
    sent = {"record": SimpleUploadedFile("comparison.json", content)}
    refused = owner.post(f"/matters/{case.pk}/comparison/import/", sent)
    assert (refused.status_code, "neither be kept nor shown" in refused.text) == (422, True)
    assert not Comparison.objects.exists()


@pytest.mark.parametrize("value", ["\ud800", "a\0b"])
def test_an_analysis_with_what_cannot_be_kept_is_refused_in_its_form(
    case: Case, owner: Client, value: str
) -> None:
    content = json.dumps(json.loads(a_log_record()) | {"title": value}).encode()
    sent = {"content": SimpleUploadedFile("logs.json", content)}
    refused = owner.post(f"/matters/{case.pk}/comparison/logs/import/", sent)
    assert (refused.status_code, "neither be kept nor shown" in refused.text) == (422, True)
    assert not LogAnalysis.objects.exists()


def test_a_manifest_with_half_a_character_is_refused_in_its_form(
    case: Case, owner: Client, folders: dict[str, Path]
) -> None:
    content = json.loads(manifest(folders["ours"]).text)
    content["config"]["note"] = "\ud800"
    file = SimpleUploadedFile("manifest.json", json.dumps(content).encode())
    form = {"vendor": "V", "name": "ours", "access": "weights", "manifest": file}
    refused = owner.post(f"/matters/{case.pk}/comparison/models/new/", form)
    assert (refused.status_code, "no character" in refused.text) == (422, True)


@pytest.mark.usefixtures("here")
def test_a_suspect_that_is_the_reference_byte_for_byte_is_compared(
    case: Case, actor: Actor, folders: dict[str, Path]
) -> None:
    ours, copy = (a_model(case, actor, folders["ours"], name) for name in ("ours", "copy"))
    run = run_of(actor, registered(actor, ours, copy))
    assert run.comparison is not None, run.message
    assert (run.comparison.reference, run.comparison.suspect) == (ours, copy)
    assert run.comparison.identical_share == 1.0


@pytest.mark.usefixtures("here")
def test_a_run_is_of_the_models_of_its_job_where_another_has_the_same_weights(
    case: Case, actor: Actor, pair: tuple[ModelArtefact, ModelArtefact], folders: dict[str, Path]
) -> None:
    again = a_model(case, actor, folders["theirs"], "theirs, as published")
    run = run_of(actor, registered(actor, pair[0], again))
    assert run.comparison is not None, run.message
    assert run.comparison.suspect == again


def test_a_copy_that_is_registered_once_is_asked_for(
    case: Case, actor: Actor, pair: tuple[ModelArtefact, ModelArtefact]
) -> None:
    content = json.dumps(of_pair((pair[0], pair[0]))).encode()
    with pytest.raises(InvalidInput, match="as a model of its own"):
        actions.import_record(by=actor, case=case, content=content)
    with pytest.raises(RecordInvalid, match="not JSON"):
        actions.import_record(by=actor, case=case, content=content[:-1])
