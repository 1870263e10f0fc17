"""Exhibits, links and filings by API and by command."""

import json
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases.actions.matters import add_claim
from cases.models import Case, Party
from core.errors import InvalidInput, NotAllowed, NotFound
from evidence.files.store import ContentStore, Stored
from evidence.models import Exhibit
from jurisdictions.models import CauseOfAction
from tests.factories import ACTOR, a_case, a_member, a_party, a_user, an_exhibit
from tests.integration.evidence.conftest import particulars
from tests.integration.evidence.test_intake import MAIL

pytestmark = pytest.mark.django_db


def file(name: str = "poc.txt", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, particulars() if content is None else content)


def command(*words: Any, **options: Any) -> Any:
    out = StringIO()
    call_command(*map(str, words), "--json", stdout=out, **options)
    return json.loads(out.getvalue())


def test_exhibits_are_received_described_and_withdrawn(owner: Client, case: Case) -> None:
    listing = reverse("api:exhibits", args=[case.pk])
    answer = owner.post(listing, {"files": [file(), file("two.txt", b"two")]})
    assert answer.status_code == 201, answer.content
    assert [row["number"] for row in answer.json()] == [1, 2]
    assert owner.get(listing).json()["count"] == 2
    one = reverse("api:exhibit", args=[case.pk, answer.json()[0]["id"]])
    changed = owner.patch(one, {"mark": "HP1"}, content_type="application/json")
    assert (changed.json()["mark"], changed.json()["title"]) == ("HP1", "poc")
    assert owner.get(one).json()["state_words"] == "Waiting for the worker"
    gone = owner.post(f"{one}withdraw/", {"because": "A copy"})
    assert gone.json()["withdrawn_because"] == "A copy"
    assert owner.post(f"{one}withdraw/", {"because": "Again"}).status_code == 409
    assert owner.get(listing).json()["count"] == 1
    assert owner.post(f"{one}restore/").json()["withdrawn_at"] is None


def test_pages_and_names_are_read(owner: Client, case: Case) -> None:
    exhibit = an_exhibit(case, ready=True)
    ids = [case.pk, exhibit.pk]
    pages = owner.get(reverse("api:exhibit-pages", args=ids)).json()["results"]
    assert "1 December 2026" in pages[0]["text"]
    names = owner.get(reverse("api:exhibit-entities", args=ids)).json()["results"]
    assert {"kind": "date", "normal": "2026-12-01"}.items() <= names[0].items()


def test_pages_are_linked_and_unlinked(owner: Client, case: Case) -> None:
    exhibit = an_exhibit(case)
    cause = CauseOfAction.objects.filter(elements__isnull=False).distinct()[0]
    parties = list(case.parties.all())
    claim = add_claim(by=ACTOR, case=case, cause=cause, claimants=parties[:1], defendants=parties[1:])
    links = reverse("api:exhibit-links", args=[case.pk, exhibit.pk])
    element = cause.elements.all()[0]
    body = {"claim": claim.pk, "element": element.pk, "weight": "supports", "note": "It says so"}
    made = owner.post(links, body)
    assert made.status_code == 201
    assert owner.get(links).json() == [made.json()]
    assert owner.delete(f"{links}{made.json()['id']}/").status_code == 204
    assert owner.get(links).json() == []
    assert owner.delete(f"{links}{made.json()['id']}/").status_code == 404


def test_what_belongs_to_another_matter_answers_like_what_does_not_exist(owner: Client, case: Case) -> None:
    exhibit = an_exhibit(case)
    one, other = CauseOfAction.objects.filter(elements__isnull=False).distinct()[:2]
    parties = list(case.parties.all())
    claim = add_claim(by=ACTOR, case=case, cause=one, claimants=parties[:1], defendants=parties[1:])
    elsewhere = a_case(a_user("elsewhere@example.org"), "Other v Another", "IL-2026-000999")
    sides = [a_party(elsewhere, "Other Ltd"), a_party(elsewhere, "Another Ltd", Party.Role.DEFENDANT)]
    foreign = add_claim(by=ACTOR, case=elsewhere, cause=other, claimants=sides[:1], defendants=sides[1:])
    links = reverse("api:exhibit-links", args=[case.pk, exhibit.pk])
    described = reverse("api:exhibit", args=[case.pk, exhibit.pk])
    body = {"claim": claim.pk, "element": one.elements.all()[0].pk, "weight": "supports"}
    for field, hidden in (
        ("claim", foreign.pk),
        ("element", other.elements.all()[0].pk),
        ("produced_by", sides[0].pk),
    ):
        told = []
        for number in (hidden, 999_999_999):
            if field == "produced_by":
                answer = owner.patch(described, {field: number}, content_type="application/json")
            else:
                answer = owner.post(links, {**body, field: number})
            told.append((answer.status_code, answer.content.decode().replace(str(number), "N")))
        assert told[0] == told[1]
        assert told[0][0] == 400
    own = owner.patch(described, {"produced_by": parties[0].pk}, content_type="application/json")
    assert own.json()["produced_by"] == parties[0].pk


def test_a_filing_is_logged_in_one_call_or_not_at_all(owner: Client, case: Case) -> None:
    address = reverse("api:log-filing", args=[case.pk])
    body = {"kind": "particulars-of-claim", "title": "Particulars", "served_at": "2026-09-22T11:50:00+01:00"}
    assert owner.post(address, {**body, "files": file()}).status_code == 400
    ahead = {**body, "served_at": "2999-01-01T00:00:00Z", "served_by": "email"}
    assert owner.post(address, {**ahead, "files": file()}).status_code == 400
    assert not Exhibit.objects.exists(), "what was not logged was not received either"
    party = case.parties.get(role="claimant")
    answer = owner.post(
        address, {**body, "served_by": "email", "party": party.pk, "files": [file(), file("two.txt", b"2")]}
    )
    assert answer.status_code == 201, answer.content
    filing = case.filings.get()
    assert (filing.party, filing.served_by, filing.exhibits.count()) == (party, "email", 2)
    assert [row["title"] for row in answer.json()["exhibits"]] == ["Particulars", "two"]
    inside = {"kind": "claim-form", "title": "Claim Form", "contains_particulars": "true"}
    assert owner.post(address, {**inside, "files": file("claim.txt", b"3")}).status_code == 201
    assert case.filings.get(kind="claim-form").contains_particulars


@pytest.mark.parametrize("name", ["exhibits", "log-filing"])
def test_no_file_is_copied_while_the_database_is_held(
    owner: Client, case: Case, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    depth: list[int] = []
    outside = len(connection.savepoint_ids)
    put = ContentStore.put

    def watched(kept: ContentStore, chunks: Iterable[bytes], *, limit: int) -> Stored:
        depth.append(len(connection.savepoint_ids))
        return put(kept, chunks, limit=limit)

    monkeypatch.setattr(ContentStore, "put", watched)
    body = {"kind": "letter", "title": "Letter", "files": [file(), file("two.txt", b"2")]}
    assert owner.post(reverse(f"api:{name}", args=[case.pk]), body).status_code == 201
    assert depth == [outside, outside], "no transaction of the request's own was open"
    assert case.exhibits.count() == 2


def test_the_command_reads_what_it_is_not_told(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "poc.txt"
    path.write_bytes(particulars())
    (tmp_path / "log.eml").write_bytes(MAIL)
    answer = command("log_filing", case.claim_number, path, tmp_path / "log.eml", title="The claim")
    assert answer["filing"]["kind"] == "particulars-of-claim"
    assert answer["filing"]["title"] == "The claim"
    assert answer["filing"]["dated"] == "2026-09-21"
    assert answer["proposals"]["kind"]["where"].startswith("page 1, line ")
    assert "title" not in answer["proposals"]
    assert {row["state"] for row in answer["exhibits"]} == {"ready"}
    assert case.filings.get().exhibits.count() == 4, "attachments are filed with their e-mail"


def test_the_command_takes_what_it_is_told(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Something")
    words = [case.pk, path, "--kind", "letter", "--party", "defendant", "--date", "2026-10-01"]
    answer = command("log_filing", *words, "--served", "2026-10-02T12:00", "--method", "email")
    assert answer["filing"]["party"] == "Baiyun Cloud Technology Co., Ltd"
    assert answer["filing"]["served_at"] == "2026-10-02T11:00:00+00:00"
    assert not case.filings.get().contains_particulars
    command("log_filing", case.pk, path, "--kind", "claim-form", "--particulars-inside")
    assert case.filings.get(kind="claim-form").contains_particulars
    with pytest.raises(InvalidInput, match="does not name one party"):
        command("log_filing", case.pk, path, "--party", "Nobody")
    with pytest.raises(InvalidInput, match="belong together"):
        command("log_filing", case.pk, path, "--served", "2026-10-02T12:00")


def test_receiving_by_command_follows_the_same_access(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Something")
    reader = a_member(case)
    with pytest.raises(NotAllowed):
        command("receive", case.claim_number, path, "--as", reader.email)
    with pytest.raises(NotFound):
        command("receive", case.claim_number, path, "--as", "nobody@example.org")
    stranger = a_user("stranger@example.org")
    with pytest.raises(NotFound) as absent:
        command("receive", "IL-1999-000001", path, "--as", stranger.email)
    with pytest.raises(NotFound) as hidden:
        command("receive", case.claim_number, path, "--as", stranger.email)
    assert str(hidden.value) == str(absent.value).replace("IL-1999-000001", case.claim_number)
    with pytest.raises(InvalidInput, match="is no file"):
        command("receive", case.claim_number, tmp_path / "absent.txt")
    assert not Exhibit.objects.exists()
    answer = command("receive", case.claim_number, path, "--wait")
    assert answer["exhibits"][0]["state"] == "ready"
