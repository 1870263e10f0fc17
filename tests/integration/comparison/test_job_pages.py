"""Setting up, registering, running and reading a comparison through pages and API; who may do which."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cases.models import Case, Membership
from comparison import actions, guide, pipeline, support
from comparison.models import ComparisonJob, ReferencePopulation, Run
from comparison.views import artefacts
from core.actor import Actor, machine
from evidence.actions import exhibits
from evidence.models import Exhibit
from tests.factories import a_member, a_user, an_exhibit
from tests.integration.comparison.registered_zoo import METHODS, Zoo, a_job

pytestmark = pytest.mark.django_db


def room(case: Case, rest: str = "") -> str:
    return f"/matters/{case.pk}/comparison/{rest}"


def drafted(zoo: Zoo, **changes: object) -> dict[str, Any]:
    fields = {"title": "Theirs", "methods": METHODS, "stratum": "same-data", "seed": 7}
    return {**fields, "population": zoo.population.pk, **changes}


@pytest.mark.usefixtures("here")
def test_the_main_path_from_setting_up_to_the_findings(owner: Client, case: Case, zoo: Zoo) -> None:
    sides = {"reference": zoo.models["ours"].pk, "suspect": zoo.models["theirs"].pk}
    answer = owner.post(room(case, "set-up/"), {"title": "Theirs", "question": "both", **sides}, follow=True)
    job = ComparisonJob.objects.get()
    page = room(case, f"set-up/{job.pk}/")
    assert answer.redirect_chain[-1][0] == page
    for words in ("Nothing has run yet", "What may be reached", "Bears on the question", "names no probe"):
        assert words in answer.text, words
    answer = owner.post(page, drafted(zoo), follow=True)
    assert "5 independent origins" in answer.text
    assert "likelihood ratios up to about" in answer.text
    answer = owner.post(f"{page}register/", follow=True)
    job.refresh_from_db()
    for words in (job.sha256, "It has not been run yet", "as it was when registered", "stranger-5", "Run it"):
        assert words in answer.text, words
    assert owner.get(f"{page}file/").content.decode() == job.content
    assert owner.post(page, drafted(zoo)).status_code == 409
    answer = owner.post(f"{page}run/", follow=True)
    assert "Waiting for the worker" in answer.text
    assert 'hx-trigger="every 1s"' in answer.text
    polled = owner.get(page, headers={"HX-Request": "true"})
    assert polled.text.strip().startswith('<div class="progress"')
    pipeline.run(job.run.pk, by=machine())
    assert owner.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    answer = owner.get(page)
    assert "Read the findings" in answer.text
    assert "after it was registered" in answer.text
    assert job.run.comparison_id is None
    job.run.refresh_from_db()
    findings = owner.get(room(case, f"{job.run.comparison_id}/"))
    assert "Registered job" in findings.text
    assert "before it ran" in findings.text
    assert "Done: read the findings" in owner.get(room(case)).text
    anew = owner.post(f"{page}anew/", follow=True)
    assert "It replaces" in anew.text
    assert "Set up anew as" in owner.get(page).text


def test_a_run_is_cancelled_and_a_stopped_one_says_what_to_do(
    owner: Client, case: Case, actor: Actor, zoo: Zoo
) -> None:
    job = actions.register_job(by=actor, job=a_job(case, actor, zoo))
    page = room(case, f"set-up/{job.pk}/")
    assert owner.post(f"{page}cancel/").status_code == 404
    owner.post(f"{page}run/")
    assert "What it had finished is kept" in owner.post(f"{page}cancel/", follow=True).text
    assert owner.post(f"{page}cancel/").status_code == 409
    owner.post(f"{page}run/")
    pipeline.run(Run.objects.get().pk, by=machine())
    answer = owner.get(page)
    assert "The run stopped" in answer.text
    assert "ASSIZE_MODELS" in answer.text
    assert "Run it again" in answer.text


def test_a_refused_draft_keeps_what_was_typed(owner: Client, case: Case, actor: Actor, zoo: Zoo) -> None:
    job = a_job(case, actor, zoo)
    page = room(case, f"set-up/{job.pk}/")
    answer = owner.post(page, drafted(zoo, title="", seed="x", methods=["hashes"]))
    assert answer.status_code == 422
    assert 'value="hashes" checked' in answer.text
    assert 'value="match" checked' not in answer.text
    owner.post(page, drafted(zoo, stratum=""))
    answer = owner.post(f"{page}register/")
    assert answer.status_code == 422
    assert "It is not registered" in answer.text
    assert "how like the suspect" in answer.text
    assert owner.get(f"{page}file/").status_code == 404
    same = {"title": "t", "reference": zoo.models["ours"].pk, "suspect": zoo.models["ours"].pk}
    assert "with itself" in owner.post(room(case, "set-up/"), {**same, "question": "both"}).text


def test_warnings_stand_before_registering(owner: Client, case: Case, actor: Actor, zoo: Zoo) -> None:
    job = a_job(case, actor, zoo)
    zoo.population.members.update(stratum="other-domain")
    answer = owner.get(room(case, f"set-up/{job.pk}/"))
    assert support.EMPTY in answer.text
    assert "two unrelated models of a narrow field reached 0.877" in answer.text
    assert "Not of the suspect’s kind" in owner.get(room(case, f"populations/{zoo.population.pk}/")).text


def test_methods_that_are_out_of_reach_are_named(owner: Client, case: Case, actor: Actor, zoo: Zoo) -> None:
    answers = actions.register(by=actor, case=case, vendor="V", name="Answers", access="text")
    job = actions.set_up(by=actor, case=case, title="t", reference=zoo.models["ours"], suspect=answers)
    text = owner.get(room(case, f"set-up/{job.pk}/")).text
    assert "methods not possible here" in text
    assert "Needs the weights of both models; of Answers there is less." in text


def test_without_the_worker_the_page_says_how_to_add_it(
    owner: Client, case: Case, actor: Actor, zoo: Zoo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guide, "find_spec", lambda _: None)
    for page in (room(case), room(case, f"set-up/{a_job(case, actor, zoo).pk}/")):
        assert "make setup WORKER=1" in owner.get(page).text


def test_a_population_is_made_and_filled_through_pages(
    owner: Client, case: Case, actor: Actor, zoo: Zoo
) -> None:
    assert "relation to each other is known" in owner.get(room(case, "populations/new/")).text
    answer = owner.post(room(case, "populations/new/"), {"name": "Strangers", "note": "n"}, follow=True)
    population = ReferencePopulation.objects.get(name="Strangers")
    page = room(case, f"populations/{population.pk}/")
    assert "No model belongs to it yet" in answer.text
    chosen = [zoo.models[f"stranger-{n}"].pk for n in (1, 2)]
    answer = owner.post(page, {"artefacts": chosen, "stratum": "same-domain"}, follow=True)
    assert "2 added to Strangers" in answer.text
    assert set(population.members.values_list("lineage", flat=True)) == {"stranger-1", "stranger-2"}
    assert owner.post(page, {"artefacts": chosen, "stratum": "same-domain"}).status_code == 422
    member = population.members.all()[0]
    assert "is taken out" in owner.post(f"{page}members/{member.pk}/remove/", follow=True).text
    assert owner.post(f"{page}members/{member.pk}/remove/").status_code == 404
    assert owner.post(room(case, "populations/new/"), {"name": "Strangers"}).status_code == 422


def pages(case: Case, zoo: Zoo, job: ComparisonJob) -> list[str]:
    return [
        room(case, f"set-up/{job.pk}/"), room(case, f"set-up/{job.pk}/file/"),
        room(case, f"populations/{zoo.population.pk}/"),
        f"/api/matters/{case.pk}/populations/", f"/api/matters/{case.pk}/populations/{zoo.population.pk}/",
        f"/api/matters/{case.pk}/comparison-jobs/", f"/api/matters/{case.pk}/comparison-jobs/{job.pk}/",
    ]  # fmt: skip


def writes(case: Case, zoo: Zoo, job: ComparisonJob) -> list[str]:
    one, population = f"set-up/{job.pk}/", f"populations/{zoo.population.pk}/"
    member = zoo.population.members.all()[0].pk
    api = f"/api/matters/{case.pk}/"
    return [
        *(room(case, f"{one}{act}") for act in ("", "register/", "run/", "cancel/", "anew/")),
        room(case, "set-up/"), room(case, "populations/new/"), room(case, population),
        room(case, f"{population}members/{member}/remove/"),
        f"{api}populations/", f"{api}{population}members/", f"{api}comparison-jobs/",
        f"{api}comparison-jobs/{job.pk}/registration/", f"{api}comparison-jobs/{job.pk}/run/",
    ]  # fmt: skip


def test_strangers_find_nothing(client: Client, case: Case, actor: Actor, zoo: Zoo) -> None:
    job = actions.register_job(by=actor, job=a_job(case, actor, zoo))
    client.force_login(a_user("stranger@example.org"))
    assert {client.get(page).status_code for page in pages(case, zoo, job)} == {404}
    assert {client.post(page).status_code for page in writes(case, zoo, job)} == {404}


@pytest.mark.parametrize("role", [Membership.Role.READER, Membership.Role.EXPERT])
def test_readers_and_experts_read_and_cannot_write(
    client: Client, case: Case, actor: Actor, zoo: Zoo, role: str
) -> None:
    job = actions.register_job(by=actor, job=a_job(case, actor, zoo))
    client.force_login(a_member(case, role=role))
    assert {client.get(page).status_code for page in pages(case, zoo, job)} == {200}
    assert {client.post(page).status_code for page in writes(case, zoo, job)} == {403}
    for words in ("Run it", "Set it up anew"):
        assert words not in client.get(room(case, f"set-up/{job.pk}/")).text


def test_an_expert_is_not_told_of_a_privileged_probe(
    client: Client, case: Case, actor: Actor, zoo: Zoo
) -> None:
    probe = an_exhibit(case, name="counsels-questions.txt")
    exhibits.describe(
        by=actor, exhibit=probe, title="Counsel’s questions", privilege=Exhibit.Privilege.LITIGATION
    )
    job = a_job(case, actor, zoo)
    actions.change(by=actor, job=job, title="t", methods=["hashes"], probe=probe)
    job = actions.register_job(by=actor, job=job)
    page = room(case, f"set-up/{job.pk}/")
    client.force_login(a_member(case))
    assert "Counsel’s questions" in client.get(page).text
    client.force_login(a_member(case, role=Membership.Role.EXPERT, email="expert@example.org"))
    for address in (page, f"{page}file/"):
        told = client.get(address).content.decode()
        assert "Counsel" not in told
        assert "counsel" not in told


def test_the_api_sets_up_registers_and_runs(owner: Client, case: Case, zoo: Zoo) -> None:
    def ask(method: str, path: str, body: object = None) -> Any:
        send = getattr(owner, method)
        return send(f"/api/matters/{case.pk}/{path}", json.dumps(body), content_type="application/json")

    made = ask("post", "populations/", {"name": "By the API"})
    assert made.status_code == 201, made.text
    members = f"populations/{made.json()['id']}/members/"
    member = {"artefact": str(zoo.models["stranger-1"].pk), "lineage": "one", "stratum": "same-data"}
    added = ask("post", members, member)
    assert added.status_code == 201, added.text
    assert ask("post", members, member).status_code == 409
    assert ask("post", members, {**member, "artefact": str(uuid4())}).status_code == 404
    assert ask("delete", f"{members}{added.json()['id']}/").status_code == 204
    sides = {side: str(zoo.models[name].pk) for side, name in (("reference", "ours"), ("suspect", "theirs"))}
    job = ask("post", "comparison-jobs/", {"title": "By the API", **sides})
    assert job.status_code == 201, job.text
    one = f"comparison-jobs/{job.json()['id']}/"
    assert ask("post", f"{one}run/").status_code == 409
    changed = ask(
        "patch", one, {"methods": ["hashes"], "population": str(zoo.population.pk), "stratum": "same-data"}
    )
    assert changed.json()["methods"] == ["hashes"]
    assert ask("patch", one, {"methods": ["telepathy"]}).status_code == 400
    assert ask("post", f"{one}registration/").json()["sha256"]
    assert ask("patch", one, {"title": "x"}).status_code == 409
    assert ask("delete", f"{one}run/").status_code == 404
    run = ask("post", f"{one}run/")
    assert (run.status_code, run.json()["state"]) == (202, "waiting")
    assert ask("delete", f"{one}run/").json()["state"] == "cancelled"
    assert owner.get(f"/api/matters/{case.pk}/{one}").json()["run"]["state"] == "cancelled"
    assert owner.get(f"/api/matters/{case.pk}/comparison-jobs/").json()["count"] == 1


def test_more_than_a_page_of_comparisons_set_up_can_be_reached(
    owner: Client, case: Case, actor: Actor, zoo: Zoo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artefacts, "PAGE", 2)
    for number in range(3):
        a_job(case, actor, zoo, f"Draft {number}")
    first, second = (owner.get(room(case, rest)).text for rest in ("", "?jobs=2"))
    assert 'href="?jobs=2#jobs-head"' in first
    assert ("Draft 2" in first, "Draft 0" in first, "Draft 0" in second) == (True, False, True)


@pytest.mark.usefixtures("here")
def test_a_run_that_ended_on_another_day_names_the_day(
    owner: Client, case: Case, actor: Actor, zoo: Zoo
) -> None:
    job = actions.register_job(by=actor, job=a_job(case, actor, zoo))
    run = actions.ask_to_run(by=actor, job=job)
    pipeline.run(run.pk, by=machine())
    Run.objects.update(
        begun_at=datetime(2026, 11, 2, 9, tzinfo=UTC), ended_at=datetime(2026, 11, 4, 9, tzinfo=UTC)
    )
    assert "ended 4 Nov 2026, 09:00:00." in owner.get(room(case, f"set-up/{job.pk}/")).text
