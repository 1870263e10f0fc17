"""Analyses of API logs in the matter: imported, run on an exhibit, read as a page, closed to strangers."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from cases.models import Case, Membership
from comparison import actions, analysing
from comparison.logs.analyse import STEPS, Progress, analyse_files
from comparison.logs.errors import LogRecordInvalid
from comparison.logs.spec import LogSpec
from comparison.models import LogAnalysis, LogRun
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from evidence.actions import exhibits
from evidence.models import Exhibit
from evidence.storage import store
from ledger.models import Event
from ledger.verification import rows
from tests.bench.api_logs import write_logs, write_samples
from tests.factories import a_case, a_member, a_user, an_exhibit
from tests.factories.log_records import a_log_record
from tests.factories.model_server import model_server

pytestmark = pytest.mark.django_db


def room(case: Case, rest: str = "") -> str:
    return f"/matters/{case.pk}/comparison/logs/{rest}"


def changed(**parts: Any) -> bytes:
    return json.dumps(json.loads(a_log_record()) | parts).encode()


def test_an_analysis_is_imported_once_and_its_marks_are_worked_out_again(case: Case, actor: Actor) -> None:
    record = json.loads(a_log_record())
    record["groups"][-1]["marks"] = record["groups"][0]["marks"]
    made = actions.import_logs(by=actor, case=case, content=json.dumps(record).encode())
    assert [group["marks"] for group in made.record["groups"]] == [
        group["marks"] for group in json.loads(a_log_record())["groups"]
    ]
    event = Event.objects.get(chain__key=case.chain, verb="imported")
    assert json.loads(event.facts)["record_sha256"] == made.record_sha256
    assert not list(rows())
    with pytest.raises(Conflict, match="imported already"):
        actions.import_logs(by=actor, case=case, content=json.dumps(record).encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "not JSON"),
        (b'{"format": "other"}', "not an analysis of the form"),
        (b"[]", "not an analysis of the form"),
    ],
)
def test_what_is_no_analysis_is_refused(case: Case, actor: Actor, content: bytes, said: str) -> None:
    with pytest.raises(LogRecordInvalid, match=said):
        actions.import_logs(by=actor, case=case, content=content)


@pytest.mark.parametrize(
    "parts",
    [
        {"exchanges": -1}, {"exchanges": 5}, {"hours": [1]}, {"hours": "x"}, {"title": None}, {"groups": {}},
        {"measures": {}}, {"templates": []}, {"days": [["2026-01-01"]]}, {"duplicates": {}},
        {"left_out": [{"file": "x", "reason": "<b>", "count": 1, "lines": []}]},
    ],
)  # fmt: skip
def test_a_record_that_lacks_its_form_is_refused(case: Case, actor: Actor, parts: dict[str, Any]) -> None:
    with pytest.raises(LogRecordInvalid):
        actions.import_logs(by=actor, case=case, content=changed(**parts))
    assert not LogAnalysis.objects.exists()


def test_the_page_shows_charts_with_tables_behind_and_what_else_would_explain_it(
    owner: Client, case: Case, actor: Actor
) -> None:
    made = actions.import_logs(by=actor, case=case, content=changed(title="<script>Logs</script>"))
    page = owner.get(room(case, f"{made.pk}/"))
    assert page.status_code == 200
    for words in (
        "marks that a labelling campaign would leave", "made logs of ordinary use", "Around the clock",
        "What else would leave these marks", "published samples have a near-duplicate", "annotator", "line ",
    ):  # fmt: skip
        assert words in page.text
    assert "<script>Logs" not in page.text
    assert page.text.count('<svg class="drawing spread-drawing"') == page.text.count("<summary>Figures")
    assert "style=" not in page.text
    assert "API logs" in owner.get(f"/matters/{case.pk}/comparison/").text
    file = owner.get(room(case, f"{made.pk}/file/"))
    assert json.loads(file.content) == made.record


def test_pages_import_and_refuse(owner: Client, case: Case) -> None:
    assert "No logs are analysed yet" in owner.get(room(case)).text
    sent = SimpleUploadedFile("logs.json", a_log_record(), "application/json")
    answer = owner.post(room(case, "import/"), {"content": sent}, follow=True)
    assert answer.redirect_chain[0][0] == room(case, f"{LogAnalysis.objects.get().pk}/")
    sent = SimpleUploadedFile("logs.json", b"{}", "application/json")
    refused = owner.post(room(case, "import/"), {"content": sent})
    assert refused.status_code == 422
    assert "not an analysis of the form" in refused.text


def test_the_worker_analyses_an_exhibit(owner: Client, case: Case, actor: Actor, tmp_path: Path) -> None:
    made = write_logs(tmp_path / "logs.jsonl", 2500, 11, campaign=0.6)
    write_samples(tmp_path / "samples.jsonl", made, 100, 11, taken=0.5)
    logs, samples = (
        an_exhibit(case, (tmp_path / name).read_bytes(), name) for name in ("logs.jsonl", "samples.jsonl")
    )
    form = {"exhibit": logs.pk, "samples": samples.pk, "account": "account", "time": "time",
            "prompt": "prompt", "output": "output"}  # fmt: skip
    answer = owner.post(room(case, "analyse/"), form, follow=True)
    assert "Waiting for the worker" in answer.text
    run = LogRun.objects.get()
    assert analysing.unfinished() == [run.pk]
    analysing.run(run.pk, by=actor)
    run.refresh_from_db()
    assert run.analysis is not None
    assert (run.state, run.analysis.exhibit, run.analysis.samples) == ("done", logs, samples)
    assert run.analysis.record["exchanges"] == made.exchanges
    assert run.analysis.record["files"][0]["sha256"] == logs.sha256
    assert run.analysis.record["duplicates"]["samples"] > 0
    analysing.run(run.pk, by=actor)
    assert LogAnalysis.objects.count() == 1
    assert not list(rows())


def test_a_run_on_what_is_no_log_says_so(owner: Client, case: Case, actor: Actor) -> None:
    other = an_exhibit(case, b'{"who": 1}\n', "other.jsonl")
    run = actions.ask_to_analyse(by=actor, case=case, exhibit=other)
    analysing.run(run.pk, by=actor)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "Name the fields under" in owner.get(room(case)).text
    with pytest.raises(InvalidInput, match="not a file of logs"):
        actions.ask_to_analyse(by=actor, case=case, exhibit=an_exhibit(case))
    elsewhere = an_exhibit(a_case(a_user("o@example.org"), claim_number="IL-2026-000124"), name="x.jsonl")
    with pytest.raises(InvalidInput, match="another matter"):
        actions.ask_to_analyse(by=actor, case=case, exhibit=elsewhere)


def test_an_analysis_of_a_closed_exhibit_is_closed_to_an_outside_expert(
    client: Client, case: Case, actor: Actor
) -> None:
    exhibit = an_exhibit(case, b"{}", "logs.jsonl")
    made = actions.import_logs(by=actor, case=case, content=a_log_record(), exhibit=exhibit)
    expert = a_member(case, role=Membership.Role.EXPERT, email="expert@example.org")
    client.force_login(expert)
    api = f"/api/matters/{case.pk}/log-analyses/"
    assert client.get(room(case, f"{made.pk}/")).status_code == 200
    assert client.get(api).json()["count"] == 1
    exhibits.describe(by=actor, exhibit=exhibit, title="Logs", privilege=Exhibit.Privilege.LITIGATION)
    assert client.get(room(case, f"{made.pk}/")).status_code == 404
    assert client.get(room(case, f"{made.pk}/file/")).status_code == 404
    assert client.get(f"{api}{made.pk}/").status_code == 404
    assert client.get(api).json()["count"] == 0
    assert "API logs, January 2026" not in client.get(room(case)).text


def test_the_api_imports_and_shows(owner: Client, case: Case) -> None:
    api = f"/api/matters/{case.pk}/log-analyses/"
    sent = {"record": json.loads(a_log_record())}
    answer = owner.post(api, sent, content_type="application/json")
    assert answer.status_code == 201
    assert (
        owner.get(f"{api}{answer.json()['id']}/").json()["record"]["exchanges"] == sent["record"]["exchanges"]
    )
    assert owner.post(api, sent, content_type="application/json").status_code == 409


def test_the_commands_analyse_and_ask(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_logs(tmp_path / "logs.jsonl", 1000, 3)
    (tmp_path / "spec.toml").write_text('[logs]\ntitle = "Logs"\nfile = "logs.jsonl"\n')
    out = StringIO()
    call_command(
        "analyse_logs", str(tmp_path / "spec.toml"), "--out", str(tmp_path / "a"), "--json", stdout=out
    )
    assert json.loads(out.getvalue()) == json.loads((tmp_path / "a" / "logs.json").read_text())
    monkeypatch.setenv("KEY", "secret-key")
    (tmp_path / "prompts.jsonl").write_text('{"prompt": "One"}\n{"prompt": "Two"}\n')
    with model_server() as served:
        (tmp_path / "ask.toml").write_text(
            f'[endpoint]\nurl = "{served.url}"\nkind = "chat"\nmodel = "m"\nkey = "KEY"\nmax_tokens = 9\n'
            '[prompts]\nfile = "prompts.jsonl"\n[budget]\nrequests = 9\n[pace]\na_minute = 10000\n'
        )
        out = StringIO()
        call_command(
            "ask_endpoint", str(tmp_path / "ask.toml"), "--out", str(tmp_path / "b"),
            "--case", case.claim_number, "--json", stdout=out,
        )  # fmt: skip
    answer = json.loads(out.getvalue())
    assert answer["answered"] == 2
    received = {exhibit.original_name: exhibit for exhibit in case.exhibits.all()}
    assert [row["sha256"] for row in answer["exhibits"]] == [
        received[name].sha256 for name in ("transcript.jsonl", "answers.jsonl")
    ]
    assert Event.objects.filter(chain__key=case.chain, verb="received").count() == 2


def some_logs(case: Case, name: str = "logs.jsonl") -> Exhibit:
    line = {"account": name, "time": "2026-01-01T00:00:00Z", "prompt": "p", "output": "o"}
    return an_exhibit(case, json.dumps(line).encode() + b"\n", name)


def test_an_analysis_is_cancelled_on_its_page_and_in_the_ledger(
    owner: Client, case: Case, actor: Actor
) -> None:
    run = actions.ask_to_analyse(by=actor, case=case, exhibit=some_logs(case))
    cancel = room(case, f"runs/{run.pk}/cancel/")
    assert f'action="{cancel}"' in owner.get(room(case)).text
    assert owner.get(cancel).status_code == 405
    page = owner.post(cancel, follow=True)
    assert "is cancelled. It can be asked for again." in page.text
    assert f'action="{cancel}"' not in page.text
    assert Event.objects.filter(verb="cancelled the analysis of", thing_id=str(run.exhibit_id)).count() == 1
    assert owner.post(cancel).status_code == 409
    analysing.run(run.pk, by=actor)
    run.refresh_from_db()
    assert (run.state, run.analysis) == ("cancelled", None)
    again = actions.ask_to_analyse(by=actor, case=case, exhibit=run.exhibit)
    assert again != run


@pytest.mark.parametrize("step", [1, 6, 7])
def test_a_running_analysis_that_is_cancelled_leaves_none(
    case: Case, actor: Actor, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    run = actions.ask_to_analyse(by=actor, case=case, exhibit=some_logs(case))
    told = 0

    def cancelled_meanwhile(spec: LogSpec, out: Path, *, progress: Progress) -> None:
        def tell(done: int, total: int, doing: str) -> None:
            nonlocal told
            told += 1
            if told == step:
                actions.cancel_analysis(by=actor, run=run)
            progress(done, total, doing)

        analyse_files(spec, out, progress=tell)
        if told < step:
            actions.cancel_analysis(by=actor, run=run)

    monkeypatch.setattr(analysing, "analyse_files", cancelled_meanwhile)
    analysing.run(run.pk, by=actor)
    run.refresh_from_db()
    assert (run.state, run.message, told) == ("cancelled", "", min(step, STEPS))
    assert not LogAnalysis.objects.exists()


def test_a_reader_cancels_nothing_and_a_stranger_learns_nothing(
    client: Client, case: Case, actor: Actor
) -> None:
    run = actions.ask_to_analyse(by=actor, case=case, exhibit=some_logs(case))
    cancel = room(case, f"runs/{run.pk}/cancel/")
    elsewhere = a_case(a_user("o@example.org"), claim_number="IL-2026-000124")
    for person, where, status in (
        (a_member(case), cancel, 403),
        (a_user("stranger@example.org", "Sam Stranger"), cancel, 404),
        (elsewhere.memberships.get().user, room(elsewhere, f"runs/{run.pk}/cancel/"), 404),
    ):
        client.force_login(person)
        assert client.post(where).status_code == status
    run.refresh_from_db()
    assert run.state == "waiting"


def test_two_clicks_ask_for_one_analysis(case: Case, actor: Actor) -> None:
    logs = some_logs(case)
    first, second = (actions.ask_to_analyse(by=actor, case=case, exhibit=logs) for _ in range(2))
    assert first == second
    assert Event.objects.filter(verb="asked to analyse").count() == 1
    assert actions.ask_to_analyse(by=actor, case=case, exhibit=logs, title="Another") != first


def test_logs_are_not_their_own_samples(owner: Client, case: Case) -> None:
    logs = some_logs(case)
    form = {"exhibit": logs.pk, "samples": logs.pk, "account": "account", "time": "time",
            "prompt": "prompt", "output": "output"}  # fmt: skip
    refused = owner.post(room(case, "analyse/"), form)
    assert (refused.status_code, "These are the logs themselves" in refused.text) == (422, True)


def test_logs_that_the_store_lost_are_named_with_what_to_do(case: Case, actor: Actor) -> None:
    logs = some_logs(case, "lost.jsonl")
    run = actions.ask_to_analyse(by=actor, case=case, exhibit=logs)
    store().path(logs.sha256).unlink()
    analysing.run(run.pk, by=actor)
    run.refresh_from_db()
    assert run.message == f"{logs} is missing from the store. Restore it from the latest backup."


def test_a_run_on_closed_samples_is_closed_to_an_outside_expert(
    client: Client, case: Case, actor: Actor
) -> None:
    samples = some_logs(case, "secret-samples.parquet")
    run = actions.ask_to_analyse(by=actor, case=case, exhibit=some_logs(case), samples=samples, title="Run")
    exhibits.describe(by=actor, exhibit=samples, title="Samples", privilege=Exhibit.Privilege.LITIGATION)
    client.force_login(a_member(case, role=Membership.Role.EXPERT, email="expert@example.org"))
    assert "Waiting for the worker" not in client.get(room(case)).text
    analysing.run(run.pk, by=actor)
    run.refresh_from_db()
    assert "secret-samples.parquet" in run.message
    assert "secret-samples.parquet" not in client.get(room(case)).text


def test_each_figure_of_an_account_says_on_a_telephone_what_it_is(
    owner: Client, case: Case, actor: Actor
) -> None:
    made = actions.import_logs(by=actor, case=case, content=a_log_record())
    page = owner.get(room(case, f"{made.pk}/")).text
    accounts = page[page.index('id="accounts-head"') :]
    body = accounts[accounts.index("<tbody>") : accounts.index("</tbody>")]
    assert body.count('<td class="num"') == body.count('<td class="num" data-label="') > 0
    assert 'data-label="Quietest six hours"' in body
