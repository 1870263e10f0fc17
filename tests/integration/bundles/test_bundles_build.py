"""Building real exhibits into versions, and what happens when that cannot be done."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pikepdf import Encryption, Pdf

from bundles import actions, pipeline
from bundles.actions.builds import ASKED
from bundles.models import Build, Bundle, Version
from cases.models import Case
from core.errors import Conflict, InvalidInput
from evidence.actions import exhibits
from evidence.models import Exhibit
from evidence.storage import store
from ledger import verification
from ledger.models import Event
from tests.factories import ACTOR, an_exhibit
from tests.integration.bundles.conftest import MAIL, PARTICULARS, SCAN, WORD

Built = Callable[..., Build]


def _address(name: str, bundle: Bundle, *more: object) -> str:
    return reverse(f"bundles:{name}", args=[bundle.case_id, bundle.pk, *more])


@pytest.fixture
def ready(case: Case) -> Bundle:
    """Two short documents, converted."""
    made = actions.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. Documents"])
    texts = [
        an_exhibit(case, f"Note {word}.\n".encode(), f"{word}.txt", ready=True) for word in ("one", "two")
    ]
    actions.add_exhibits(by=ACTOR, section=made.sections.get(), exhibits=texts)
    return made


@pytest.fixture
def locked(ready: Bundle) -> Exhibit:
    """A document of the bundle that nobody can open without its password."""
    pdf, out = Pdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.save(out, encryption=Encryption(user="secret", owner="secret"))
    exhibit = an_exhibit(ready.case, out.getvalue(), "annex.pdf", ready=True)
    actions.add_exhibits(by=ACTOR, section=ready.sections.get(), exhibits=[exhibit])
    return exhibit


def test_real_exhibits_of_every_kind_become_one_checked_bundle(
    case: Case, built: Built, editor: Client
) -> None:
    bundle = actions.create(
        by=ACTOR, case=case, title="Hearing bundle", sections=["A. Statements of case", "B. Evidence"]
    )
    pleadings, evidence = bundle.sections.order_by("order")
    received = {
        path: an_exhibit(case, path.read_bytes(), path.name, ready=True)
        for path in (PARTICULARS, WORD, SCAN, MAIL)
    }
    actions.add_exhibits(by=ACTOR, section=pleadings, exhibits=[received[PARTICULARS]])
    actions.add_exhibits(by=ACTOR, section=evidence, exhibits=[received[path] for path in (WORD, SCAN, MAIL)])
    asked = built(bundle)
    assert asked.state == Build.State.BUILT, asked.message
    version = asked.version
    report = version.report
    assert version.passed
    assert {rule["id"]: rule["status"] for rule in report["check"]["rules"]}["EW-06"] == "pass"
    assert [entry["status"] for entry in report["entries"]] == ["included"] * 4
    assert [document["exhibit"] for document in asked.documents] == [
        str(made.pk) for made in received.values()
    ]
    assert version.file_name == "IL-2026-000123 Aurelia Laboratories v Baiyun Cloud Hearing bundle.pdf"
    with Pdf.open(store().path(version.sha256)) as pdf:
        assert len(pdf.pages) == version.pages == report["entries"][-1]["last_page"]
    page = editor.get(_address("version", bundle, 1)).content.decode()
    assert "Not decided by the machine" in page
    assert f"#page={report['entries'][1]['first_page']}" in page
    assert version.sha256 in page
    file = editor.get(_address("version_file", bundle, 1))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith("inline; filename=")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file.streaming
    assert len(file.getvalue()) == version.size
    kept = editor.get(_address("version_file", bundle, 1) + "?download")
    assert kept["Content-Disposition"].startswith("attachment")
    kept.close()


def test_a_locked_document_stops_the_build_with_its_name_and_the_remedy(
    ready: Bundle, locked: Exhibit, built: Built, editor: Client
) -> None:
    assert b"cannot go in as things stand" in editor.get(_address("build_it", ready)).content
    asked = built(ready)
    assert asked.state == Build.State.STOPPED
    assert not ready.versions.exists()
    assert [document["status"] for document in asked.documents].count("failed") == 1
    page = editor.get(_address("build", ready, asked.pk)).content.decode()
    assert "annex" in page
    assert "password" in page
    assert "Build with placeholder pages instead" in page
    assert Event.objects.filter(chain__key=ready.case.chain, verb="stopped building").exists()
    assert list(verification.rows()) == []
    answer = editor.get(reverse("api:bundle-build", args=[ready.pk, asked.pk])).json()
    assert answer["state"] == "stopped"
    assert answer["documents"][2]["exhibit"] == str(locked.pk)


def test_a_placeholder_page_says_what_is_missing(ready: Bundle, locked: Exhibit, editor: Client) -> None:
    answer = editor.post(_address("build_it", ready), {"on_failure": "placeholder"})
    asked = ready.builds.get()
    assert answer["Location"] == _address("build", ready, asked.pk)
    assert b"Waiting for the worker" in editor.get(answer["Location"]).content
    pipeline.run(asked.pk, by=ACTOR)
    assert editor.get(answer["Location"])["Location"] == _address("version", ready, 1)
    polled = editor.get(answer["Location"], headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == _address("version", ready, 1)
    version = ready.versions.get()
    last = version.report["entries"][-1]
    assert (last["status"], last["first_page"]) == ("placeholder", last["last_page"])
    assert "password" in last["reason"]
    assert b"Page in its place" in editor.get(_address("version", ready, 1)).content


def test_whoever_asks_again_gets_the_build_that_waits(ready: Bundle, editor: Client) -> None:
    asked = actions.ask_for_build(by=ACTOR, bundle=ready)
    assert actions.ask_for_build(by=ACTOR, bundle=ready) == asked
    clicked = editor.post(_address("build_it", ready), {"on_failure": "stop"})
    assert clicked["Location"] == _address("build", ready, asked.pk)
    sent = editor.post(f"/api/bundles/{ready.pk}/builds/", {}, content_type="application/json")
    assert (sent.status_code, sent.json()["id"]) == (202, asked.pk)
    with pytest.raises(Conflict, match="other choices"):
        actions.ask_for_build(by=ACTOR, bundle=ready, on_failure="placeholder")
    assert Event.objects.filter(chain__key=ready.case.chain, verb=ASKED).count() == 1
    pipeline.run(asked.pk, by=ACTOR)
    assert actions.ask_for_build(by=ACTOR, bundle=ready) != asked


def test_a_build_that_runs_is_not_given_for_a_matter_changed_since(ready: Bundle) -> None:
    asked = actions.ask_for_build(by=ACTOR, bundle=ready)
    ready.builds.update(state=Build.State.RUNNING)
    assert actions.ask_for_build(by=ACTOR, bundle=ready) == asked
    actions.take_out(by=ACTOR, entry=ready.sections.get().entries.order_by("-order")[0])
    with pytest.raises(Conflict, match="before the matter's last change"):
        actions.ask_for_build(by=ACTOR, bundle=ready)
    ready.builds.update(state=Build.State.WAITING)
    assert actions.ask_for_build(by=ACTOR, bundle=ready) == asked


def test_a_build_whose_worker_died_begins_anew_and_makes_one_version(
    ready: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = actions.ask_for_build(by=ACTOR, bundle=ready)

    def killed(**_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "keep_version", killed)
        with pytest.raises(SystemExit):
            pipeline.run(asked.pk, by=ACTOR)
    asked.refresh_from_db()
    assert asked.state == Build.State.RUNNING
    assert not ready.versions.exists()
    pipeline.run(asked.pk, by=ACTOR)
    pipeline.run(asked.pk, by=ACTOR)
    assert ready.versions.count() == 1
    asked.refresh_from_db()
    assert asked.state == Build.State.BUILT
    assert Event.objects.filter(chain__key=ready.case.chain, verb="built").count() == 1


def test_versions_are_numbered_and_never_change(ready: Bundle, built: Built, editor: Client) -> None:
    first = built(ready).version
    actions.take_out(by=ACTOR, entry=ready.sections.get().entries.order_by("-order")[0])
    second = built(ready).version
    assert (first.number, second.number) == (1, 2)
    assert len(Version.objects.get(pk=first.pk).report["entries"]) == 2
    assert b"A later version has been built" in editor.get(_address("version", ready, 1)).content
    with pytest.raises(Exception, match="append-only"):
        Version.objects.filter(pk=first.pk).update(pages=1)


def test_privileged_documents_go_in_only_after_confirmation(
    ready: Bundle, built: Built, editor: Client
) -> None:
    exhibit = Exhibit.objects.get(original_name="one.txt")
    exhibits.describe(by=ACTOR, exhibit=exhibit, title="Advice", privilege=Exhibit.Privilege.LEGAL_ADVICE)
    assert b"privileged document" in editor.get(_address("bundle", ready)).content
    refused = editor.post(_address("build_it", ready), {"on_failure": "stop"})
    assert refused.status_code == 422
    assert b"Advice (legal advice privilege)" in refused.content
    with pytest.raises(InvalidInput, match="Advice"):
        actions.ask_for_build(by=ACTOR, bundle=ready)
    assert built(ready, privileged_confirmed=True).state == Build.State.BUILT


def test_a_document_marked_privileged_after_asking_still_stops_the_build(ready: Bundle) -> None:
    asked = actions.ask_for_build(by=ACTOR, bundle=ready)
    exhibit = Exhibit.objects.get(original_name="one.txt")
    exhibits.describe(by=ACTOR, exhibit=exhibit, title="Advice", privilege=Exhibit.Privilege.LEGAL_ADVICE)
    pipeline.run(asked.pk, by=ACTOR)
    asked.refresh_from_db()
    assert asked.state == Build.State.STOPPED
    assert "Advice" in asked.message


def test_an_exhibit_withdrawn_or_still_being_read_stops_the_build(
    ready: Bundle, built: Built, case: Case
) -> None:
    exhibits.withdraw(by=ACTOR, exhibit=Exhibit.objects.get(original_name="one.txt"), because="wrong file")
    waiting = an_exhibit(case, b"Later.\n", "later.txt")
    actions.add_exhibits(by=ACTOR, section=ready.sections.get(), exhibits=[waiting])
    asked = built(ready)
    assert asked.state == Build.State.STOPPED
    reasons = [document["reason"] or "" for document in asked.documents]
    assert "withdrawn" in reasons[0]
    assert "intake has not finished" in reasons[2]


def test_the_same_through_the_api(editor: Client, case: Case) -> None:
    document = an_exhibit(case, PARTICULARS.read_bytes(), PARTICULARS.name, ready=True)
    begun = editor.post(
        reverse("api:bundles", args=[case.pk]),
        {"title": "API bundle", "sections": ["A", "B"]},
        "application/json",
    )
    assert begun.status_code == 201, begun.content
    bundle, (first, second) = begun.json()["bundle"]["id"], begun.json()["sections"]

    def call(method: str, name: str, said: object = None, *more: object) -> object:
        address = reverse(f"api:{name}", args=[bundle, *more])
        return getattr(editor, method)(address, said, "application/json")

    added = call("post", "bundle-entries", {"section": first["id"], "exhibits": [str(document.pk)]})
    entry = added.json()[0]["id"]  # type: ignore[attr-defined]
    call("put", "bundle-entry", {"title": "The particulars"}, entry)
    seen = editor.get(reverse("api:bundle", args=[bundle])).json()["seen"]
    order = [{"section": second["id"], "entries": [entry]}, {"section": first["id"], "entries": []}]
    arranged = call("put", "bundle-order", {"order": order, "seen": seen}).json()  # type: ignore[attr-defined]
    assert [part["title"] for part in arranged["sections"]] == ["B", "A"]
    again = call("put", "bundle-order", {"order": order[::-1], "seen": "0" * 16})
    assert again.status_code == 409  # type: ignore[attr-defined]
    assert call("delete", "bundle-section", None, first["id"]).status_code == 204  # type: ignore[attr-defined]
    assert call("delete", "bundle-section", None, second["id"]).status_code == 409  # type: ignore[attr-defined]
    asked = call("post", "bundle-builds", {}).json()  # type: ignore[attr-defined]
    assert asked["state"] == "waiting"
    pipeline.run(asked["id"], by=ACTOR)
    version = editor.get(reverse("api:bundle-version", args=[bundle, 1])).json()
    assert version["passed"]
    assert version["report"]["entries"][0]["title"] == "The particulars"
    with Pdf.open(BytesIO(editor.get(version["file"]).getvalue())) as pdf:
        assert len(pdf.pages) == version["pages"]


def test_the_bundle_of_a_matter_is_built_by_command_too(
    ready: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:

    out = tmp_path / "out.pdf"
    call_command("build_bundle", case=ready.case.claim_number, bundle=ready.title, out=out, json=True)
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) > {"file", "pages", "index_pages", "seconds", "peak_mib", "entries", "check"}
    assert answer["references"]["open"] == []
    assert answer["file"] == str(out)
    assert ready.versions.get().size == out.stat().st_size
