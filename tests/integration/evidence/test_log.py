"""From a drop of files to filings in the docket."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.models import Case, Filing
from core.errors import TooLarge
from evidence import pipeline
from evidence.models import Exhibit
from evidence.storage import store
from tests.factories import ACTOR, a_case, a_user, an_exhibit
from tests.integration.evidence.conftest import particulars

pytestmark = pytest.mark.django_db


def drop(client: Client, case: Case, *files: tuple[str, bytes]) -> list[Exhibit]:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    answer = client.post(reverse("evidence:log", args=[case.pk]), {"documents": uploads})
    assert answer.status_code == 302, answer.content.decode()
    ids = parse_qs(urlsplit(answer["Location"]).query)["exhibit"]
    found = {str(exhibit.pk): exhibit for exhibit in Exhibit.objects.filter(pk__in=ids)}
    return [found[one] for one in ids]


def review(client: Client, case: Case, *exhibits: Exhibit) -> Any:
    page = reverse("evidence:review", args=[case.pk])
    return client.get(page, {"exhibit": [str(exhibit.pk) for exhibit in exhibits]})


def posted(answer: Any, **changes: str) -> dict[str, Any]:
    """What the browser would post of the page, with the changes made."""
    data: dict[str, Any] = {"exhibit": []}
    for card in answer.context["cards"]:
        data["exhibit"].append(str(card.exhibit.pk))
        for bound in card.form:
            value = bound.value()
            data[bound.html_name] = "" if value in (None, False) else str(value)
            if bound.name == "with_above" and not value:
                del data[bound.html_name]
    return {**data, **changes}


def save(client: Client, case: Case, data: dict[str, Any]) -> Any:
    return client.post(reverse("evidence:review", args=[case.pk]), {**data, "save": "save"})


def test_dropped_read_reviewed_saved(owner: Client, case: Case) -> None:
    (exhibit,) = drop(owner, case, ("poc.txt", particulars()))
    pipeline.run(str(exhibit.pk), by=ACTOR)
    answer = review(owner, case, exhibit)
    card = answer.context["cards"][0]
    assert card.form["kind"].value() == "particulars-of-claim"
    assert card.number.value == "IL-2026-000123"
    assert not card.cautions
    note = card.notes["kind"]
    assert note["where"].startswith("page 1, line ")
    where = owner.get(note["href"])
    marked = [words for line in where.context["lines"] for words, is_marked in line["pieces"] if is_marked]
    assert marked == ["PARTICULARS OF CLAIM"]
    assert where.context["sheet"]["boxes"]
    assert b"data-save autofocus" in answer.content

    saved = save(owner, case, posted(answer))
    assert saved.status_code == 302
    filing = case.filings.get()
    assert (filing.kind, filing.dated) == ("particulars-of-claim", date(2026, 9, 21))
    assert filing.party == case.parties.get(role="claimant")
    exhibit.refresh_from_db()
    assert exhibit.filing == filing
    assert exhibit.title == filing.title
    assert exhibit.produced_by == filing.party


def test_while_it_is_read_the_poll_fills_only_what_nobody_typed(owner: Client, case: Case) -> None:
    (exhibit,) = drop(owner, case, ("poc.txt", particulars()))
    answer = review(owner, case, exhibit)
    assert "Waiting for the worker" in answer.content.decode()
    assert "every 1s" in answer.content.decode()
    poll = reverse("evidence:reading", args=[case.pk, exhibit.pk])
    typed = {"exhibit": [str(exhibit.pk)], f"{exhibit.pk}-title": "My own title"}
    before = owner.post(poll, typed).content.decode()
    assert "every 1s" in before
    assert "hx-swap-oob" not in before
    pipeline.run(str(exhibit.pk), by=ACTOR)
    after = owner.post(poll, typed).content.decode()
    assert "every 1s" not in after
    assert f'id="slot-{exhibit.pk}-kind" hx-swap-oob' in after
    assert f'id="slot-{exhibit.pk}-title"' not in after


def test_without_script_looking_again_keeps_what_was_typed(owner: Client, case: Case) -> None:
    (exhibit,) = drop(owner, case, ("poc.txt", particulars()))
    data = posted(review(owner, case, exhibit), **{f"{exhibit.pk}-title": "My own title"})
    pipeline.run(str(exhibit.pk), by=ACTOR)
    again = owner.post(reverse("evidence:review", args=[case.pk]), {**data, "look": "again"})
    form = again.context["cards"][0].form
    assert form["title"].value() == "My own title"
    assert form["kind"].value() == "particulars-of-claim"
    assert "title" not in again.context["cards"][0].notes
    emptied = posted(again, **{f"{exhibit.pk}-kind": ""})
    third = owner.post(reverse("evidence:review", args=[case.pk]), {**emptied, "look": "again"})
    assert third.context["cards"][0].form["kind"].value() == ""


def test_two_documents_become_two_filings_or_one(owner: Client, case: Case) -> None:
    first, second = drop(owner, case, ("poc.txt", particulars()), ("note.txt", b"A note.\n"))
    data = posted(review(owner, case, first, second), **{f"{second.pk}-title": "The annex"})
    assert save(owner, case, data).status_code == 422, "the second has no kind"
    assert not case.filings.exists()
    assert save(
        owner, case, {**data, "together": "on", f"{first.pk}-kind": "order", f"{first.pk}-title": "O"}
    )
    filing = case.filings.get()
    assert [exhibit.pk for exhibit in filing.exhibits.order_by("number")] == [first.pk, second.pk]
    third, fourth = drop(owner, case, ("a.txt", b"a"), ("b.txt", b"b"))
    kinds = {f"{one.pk}-{name}": "letter" for one in (third, fourth) for name in ("kind", "title")}
    assert save(owner, case, posted(review(owner, case, third, fourth), **kinds)).status_code == 302
    assert case.filings.count() == 3


def test_service_is_recorded_and_its_own_faults_are_shown(owner: Client, case: Case) -> None:
    (exhibit,) = drop(owner, case, ("poc.txt", particulars()))
    pipeline.run(str(exhibit.pk), by=ACTOR)
    data = posted(review(owner, case, exhibit), **{f"{exhibit.pk}-served_at": "2026-09-22T11:50"})
    wrong = save(owner, case, data)
    assert wrong.status_code == 422
    assert "Say how it was served." in wrong.content.decode()
    ahead = {**data, f"{exhibit.pk}-served_at": "2999-01-01T10:00", f"{exhibit.pk}-served_by": "email"}
    assert "This moment lies ahead." in save(owner, case, ahead).content.decode()
    assert save(owner, case, {**data, f"{exhibit.pk}-served_by": "email"}).status_code == 302
    filing = case.filings.get()
    assert filing.served_at is not None
    assert filing.served_at.isoformat() == "2026-09-22T10:50:00+00:00"


def test_a_dropped_claim_form_can_have_its_particulars_inside(owner: Client, case: Case) -> None:
    (exhibit,) = drop(owner, case, ("claim.txt", b"Claim Form"))
    typed = {"kind": "letter", "title": "Claim Form", "contains_particulars": "on"}
    typed |= {"served_at": "2026-09-22T11:50", "served_by": "personal"}
    typed["party"] = str(case.parties.get(role="claimant").pk)
    data = posted(review(owner, case, exhibit), **{f"{exhibit.pk}-{name}": typed[name] for name in typed})
    wrong = save(owner, case, data)
    assert wrong.status_code == 422
    assert "Only a claim form contains its particulars." in wrong.content.decode()
    assert save(owner, case, {**data, f"{exhibit.pk}-kind": "claim-form"}).status_code == 302
    rules = set(case.filings.get().due_dates.values_list("rule_id", flat=True))
    assert "EW-SVC-7" in rules
    assert "EW-SVC-5" not in rules, "particulars need not follow"


def test_an_oddity_is_shown_before_it_is_saved(owner: Client, case: Case) -> None:
    (exhibit,) = drop(owner, case, ("poc.txt", particulars()))
    pipeline.run(str(exhibit.pk), by=ACTOR)
    data = posted(review(owner, case, exhibit), **{f"{exhibit.pk}-dated": "2999-01-01"})
    first = save(owner, case, data)
    assert "The date lies ahead" in first.content.decode()
    assert not case.filings.exists()
    again = posted(first)
    assert save(owner, case, again).status_code == 302
    assert case.filings.get().dated == date(2999, 1, 1)


@pytest.mark.parametrize("known", [True, False])
def test_another_claim_number_is_named_only_to_those_who_may_know(
    owner: Client, case: Case, known: bool
) -> None:
    other_owner = case.memberships.get().user if known else a_user("other@example.org")
    a_case(other_owner, "Boreal v Baiyun", "IL-2026-000777")
    (exhibit,) = drop(owner, case, ("poc.txt", particulars("IL-2026-000777")))
    pipeline.run(str(exhibit.pk), by=ACTOR)
    page = review(owner, case, exhibit).content.decode()
    assert "The document carries claim number IL-2026-000777" in page
    assert ("It is that of Boreal v Baiyun." in page) is known
    assert ("It is not this matter" in page) is not known


def test_the_same_file_twice(owner: Client, case: Case) -> None:
    earlier = an_exhibit(case, particulars(), "first.txt")
    (exhibit,) = drop(owner, case, ("again.txt", particulars()))
    pipeline.run(str(exhibit.pk), by=ACTOR)
    answer = review(owner, case, exhibit)
    assert f"The same file is already here as exhibit {earlier.number}" in answer.content.decode()
    data = posted(answer, **{f"{exhibit.pk}-duplicate": str(earlier.pk)})
    assert save(owner, case, data).status_code == 302
    exhibit.refresh_from_db()
    earlier.refresh_from_db()
    assert exhibit.withdrawn_at
    assert earlier.filing == case.filings.get()
    (third,) = drop(owner, case, ("third.txt", particulars()))
    pipeline.run(str(third.pk), by=ACTOR)
    data = posted(review(owner, case, third), **{f"{third.pk}-duplicate": str(earlier.pk)})
    save(owner, case, data)
    assert case.filings.count() == 1, "the file is filed already, so nothing new is logged"


def test_the_same_file_twice_in_one_drop_is_told_of_once(owner: Client, case: Case) -> None:
    first, second = drop(owner, case, ("a.txt", b"same"), ("b.txt", b"same"))
    cards = review(owner, case, first, second).context["cards"]
    assert [len(card.cautions) for card in cards] == [0, 1]


def test_nothing_is_lost_when_the_browser_is_closed(owner: Client, case: Case) -> None:
    (exhibit,) = drop(owner, case, ("left.txt", b"left behind"))
    assert "left" in owner.get(reverse("evidence:log", args=[case.pk])).content.decode()
    listing = owner.get(reverse("evidence:exhibits", args=[case.pk])).content.decode()
    assert "1 received and not filed" in listing
    assert exhibit.title in listing


def test_what_is_filed_already_cannot_be_filed_again(owner: Client, case: Case) -> None:
    (exhibit,) = drop(owner, case, ("poc.txt", particulars()))
    pipeline.run(str(exhibit.pk), by=ACTOR)
    data = posted(review(owner, case, exhibit))
    save(owner, case, data)
    assert save(owner, case, data).status_code == 302
    assert Filing.objects.count() == 1


def test_a_file_over_the_limit_is_refused_and_nothing_is_kept(
    owner: Client, case: Case, settings: Any
) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    upload = SimpleUploadedFile("big.bin", b"x" * 1001)
    answer = owner.post(reverse("evidence:log", args=[case.pk]), {"documents": upload})
    assert answer.status_code == 413
    with pytest.raises(TooLarge):
        an_exhibit(case, b"x" * 1001)
    assert not Exhibit.objects.exists()
    assert list(store().all()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x", "x"),
        ("..\\..\\etc\\passwd.txt", "passwd.txt"),
        ("заява про позов 🏛.txt", "заява про позов 🏛.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("a" * 400 + ".pdf", "a" * 251 + ".pdf"),
        ("..", "unnamed"),
    ],
)
def test_hostile_names_stay_names(owner: Client, case: Case, name: str, kept: str) -> None:
    exhibit = an_exhibit(case, b"words", name)
    assert exhibit.original_name == kept
    answer = owner.get(reverse("evidence:original", args=[case.pk, exhibit.pk]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer) == b"words"
