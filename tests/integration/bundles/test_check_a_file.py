"""Check a bundle: anybody's PDF, for the person who put it in, for a day."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from bundles import checking
from bundles.actions.checking import MOST, ask_for_check, file_of, folder_of, forget_old
from bundles.models import FileCheck
from bundles.pdf.check.held import TOO_LONG
from evidence.models import Exhibit
from ledger.models import Event
from tests.factories import a_user
from tests.integration.bundles_pdf.drawn_pages import Words, body, drawn, saved


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Three numbered pages without index or bookmarks."""
    pages = [[*body(), Words(540, 20, str(number))] for number in (1, 2, 3)]
    return saved(drawn(pages), tmp_path_factory.mktemp("put-in") / "bundle.pdf").read_bytes()


@pytest.fixture
def person(db: None) -> User:
    return a_user()


@pytest.fixture
def browser(person: User, client: Client) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def stranger(db: None) -> Client:
    other = Client()
    other.force_login(a_user("stranger@example.org", "Sam Stranger"))
    return other


def put_in(person: User, content: bytes, name: str = "theirs.pdf", profile: str = "ew-2021") -> FileCheck:
    return ask_for_check(owner=person, name=name, content=[content], profile=profile)


def test_a_file_is_put_in_checked_and_answered_rule_by_rule(browser: Client, content: bytes) -> None:
    before = Event.objects.count(), Exhibit.objects.count()
    file = SimpleUploadedFile("Hearing bundle.pdf", content, "application/pdf")
    answer = browser.post("/check/", {"file": file, "profile": "ew-2021"})
    asked = FileCheck.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/check/{asked.pk}/")
    assert "Waiting for the worker" in browser.get(answer["Location"]).text
    checking.run(str(asked.pk))
    shown = browser.get(answer["Location"]).text
    assert "There are no bookmarks." in shown
    assert "3 rules are not met" in shown  # no index, no bookmarks, no view on opening
    assert "No evidence, seen by you alone" in shown
    assert (Event.objects.count(), Exhibit.objects.count()) == before


def test_each_failing_page_is_shown_with_the_rules_that_name_it(
    browser: Client, person: User, tmp_path: Path
) -> None:
    pages = [[*body(), Words(540, 20, str(number))] for number in (1, 7, 3, 4, 5)]
    asked = put_in(person, saved(drawn(pages), tmp_path / "wrong.pdf").read_bytes())
    checking.run(str(asked.pk))
    assert 'href="pages/2/"' in browser.get(f"/check/{asked.pk}/").text
    page = browser.get(f"/check/{asked.pk}/pages/2/").text
    assert "EW-02" in page
    assert "page 2 shows 7" in page
    picture = browser.get(f"/check/{asked.pk}/pages/2/picture/")
    assert picture["Content-Type"] == "image/webp"
    assert BytesIO(b"".join(picture)).read(4) == b"RIFF"
    assert browser.get(f"/check/{asked.pk}/pages/99/picture/").status_code == 422


def test_nobody_else_sees_it_or_deletes_it(stranger: Client, person: User, content: bytes) -> None:
    asked = put_in(person, content)
    checking.run(str(asked.pk))
    for path in ("", "pages/1/", "pages/1/picture/"):
        assert stranger.get(f"/check/{asked.pk}/{path}").status_code == 404
    assert stranger.post(f"/check/{asked.pk}/delete/").status_code == 404
    assert stranger.get(f"/api/checks/{asked.pk}/").status_code == 404
    assert asked.name not in stranger.get("/check/").text
    assert FileCheck.objects.filter(pk=asked.pk).exists()


def test_it_is_gone_after_a_day_with_its_file(browser: Client, person: User, content: bytes) -> None:
    old, new = put_in(person, content), put_in(person, content)
    FileCheck.objects.filter(pk=old.pk).update(asked_at=old.asked_at - timedelta(hours=25))
    assert browser.get(f"/check/{old.pk}/").status_code == 404
    assert forget_old() == 1
    assert not folder_of(old).exists()
    assert file_of(new).is_file()


def test_it_can_be_deleted_at_once(browser: Client, person: User, content: bytes) -> None:
    asked = put_in(person, content)
    assert browser.post(f"/check/{asked.pk}/delete/").status_code == 302
    assert not FileCheck.objects.exists()
    assert not folder_of(asked).exists()
    checking.run(str(asked.pk))  # the worker comes later and finds nothing to do


def test_what_is_no_pdf_or_too_many_is_refused_with_the_remedy(
    browser: Client, person: User, content: bytes
) -> None:
    word = SimpleUploadedFile("letter.docx", b"PK\x03\x04")
    answer = browser.post("/check/", {"file": word, "profile": "ew-2021"})
    assert (answer.status_code, "Save it as PDF" in answer.text) == (422, True)
    assert browser.post("/check/", {"profile": "ew-2021"}).status_code == 422
    assert not FileCheck.objects.exists()
    for _ in range(MOST):
        put_in(person, content)
    answer = browser.post("/check/", {"file": SimpleUploadedFile("more.pdf", content), "profile": "ew-2021"})
    assert (answer.status_code, "Delete one of them" in answer.text) == (422, True)


def test_a_file_that_is_no_pdf_inside_says_so(person: User) -> None:
    asked = put_in(person, b"%PDF-1.7\nnothing else")
    checking.run(str(asked.pk))
    asked.refresh_from_db()
    assert asked.state == FileCheck.State.DONE
    assert asked.answer is not None
    assert asked.answer["rules"][0]["status"] == "fail"


def test_a_file_that_takes_too_long_gets_its_answer_all_the_same(person: User, content: bytes) -> None:
    asked = put_in(person, content)
    checking.run(str(asked.pk), seconds=0.01)
    asked.refresh_from_db()
    assert asked.state == FileCheck.State.DONE
    assert asked.answer is not None
    assert asked.answer["rules"][0]["detail"] == TOO_LONG
    assert {rule["status"] for rule in asked.answer["rules"][1:]} == {"unverified"}


def test_progress_is_asked_for_by_the_page(browser: Client, person: User, content: bytes) -> None:
    asked = put_in(person, content)
    FileCheck.objects.filter(pk=asked.pk).update(state="running", done=400, total=2000)
    part = browser.get(f"/check/{asked.pk}/", HTTP_HX_REQUEST="true")
    assert "400 of 2000" in part.text
    FileCheck.objects.filter(pk=asked.pk).update(state="done")
    assert browser.get(f"/check/{asked.pk}/", HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"


def test_the_api_takes_a_file_and_answers_like_the_command(browser: Client, content: bytes) -> None:
    file = SimpleUploadedFile("bundle.pdf", content, "application/pdf")
    asked = browser.post("/api/checks/", {"file": file, "profile": "us-district"})
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    address = f"/api/checks/{asked.json()['id']}/"
    checking.run(asked.json()["id"])
    answer = browser.get(address).json()
    assert answer["answer"]["profile"] == "us-district"
    assert {rule["id"]: rule["status"] for rule in answer["answer"]["rules"]}["US-06"] == "fail"
    assert browser.get("/api/checks/").json()["results"][0]["id"] == answer["id"]
    assert browser.delete(address).status_code == 204
    assert browser.get(address).status_code == 404


def test_the_api_refuses_rules_that_there_are_not(browser: Client, content: bytes) -> None:
    file = SimpleUploadedFile("bundle.pdf", content, "application/pdf")
    assert browser.post("/api/checks/", {"file": file, "profile": "moon"}).status_code == 400


def test_a_long_list_costs_no_more_queries(
    browser: Client, person: User, content: bytes, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(MOST):
        put_in(person, content)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        browser.get("/check/")


def test_what_was_delivered_and_the_redacted_copy_are_put_in_beside_it(
    browser: Client, content: bytes
) -> None:
    def pdf() -> SimpleUploadedFile:
        return SimpleUploadedFile("Hearing bundle.pdf", content, "application/pdf")

    answer = browser.post("/check/", {"file": pdf(), "profile": "ew-2021", "delivered": pdf()})
    asked = FileCheck.objects.get()
    checking.run(str(asked.pk))
    asked.refresh_from_db()
    assert asked.answer is not None
    (found,) = [rule for rule in asked.answer["rules"] if rule["id"] == "EW-12"]
    assert found["status"] == "pass"
    assert "look the same under the same number" in browser.get(answer["Location"]).text
    sent = {"file": pdf(), "profile": "us-district", "redacted": pdf()}
    key = browser.post("/api/checks/", sent).json()["id"]
    checking.run(key)
    answered = browser.get(f"/api/checks/{key}/").json()["answer"]
    assert [rule["status"] for rule in answered["rules"] if rule["id"] == "US-09"] == ["fail"]


def test_a_second_file_that_is_no_pdf_is_named(browser: Client, content: bytes) -> None:
    sent = {
        "file": SimpleUploadedFile("a.pdf", content, "application/pdf"),
        "profile": "ew-2021",
        "delivered": SimpleUploadedFile("b.pdf", b"not one", "application/pdf"),
    }
    answer = browser.post("/check/", sent)
    assert answer.status_code == 422
    assert "The version delivered before is not a PDF." in answer.text
    assert not FileCheck.objects.exists()
