"""Comparisons set up, registered before they run, and run once."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from cases.models import Case
from comparison import actions, guide, model_folders, pipeline
from comparison.actions import running
from comparison.evaluation.job import read_job
from comparison.models import Comparison, ComparisonJob, Run
from core.actor import Actor, machine
from core.errors import Conflict, InvalidInput
from ledger import verification
from ledger.models import Event
from tests.factories import a_case, a_user, an_exhibit
from tests.integration.comparison.registered_zoo import METHODS, Zoo, a_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(case: Case, actor: Actor, zoo: Zoo) -> ComparisonJob:
    return actions.register_job(by=actor, job=a_job(case, actor, zoo))


def run_it(actor: Actor, job: ComparisonJob) -> Run:
    run = actions.ask_to_run(by=actor, job=job)
    pipeline.run(run.pk, by=machine())
    run.refresh_from_db()
    return run


def proved() -> bool:
    return not [problem for name in ("ledger chains", "rows") for problem in verification.proofs()[name]()]


def test_registering_fixes_hashes_and_tells_the_ledger(job: ComparisonJob, zoo: Zoo) -> None:
    fixed = read_job(job.content.encode())
    assert fixed.sha256 == job.sha256
    assert fixed.models[fixed.suspect].manifest_sha256 == zoo.models["theirs"].manifest_sha256
    assert {one.model: one.derived_from for one in fixed.population}["child-1"] == "reference"
    assert (fixed.methods, fixed.stratum, fixed.seed) == (METHODS, "same-data", 7)
    event = Event.objects.get(verb="registered the comparison")
    assert event.read_facts["sha256"] == job.sha256
    assert proved()


def test_a_registered_job_is_never_changed(case: Case, actor: Actor, job: ComparisonJob, zoo: Zoo) -> None:
    with pytest.raises(Conflict, match="never changed"):
        actions.change(by=actor, job=job, title="x", methods=["hashes"])
    with pytest.raises(Conflict, match="never changed"):
        actions.register_job(by=actor, job=job)
    for act in (
        lambda: ComparisonJob.objects.filter(pk=job.pk).update(title="x"),
        lambda: ComparisonJob.objects.filter(pk=job.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    draft = a_job(case, actor, zoo, "Draft")
    ComparisonJob.objects.filter(pk=draft.pk).update(title="y")
    with pytest.raises(Conflict, match="registered already"):
        actions.register_job(by=actor, job=a_job(case, actor, zoo))


def test_setting_up_anew_names_the_earlier_one(actor: Actor, job: ComparisonJob) -> None:
    again = actions.set_up_anew(by=actor, job=job)
    assert (again.replaces, again.registered, again.methods) == (job, False, list(METHODS))
    assert (again.population, again.stratum) == (job.population, "same-data")
    with pytest.raises(Conflict, match="draft"):
        actions.set_up_anew(by=actor, job=again)


def test_what_cannot_be_set_up_is_refused(case: Case, actor: Actor, zoo: Zoo) -> None:
    ours, theirs = zoo.models["ours"], zoo.models["theirs"]
    elsewhere = a_case(a_user("o@example.org"), claim_number="IL-2026-000124")
    for wrong, words in (
        ({"suspect": ours}, "with itself"),
        ({"title": " "}, "needs a title"),
        ({"question": "why"}, "no such question"),
        ({"case": elsewhere}, "different matters"),
    ):
        given: dict[str, Any] = {"case": case, "title": "t", "reference": ours, "suspect": theirs, **wrong}
        with pytest.raises(InvalidInput, match=words):
            actions.set_up(by=actor, **given)
    job = a_job(case, actor, zoo)
    for change, words in (
        ({"methods": ["telepathy"]}, "not possible"),
        ({"stratum": "near"}, "no stratum"),
        ({"probe": an_exhibit(elsewhere)}, "another matter"),
    ):
        changed: dict[str, Any] = {"title": "t", "methods": ["hashes"], **change}
        with pytest.raises(InvalidInput, match=words):
            actions.change(by=actor, job=job, **changed)
    for methods, stratum, words in (([], "same-data", "No method"), (["hashes"], "", "how like the suspect")):
        actions.change(
            by=actor, job=job, title="t", methods=methods, population=zoo.population, stratum=stratum
        )
        with pytest.raises(InvalidInput, match=words):
            actions.register_job(by=actor, job=job)
    with pytest.raises(Conflict, match="Only a registered"):
        actions.ask_to_run(by=actor, job=job)


def test_access_says_which_methods_are_possible(case: Case, actor: Actor, zoo: Zoo) -> None:
    answers = actions.register(by=actor, case=case, vendor="V", name="Answers", access="text")
    job = actions.set_up(
        by=actor, case=case, title="t", reference=zoo.models["ours"], suspect=answers, question="weights"
    )
    offers = {offer.method.name: offer for offer in guide.offers(job)}
    assert offers["match"].why_not == "Needs the weights of both models; of Answers there is less."
    assert offers["match"].bears
    assert "match" not in job.methods


def test_a_method_without_its_probe_is_not_registered(case: Case, actor: Actor, zoo: Zoo) -> None:
    job = a_job(case, actor, zoo)
    assert "cka" not in guide.proposed(job)
    for method, words in (("cka", "names no probe"), ("logged-output", "names no logs")):
        actions.change(by=actor, job=job, title="t", methods=[method])
        with pytest.raises(InvalidInput, match=words):
            actions.register_job(by=actor, job=job)
    probe = an_exhibit(case, name="probe.txt")
    job = actions.change(by=actor, job=job, title="t", methods=["cka"], probe=probe)
    assert "cka" in guide.proposed(job)
    assert actions.register_job(by=actor, job=job).registered


def test_probe_and_logs_stand_in_the_job_by_their_hash(case: Case, actor: Actor, zoo: Zoo) -> None:
    job = a_job(case, actor, zoo)
    probe, served = an_exhibit(case, name="probe.txt"), an_exhibit(case, b"{}\n", name="served.jsonl")
    actions.change(by=actor, job=job, title="t", methods=["hashes"], probe=probe, served=served)
    content = tomllib.loads(actions.register_job(by=actor, job=job).content)
    assert content["probe"] == {"text": "probe.txt"}
    assert content["logs"] == {"served": "served.jsonl"}
    assert content["files"] == {"probe.txt": probe.sha256, "served.jsonl": served.sha256}


@pytest.mark.usefixtures("here")
def test_a_run_keeps_one_comparison(case: Case, actor: Actor, job: ComparisonJob) -> None:
    run = run_it(actor, job)
    assert run.state == Run.State.DONE, run.message
    assert run.comparison is not None
    found = {finding["method"]: finding for finding in run.comparison.findings}
    assert list(found) == list(METHODS)
    assert found["match"]["p"] < 1e-12
    assert found["huref"]["lr"] > 1
    assert job.registered_at is not None
    assert run.begun_at is not None
    assert job.registered_at <= run.begun_at <= run.comparison.made_at
    pipeline.run(run.pk, by=machine())
    assert Comparison.objects.count() == 1
    with pytest.raises(Conflict):
        actions.ask_to_run(by=actor, job=job)
    with pytest.raises(Conflict):
        running.keep_result(by=actor, run=run, content=b"{}")
    assert proved()


def test_without_a_folder_of_models_it_stops_and_says_what_to_do(actor: Actor, job: ComparisonJob) -> None:
    run = run_it(actor, job)
    assert run.state == Run.State.FAILED
    assert "ASSIZE_MODELS" in run.message
    assert Event.objects.filter(verb="could not finish").exists()


def test_a_model_that_is_not_there_is_named(
    actor: Actor, job: ComparisonJob, settings: Settings, tmp_path: Path
) -> None:
    settings.MODELS_ROOT = tmp_path
    run = run_it(actor, job)
    assert run.state == Run.State.FAILED
    assert "theirs" in run.message


@pytest.mark.usefixtures("here")
def test_a_cancelled_run_is_taken_up_again(
    actor: Actor, job: ComparisonJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "PROGRESS_EVERY", 0.0)
    run = actions.ask_to_run(by=actor, job=job)
    told: list[str] = []
    locate = model_folders.locate

    def cancelled_meanwhile(*args: Any) -> dict[str, Path]:
        found = locate(*args)
        actions.cancel(by=actor, run=run)
        told.append("cancelled")
        return found

    monkeypatch.setattr(pipeline, "locate", cancelled_meanwhile)
    pipeline.run(run.pk, by=machine())
    run.refresh_from_db()
    assert (run.state, run.comparison, told) == (Run.State.CANCELLED, None, ["cancelled"])
    monkeypatch.setattr(pipeline, "locate", locate)
    assert run_it(actor, job).state == Run.State.DONE


@pytest.mark.usefixtures("here")
def test_a_run_of_another_machine_is_left_until_it_is_silent(actor: Actor, job: ComparisonJob) -> None:
    run = actions.ask_to_run(by=actor, job=job)
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING, machine="elsewhere")
    pipeline.run(run.pk, by=machine())
    run.refresh_from_db()
    assert run.state == Run.State.RUNNING
    assert pipeline.unfinished() == [run.pk]
    Run.objects.filter(pk=run.pk).update(changed_at=run.changed_at - 2 * pipeline.LOST_AFTER)
    pipeline.run(run.pk, by=machine())
    run.refresh_from_db()
    assert run.state == Run.State.DONE
