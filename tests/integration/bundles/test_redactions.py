"""Rectangles are proposed, decided and made into a copy; who may not see the whole sees that alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bundles import actions as bundle_actions
from bundles import redacting, sources
from bundles.actions import redactions
from bundles.models import Entry, RedactedCopy, Redaction
from bundles.pdf.redact import Box
from cases.models import Case
from core.errors import Conflict, InvalidInput
from evidence.models import Exhibit
from evidence.storage import store
from ledger.models import Event
from search import actions as search_actions
from search.answers import find
from tests.factories import ACTOR, an_exhibit
from tests.factories.leaky_pdf import LINE, SECRET, everything_in, plain_page

BOX = Box(1, *LINE, "Privilege")
SLIT = Box(1, 0.4157, 0.1, 0.4177, 0.28)  # through one letter of the name, which can still be read
SignIn = Callable[[str], Client]


@pytest.fixture
def letter(case: Case, tmp_path: Path) -> Exhibit:
    """Two pages, each with the name to be redacted."""
    return an_exhibit(
        case, plain_page(tmp_path / "letter.pdf", pages=2).read_bytes(), "Tomlin advice.pdf", ready=True
    )


@pytest.fixture
def copy(letter: Exhibit) -> RedactedCopy:
    """A copy of the letter, made and verified."""
    redactions.mark(by=ACTOR, exhibit=letter, box=BOX)
    redactions.mark(by=ACTOR, exhibit=letter, box=Box(2, *LINE))
    asked = redactions.ask_for_copy(by=ACTOR, exhibit=letter)
    redacting.run(asked.pk, by=ACTOR)
    asked.refresh_from_db()
    return asked


def address(exhibit: Exhibit, rest: str = "") -> str:
    return f"/matters/{exhibit.case_id}/exhibits/{exhibit.pk}/redactions/{rest}"


def status_of(browser: Client, file: str) -> int:
    """How a download is answered; a PDF where it is given."""
    answer: Any = browser.get(file)
    if answer.status_code == 200:
        assert answer.getvalue().startswith(b"%PDF")
    for close in answer._resource_closers:  # answer.close() would close the database too
        close()
    return int(answer.status_code)


def verbs(exhibit: Exhibit) -> list[str]:
    return list(
        Event.objects.filter(chain__key=exhibit.case.chain).order_by("pk").values_list("verb", flat=True)
    )


def test_a_name_is_found_once_and_a_person_decides(letter: Exhibit) -> None:
    assert redacting.find(by=ACTOR, exhibit=letter, names=[SECRET]) == 2
    assert redacting.find(by=ACTOR, exhibit=letter, names=[SECRET]) == 0
    first, second = letter.redactions.all()
    assert (first.page, first.state) == (1, Redaction.State.PROPOSED)
    with pytest.raises(Conflict, match="2 proposals wait"):
        redactions.ask_for_copy(by=ACTOR, exhibit=letter)
    redactions.decide(by=ACTOR, exhibit=letter, numbers=[first.pk], state="marked")
    redactions.decide(by=ACTOR, exhibit=letter, numbers=[second.pk], state="dismissed")
    assert redactions.ask_for_copy(by=ACTOR, exhibit=letter).boxes[0]["page"] == 1
    assert SECRET not in str(list(Event.objects.values_list("facts", flat=True)))


def test_the_copy_is_kept_with_its_report_and_closes_the_original(copy: RedactedCopy) -> None:
    assert copy.state == RedactedCopy.State.MADE, copy.message
    assert copy.pages == 2
    assert copy.report["passed"]
    assert SECRET.lower() not in everything_in(store().path(copy.sha256))
    copy.exhibit.refresh_from_db()
    assert copy.exhibit.closed
    assert verbs(copy.exhibit)[-2:] == ["closed to outside experts", "made"]
    redacting.run(copy.pk, by=ACTOR)
    assert RedactedCopy.objects.count() == 1


def test_a_copy_that_cannot_be_proved_is_not_kept(letter: Exhibit) -> None:
    redactions.mark(by=ACTOR, exhibit=letter, box=SLIT)
    asked = redactions.ask_for_copy(by=ACTOR, exhibit=letter)
    redacting.run(asked.pk, by=ACTOR)
    asked.refresh_from_db()
    assert asked.state == RedactedCopy.State.FAILED
    assert "verification failed" in asked.message
    assert asked.sha256 == ""
    letter.refresh_from_db()
    assert not letter.closed


@pytest.mark.usefixtures("empty_index")
def test_an_outside_expert_sees_the_copy_and_never_the_original(
    letter: Exhibit, signed_in: SignIn, case: Case
) -> None:
    expert = signed_in("expert")
    assert expert.get(f"/matters/{case.pk}/exhibits/{letter.pk}/").status_code == 200
    assert expert.get(address(letter)).status_code == 404
    redactions.mark(by=ACTOR, exhibit=letter, box=BOX)
    asked = redactions.ask_for_copy(by=ACTOR, exhibit=letter)
    redacting.run(asked.pk, by=ACTOR)
    search_actions.drain()
    for closed in (
        "",
        "original/",
        "pdf/",
        "pages/1/",
        "pages/1/image/",
        "redactions/",
        "redactions/copies/1/",
    ):
        assert expert.get(f"/matters/{case.pk}/exhibits/{letter.pk}/{closed}").status_code == 404
    assert letter.title not in expert.get(f"/matters/{case.pk}/exhibits/").content.decode()
    listed = expert.get(f"/matters/{case.pk}/redacted/").content.decode()
    assert "Exhibit 1" in listed
    assert letter.title not in listed
    assert status_of(expert, address(letter, "copies/1/file/")) == 200
    scope = case.scope
    assert not find(SECRET, scopes=frozenset({scope})).hits
    assert find(SECRET, scopes=frozenset({f"{scope}:privileged"})).hits


def test_an_earlier_copy_is_not_for_outside_experts(copy: RedactedCopy, signed_in: SignIn) -> None:
    exhibit = copy.exhibit
    redactions.mark(by=ACTOR, exhibit=exhibit, box=Box(1, 0.1, 0.3, 0.9, 0.5))
    redacting.run(redactions.ask_for_copy(by=ACTOR, exhibit=exhibit).pk, by=ACTOR)
    expert, reader = signed_in("expert"), signed_in("reader")
    files = [address(exhibit, f"copies/{number}/file/") for number in (1, 2)]
    assert [status_of(expert, file) for file in files] == [404, 200]
    assert [status_of(reader, file) for file in files] == [200, 200]


def test_the_redacted_copy_takes_the_originals_place_in_a_redacted_bundle(copy: RedactedCopy) -> None:
    bundle = bundle_actions.create(by=ACTOR, case=copy.exhibit.case, title="Pair", sections=["A"])
    bundle_actions.add_exhibits(by=ACTOR, section=bundle.sections.get(), exhibits=[copy.exhibit])
    entry = sources.entries_of(bundle)[0]
    assert isinstance(entry, Entry)
    assert sources.of(entry, redacted=True).stored == copy.sha256
    assert sources.of(entry).stored != copy.sha256


def test_drawing_without_script(letter: Exhibit, editor: Client) -> None:
    edges = {"page": 2, "left": "10", "top": "20", "right": "50", "bottom": "30.5", "label": "Privilege"}
    assert editor.post(address(letter), edges).headers["Location"].endswith("?page=2")
    drawn = letter.redactions.get()
    assert (drawn.page, drawn.right, drawn.bottom, drawn.state) == (2, 0.5, 0.305, "marked")
    page = editor.get(address(letter), {"edit": drawn.pk}).content.decode()
    assert 'value="30.5"' in page
    editor.post(address(letter), {**edges, "redaction": drawn.pk, "right": "60"})
    assert letter.redactions.get().right == 0.6
    answer = editor.post(address(letter), {**edges, "right": "5"})
    assert answer.status_code == 422
    assert "The rectangle is empty" in answer.content.decode()


def test_finding_and_deciding_in_the_browser(letter: Exhibit, editor: Client) -> None:
    editor.post(address(letter, "find/"), {"page": 1, "names": SECRET, "kinds": ["email"]})
    assert letter.redactions.filter(state="proposed").count() == 2
    shown = editor.get(address(letter)).content.decode()
    assert f">{SECRET}<" in shown
    first = letter.redactions.all()[0]
    editor.post(address(letter, "decide/"), {"page": 1, "action": f"marked {first.pk}"})
    editor.post(address(letter, "decide/"), {"page": 1, "action": "dismissed", "selected": ["all"]})
    assert [row.state for row in letter.redactions.all()] == ["marked", "dismissed"]
    assert editor.post(address(letter, "find/"), {"page": 1}).status_code == 422
    answer = editor.post(address(letter, "copies/"))
    assert answer.headers["Location"] == address(letter, "copies/1/")
    assert "Waiting for the worker" in editor.get(address(letter, "copies/1/")).content.decode()


def test_the_report_is_a_page(copy: RedactedCopy, editor: Client) -> None:
    shown = editor.get(address(copy.exhibit, "copies/1/")).content.decode()
    assert "Made and verified" in shown
    assert copy.sha256 in shown
    assert "Pixels of the page" in shown


def test_the_same_file_elsewhere_is_told(letter: Exhibit, editor: Client, case: Case) -> None:
    assert "same bytes" not in editor.get(address(letter)).content.decode()
    an_exhibit(case, store().path(letter.sha256).read_bytes(), "again.pdf")
    assert "same bytes" in editor.get(address(letter)).content.decode()


def test_a_reader_may_look_but_not_draw(letter: Exhibit, signed_in: SignIn) -> None:
    reader = signed_in("reader")
    assert "Draw a rectangle" not in reader.get(address(letter)).content.decode()
    assert reader.post(address(letter), {"page": 1}).status_code == 403
    assert signed_in("stranger").get(address(letter)).status_code == 404


def test_the_api_does_the_same(letter: Exhibit, editor: Client) -> None:
    api = f"/api/matters/{letter.case_id}/exhibits/{letter.pk}/"
    box = {"page": 1, "left": 0.1, "top": 0.1, "right": 0.9, "bottom": 0.28}
    made = editor.post(f"{api}redactions/", box, content_type="application/json")
    assert made.status_code == 201
    moved = editor.put(
        f"{api}redactions/{made.json()['id']}/", {**box, "right": 0.95}, content_type="application/json"
    )
    assert moved.json()["right"] == 0.95
    found = editor.post(f"{api}redactions/find/", {"names": [SECRET]}, content_type="application/json")
    assert found.json() == {"changed": 1}
    proposed = letter.redactions.get(state="proposed")
    said = {"redactions": [proposed.pk], "decision": "dismissed"}
    assert editor.post(f"{api}redactions/decide/", said, content_type="application/json").json() == {
        "changed": 1
    }
    asked = editor.post(f"{api}redacted-copies/")
    assert asked.status_code == 202
    redacting.run(letter.redacted_copies.get().pk, by=ACTOR)
    whole = editor.get(f"{api}redacted-copies/1/").json()
    assert whole["state"] == "made", whole["message"]
    assert [copy["number"] for copy in editor.get(f"{api}redacted-copies/").json()] == [1]
    assert status_of(editor, f"{api}redacted-copies/1/file/") == 200


def test_what_is_not_on_the_exhibit_is_refused(letter: Exhibit) -> None:
    with pytest.raises(InvalidInput, match="no page 3"):
        redactions.mark(by=ACTOR, exhibit=letter, box=Box(3, *LINE))
    with pytest.raises(InvalidInput, match="Nothing is marked"):
        redactions.ask_for_copy(by=ACTOR, exhibit=letter)
    with pytest.raises(InvalidInput, match="not there"):
        redactions.decide(by=ACTOR, exhibit=letter, numbers=[99], state="marked")
    with pytest.raises(InvalidInput, match="Nothing is sought"):
        redacting.find(by=ACTOR, exhibit=letter)
