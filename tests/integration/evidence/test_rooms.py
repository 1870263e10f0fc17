"""The exhibits list, one exhibit, one page, and the claims with their evidence."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.matters import add_claim
from cases.models import Case, Claim
from evidence.actions import exhibits
from evidence.models import ElementLink, Exhibit, Intake
from evidence.views.pages import find_terms
from jurisdictions.models import CauseOfAction
from ledger import verification
from tests.factories import ACTOR, an_exhibit
from tests.integration.evidence.test_intake import MAIL

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(case: Case) -> Claim:
    cause = CauseOfAction.objects.filter(elements__isnull=False).distinct().first()
    assert cause is not None
    claimant, defendant = case.parties.order_by("role")
    return add_claim(by=ACTOR, case=case, cause=cause, claimants=[claimant], defendants=[defendant])


def page_of(client: Client, case: Case, **query: str) -> str:
    return client.get(reverse("evidence:exhibits", args=[case.pk]), query).content.decode()


def test_the_list_filters_sorts_and_nests(owner: Client, case: Case) -> None:
    an_exhibit(case, MAIL, "log.eml", ready=True)
    other = an_exhibit(case, b"zebra", "zebra.txt")
    withdrawn = an_exhibit(case, b"gone", "gone.txt")
    exhibits.withdraw(by=ACTOR, exhibit=withdrawn, because="Not ours")
    whole = owner.get(reverse("evidence:exhibits", args=[case.pk]))
    titles = [(row["exhibit"].title, row["nested"]) for row in whole.context["rows"]]
    assert titles == [("log", False), ("one", True), ("two", True), ("zebra", False)]
    assert "every 2s" in whole.content.decode(), "zebra waits"
    assert "gone" not in whole.content.decode()
    assert "gone" in page_of(owner, case, withdrawn="only")
    found = owner.get(reverse("evidence:exhibits", args=[case.pk]), {"q": "one", "sort": "-size"})
    assert [row["exhibit"].title for row in found.context["rows"]] == ["one"]
    down = owner.get(reverse("evidence:exhibits", args=[case.pk]), {"sort": "-title", "filed": "no"})
    assert next(row["exhibit"].title for row in down.context["rows"]) == "zebra"
    Intake.objects.filter(exhibit=other).update(state="running", step="recognise", done=12, total=40)
    assert "Recognising text: 12 of 40 pages" in page_of(owner, case, state="working")
    assert page_of(owner, case, q="nothing like it").count("No exhibit is like that") == 1


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    owner: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        an_exhibit(case, f"{number}".encode(), f"{number}.txt")
    with django_assert_max_num_queries(30):
        page_of(owner, case)


def test_an_exhibit_is_described_withdrawn_and_restored(owner: Client, case: Case) -> None:
    exhibit = an_exhibit(case, ready=True)
    ids = [case.pk, exhibit.pk]
    fields = {"title": "Note of hearing", "mark": "HP1", "privilege": "none", "confidentiality": "open"}
    assert owner.post(reverse("evidence:describe", args=ids), fields).status_code == 302
    twin = an_exhibit(case, b"other", "other.txt")
    taken = owner.post(
        reverse("evidence:describe", args=[case.pk, twin.pk]),
        {**fields, "title": "Kept title", "mark": "hp1"},
    )
    assert taken.status_code == 422
    assert "hp1 marks another exhibit" in taken.content.decode()
    assert "Kept title" in taken.content.decode()
    assert owner.post(reverse("evidence:withdraw", args=ids), {"because": ""}).status_code == 422
    assert owner.post(reverse("evidence:withdraw", args=ids), {"because": "A copy"}).status_code == 302
    page = owner.get(reverse("evidence:exhibit", args=ids)).content.decode()
    assert "withdrew it: A copy" in page
    assert "received “note.txt”" in page
    assert "made a PDF of it with" in page
    assert exhibit.sha256 in page
    assert "Suggestions: not checked by anybody" in page
    assert owner.post(reverse("evidence:restore", args=ids)).status_code == 302
    assert Exhibit.objects.get(pk=exhibit.pk).withdrawn_at is None
    assert not list(verification.rows())


def test_a_refused_file_offers_another_try(owner: Client, case: Case) -> None:
    exhibit = an_exhibit(case, b"", "empty.pdf", ready=True)
    page = owner.get(reverse("evidence:exhibit", args=[case.pk, exhibit.pk])).content.decode()
    assert "Not converted" in page
    assert "What to do:" in page
    assert owner.post(reverse("evidence:retry", args=[case.pk, exhibit.pk])).status_code == 302
    assert Intake.objects.get(exhibit=exhibit).state == Intake.State.WAITING


def test_a_page_marks_what_was_asked_for(owner: Client, case: Case) -> None:
    exhibit = an_exhibit(case, b"First line.\nThe weights were copied.\n", ready=True)
    address = reverse("evidence:page", args=[case.pk, exhibit.pk, 1])
    answer = owner.get(address, {"q": 'NOT absent "weights were" cop'})
    marked = [words for line in answer.context["lines"] for words, is_marked in line["pieces"] if is_marked]
    assert marked == ["weights were", "copied"]
    assert len(answer.context["sheet"]["boxes"]) == 2
    assert owner.get(address, {"start": "0", "end": "99999"}).context["sheet"]["boxes"] == []
    assert owner.get(address, {"to": "7"})["Location"] == address
    assert owner.get(reverse("evidence:page", args=[case.pk, exhibit.pk, 2])).status_code == 404


def test_search_words_are_found_without_their_operators() -> None:
    text = "Party A trained models; party B did not."
    assert [text[a:b] for a, b in find_terms("train AND party:baiyun -did", text)] == ["trained"]
    assert find_terms("", text) == []


def test_the_matrix_says_loudly_where_there_is_no_evidence(owner: Client, case: Case, claim: Claim) -> None:
    elements = list(claim.cause.elements.all())
    exhibit = an_exhibit(case, ready=True)
    address = reverse("evidence:claims", args=[case.pk])
    assert (
        f"{len(elements)} of {len(elements)} elements have no evidence" in owner.get(address).content.decode()
    )
    element = reverse("evidence:element", args=[case.pk, claim.pk, elements[0].pk])
    form = {"exhibit": exhibit.pk, "weight": "supports", "page_number": "9", "note": "It says so"}
    assert "This exhibit has 1 pages." in owner.post(element, form).content.decode()
    assert owner.post(element, {**form, "page_number": "1"}).status_code == 302
    answer = owner.get(address)
    assert answer.context["bare"] == len(elements) - 1
    assert [cell.count for cell in answer.context["tables"][0].rows[0].cells] == [1, 0, 0]
    stands = {"claimant": "asserted", "claimant_note": "para 7", "defendant": ""}
    positions = reverse("evidence:positions", args=[case.pk, claim.pk, elements[0].pk])
    assert owner.post(positions, stands).status_code == 302
    assert "Asserted" in owner.get(address).content.decode()
    link = ElementLink.objects.get()
    assert owner.post(reverse("evidence:unlink", args=[case.pk, link.pk])).status_code == 302
    assert not ElementLink.objects.exists()
    assert owner.get(address).context["bare"] == len(elements)
    assert not list(verification.rows())


def test_a_page_is_linked_from_its_exhibit(owner: Client, case: Case, claim: Claim) -> None:
    exhibit = an_exhibit(case, ready=True)
    element = claim.cause.elements.first()
    assert element is not None
    form = {"element": f"{claim.pk}-{element.pk}", "weight": "undermines", "page_number": "1"}
    answer = owner.post(reverse("evidence:link", args=[case.pk, exhibit.pk]), form)
    assert answer.status_code == 302
    assert ElementLink.objects.get().weight == "undermines"
    wrong = owner.post(reverse("evidence:link", args=[case.pk, exhibit.pk]), {**form, "element": "0-0"})
    assert wrong.status_code == 422
