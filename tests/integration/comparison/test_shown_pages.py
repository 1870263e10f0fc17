"""What models are shown, through the pages and the API; who may choose and see which exhibit."""

import json
from typing import Any

import pytest
from django.test import Client

from cases.models import Case, Membership
from comparison import actions
from comparison.models import ComparisonJob
from comparison.shown import EXHIBITS
from core.actor import Actor
from evidence.actions import exhibits as evidence
from evidence.models import Exhibit
from tests.factories import a_case, a_member, a_user, an_exhibit, signed_in
from tests.integration.comparison.registered_zoo import Zoo, a_job

pytestmark = pytest.mark.django_db
SERVICE = "How the service answered"
OTHERS = "Order of training, texts by authors, length of the probe"


@pytest.fixture
def draft(case: Case, actor: Actor, zoo: Zoo) -> ComparisonJob:
    return a_job(case, actor, zoo)


def page(job: ComparisonJob, rest: str = "") -> str:
    return f"/matters/{job.case_id}/comparison/set-up/{job.pk}/{rest}"


def typed(job: ComparisonJob, **shown: object) -> dict[str, Any]:
    return {"title": "t", "methods": ["hashes"], "stratum": "", "seed": 7, **shown}


def is_open(text: str, heading: str) -> bool:
    return f'<details class="behind more-fields" open><summary>{heading}</summary>' in text


def api(client: Client, job: ComparisonJob, body: object = None) -> Any:
    address = f"/api/matters/{job.case_id}/comparison-jobs/{job.pk}/"
    return client.patch(address, json.dumps(body), content_type="application/json")


def test_what_few_need_is_folded_away_until_it_is_used(owner: Client, draft: ComparisonJob) -> None:
    text = owner.get(page(draft)).text
    assert text.count('<details class="behind more-fields">') == 2
    for words in ("Left empty: 1.", "Left empty: 19.", "Left empty: 256.", "Left empty: as long as the"):
        assert words in text
    served = an_exhibit(draft.case, name="served.jsonl")
    answer = owner.post(page(draft), typed(draft, served=served.pk, temperature="0.7"), follow=True)
    assert (is_open(answer.text, SERVICE), is_open(answer.text, OTHERS)) == (True, False)
    assert 'value="0.7"' in answer.text
    draft.refresh_from_db()
    assert (draft.temperature, draft.top_p, draft.answers) == (0.7, None, None)


@pytest.mark.parametrize(
    ("field", "value", "heading", "words"),
    [
        ("temperature", "0", SERVICE, "greater than or equal to 0.01"),
        ("temperature", "warm", SERVICE, "Enter a number"),
        ("answers", "18", SERVICE, "greater than or equal to 19"),
        ("top_p", "0.9", SERVICE, "This says nothing without the logs of what was served"),
        ("probe_length", "64", OTHERS, "This says nothing without the probe"),
    ],
)
def test_an_error_stands_at_its_field_in_sight(
    owner: Client, draft: ComparisonJob, field: str, value: str, heading: str, words: str
) -> None:
    answer = owner.post(page(draft), typed(draft, **{field: value}))
    assert answer.status_code == 422
    assert is_open(answer.text, heading)
    assert f'href="#id_{field}"' in answer.text
    assert words in answer.text
    assert f'value="{value}"' in answer.text


def test_what_a_method_lacks_is_said_before_and_when_it_is_registered(
    owner: Client, actor: Actor, draft: ComparisonJob
) -> None:
    actions.change(by=actor, job=draft, title="t", methods=["palimpsest"])
    text = owner.get(page(draft)).text
    assert "The saved draft names no order of training." in text
    assert not is_open(text, OTHERS)
    answer = owner.post(page(draft, "register/"))
    assert answer.status_code == 422
    assert "palimpsest would give no value: the draft names no order of training." in answer.text
    assert is_open(answer.text, OTHERS)


def test_the_registered_comparison_says_what_its_models_are_shown(
    owner: Client, actor: Actor, draft: ComparisonJob
) -> None:
    names = {name: an_exhibit(draft.case, f"{name}".encode(), f"{name}.jsonl") for name in EXHIBITS}
    shown: Any = {name: exhibit for name, exhibit in names.items() if name != "fresh"}
    actions.change(by=actor, job=draft, title="t", methods=["hashes"], temperature=0.7, **shown)
    job = actions.register_job(by=actor, job=draft)
    text = owner.get(page(job)).text
    for words in (
        "<dt>Temperature of the service</dt><dd>0.7</dd>",
        "<dt>Top-p of the service</dt><dd>Not said: 1</dd>",
        "<dt>Longest answer of the service, in tokens</dt><dd>Not said: as long as the longest",
        "<dt>Number of answers drawn for each prompt</dt><dd>Not said: 19</dd>",
        "<dt>Length of a line of the probe, in tokens</dt><dd>Not said: 256</dd>",
        "<dt>Order of training</dt>", "<dt>Texts by the reference</dt>", "<dt>Texts by others</dt>",
    ):  # fmt: skip
        assert words in text, words
    assert "drew afresh" not in text
    again = actions.set_up_anew(by=actor, job=job)
    shown = {name: names[name] for name in ("served", "fresh")}
    actions.change(by=actor, job=again, title="t", methods=["hashes"], **shown)
    text = owner.get(page(actions.register_job(by=actor, job=again))).text
    assert "<dt>Answers that the service drew afresh</dt>" in text
    assert "Not said: 19" not in text


def test_another_matters_exhibit_cannot_be_chosen(owner: Client, draft: ComparisonJob) -> None:
    other = a_case(a_user("o@example.org"), claim_number="IL-2026-000124")
    theirs = str(an_exhibit(other).pk)
    for name in EXHIBITS:
        answer = owner.post(page(draft), typed(draft, **{name: theirs}))
        assert answer.status_code == 422
        assert "Select a valid choice" in answer.text
        assert api(owner, draft, {name: theirs}).status_code == 404


def test_the_api_takes_and_shows_them(owner: Client, draft: ComparisonJob) -> None:
    named = {name: str(an_exhibit(draft.case, name.encode(), f"{name}.txt").pk) for name in EXHIBITS}
    numbers = {"temperature": 0.7, "top_p": 0.95, "max_tokens": 64, "answers": 39, "probe_length": 128}
    answer = api(owner, draft, {**named, **numbers})
    assert answer.status_code == 200, answer.text
    assert {name: answer.json()[name] for name in (*named, *numbers)} == {**named, **numbers}
    kept = api(owner, draft, {"title": "x", "temperature": None}).json()
    assert (kept["temperature"], kept["top_p"], kept["fresh"]) == (None, 0.95, named["fresh"])
    for wrong in ({"temperature": "nan"}, {"top_p": 2}, {"answers": 3}, {"served": None}, {"fresh": "x"}):
        assert api(owner, draft, wrong).status_code == 400, wrong


def test_an_expert_is_told_of_no_exhibit_that_is_closed_to_them(
    case: Case, actor: Actor, draft: ComparisonJob
) -> None:
    closed = an_exhibit(case, name="counsels-order.jsonl")
    evidence.describe(
        by=actor, exhibit=closed, title="Counsel’s order", privilege=Exhibit.Privilege.LITIGATION
    )
    open_to_all = an_exhibit(case, b"p", "probe.txt")
    actions.change(
        by=actor, job=draft, title="t", methods=["hashes"], training_order=closed, probe=open_to_all
    )
    job = actions.register_job(by=actor, job=draft)
    member, expert = (
        signed_in(a_member(case, role=role, email=f"{role}@example.org"))
        for role in (Membership.Role.READER, Membership.Role.EXPERT)
    )
    address = f"/api/matters/{case.pk}/comparison-jobs/"
    assert "Counsel" in member.get(page(job)).text
    assert "Counsel" not in expert.get(page(job)).text
    for client, order in ((member, str(closed.pk)), (expert, None)):
        one, (listed,) = client.get(f"{address}{job.pk}/").json(), client.get(address).json()["results"]
        for told in (one, listed):
            assert (told["training_order"], told["probe"]) == (order, str(open_to_all.pk))


def test_all_that_a_comparison_names_leaves_with_it(
    owner: Client, actor: Actor, draft: ComparisonJob
) -> None:
    order = an_exhibit(draft.case, b"{}", "order.jsonl")
    actions.change(by=actor, job=draft, title="t", methods=["hashes"], training_order=order)
    job = actions.register_job(by=actor, job=draft)
    archive = b"".join(owner.post(page(job, "export/")).streaming_content)  # type: ignore[attr-defined]
    assert b"training_order.jsonl" in archive
    assert "exported, with a comparison," in owner.get(f"/matters/{draft.case_id}/ledger/").text


def test_a_withdrawn_exhibit_is_neither_dropped_unsaid_nor_registered(
    owner: Client, actor: Actor, draft: ComparisonJob
) -> None:
    probe, other = (an_exhibit(draft.case, name=name) for name in ("probe.txt", "other.txt"))
    actions.change(by=actor, job=draft, title="t", methods=["hashes"], probe=probe)
    for exhibit in (probe, other):
        evidence.withdraw(by=actor, exhibit=exhibit, because="It came by mistake")
    assert f'<option value="{probe.pk}" selected>' in owner.get(page(draft)).text
    assert f'<option value="{other.pk}"' not in owner.get(page(draft)).text
    assert owner.post(page(draft), typed(draft, probe=probe.pk)).status_code == 302
    draft.refresh_from_db()
    assert draft.probe == probe
    refused = owner.post(page(draft, "register/"))
    assert (refused.status_code, "because It came by mistake" in refused.text) == (422, True)
    actions.change(by=actor, job=draft, title="t", methods=["hashes"])
    assert actions.register_job(by=actor, job=draft).registered
