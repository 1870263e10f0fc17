"""Documents that are alike: found, shown side by side, decided by a person, and warned of until then."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bundles import actions, alike
from bundles.models import Bundle, DocumentPrint, DuplicateDecision, Entry
from cases.models import Case
from core.errors import Conflict
from ledger.models import Event
from tests.factories import ACTOR, an_exhibit

WORDS = "The evaluation set that we were sent on Friday holds forty thousand dialogues of the other side.\n"


def address(bundle: Bundle, name: str = "duplicates") -> str:
    return reverse(f"bundles:{name}", args=[bundle.case_id, bundle.pk])


@pytest.fixture
def letters(case: Case) -> Bundle:
    """The same letter as two different files, and another letter."""
    bundle = actions.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. Letters"])
    texts = {
        "sent.txt": WORDS,
        "copy.txt": WORDS + "\n\n",
        "other.txt": WORDS.replace("Friday", "Monday") * 3,
    }
    held = [an_exhibit(case, text.encode(), name, ready=True) for name, text in texts.items()]
    actions.add_exhibits(by=ACTOR, section=bundle.sections.get(), exhibits=held)
    return bundle


@pytest.fixture
def read(letters: Bundle) -> Bundle:
    alike.read(letters)
    return letters


def entry(name: str) -> Entry:
    return Entry.objects.get(exhibit__original_name=name)


def test_documents_are_read_once(letters: Bundle) -> None:
    assert alike.of(letters).unread == 3
    assert alike.read(letters) == 3
    assert alike.read(letters) == 0
    assert DocumentPrint.objects.count() == 3
    assert alike.of(letters).unread == 0


def test_the_two_lie_side_by_side_and_the_build_warns_until_somebody_decides(
    read: Bundle, editor: Client
) -> None:
    page = editor.get(address(read))
    (card,) = page.context["cards"]
    assert {str(card.pair.spare), str(card.pair.kept)} == {"sent", "copy"}
    assert (card.kind, card.sure) == ("The same words", "Almost certain")
    content = page.content.decode()
    for name in ("sent.txt", "copy.txt"):
        exhibit = entry(name).exhibit
        assert exhibit
        assert reverse("evidence:image", args=[read.case_id, exhibit.pk, 1]) in content
    assert (
        "1 pair of documents alike, not decided yet" in editor.get(address(read, "build_it")).content.decode()
    )
    chosen = {"spare": card.pair.spare.pk, "kept": card.pair.kept.pk, "decision": "keep-both"}
    assert editor.post(address(read), chosen).status_code == 302
    (decision,) = read.duplicate_decisions.all()
    assert (decision.decision, decision.left_out) == ("keep both", None)
    assert decision.decided_by
    assert Event.objects.filter(verb="decided on the duplicates").count() == 1
    assert "not decided yet" not in editor.get(address(read, "build_it")).content.decode()
    assert editor.get(address(read)).context["likenesses"].decided


def test_the_one_left_out_is_taken_out_and_asked_about_again_when_it_comes_back(
    read: Bundle, editor: Client
) -> None:
    spare, kept = entry("copy.txt"), entry("sent.txt")
    chosen = {"spare": spare.pk, "kept": kept.pk, "decision": f"leave-out:{spare.pk}"}
    editor.post(address(read), chosen)
    assert not Entry.objects.filter(pk=spare.pk).exists()
    decision = DuplicateDecision.objects.get()
    assert decision.left_out == spare.exhibit
    assert alike.of(read).pairs == []
    assert spare.exhibit
    actions.add_exhibits(by=ACTOR, section=read.sections.get(), exhibits=[spare.exhibit])
    assert len(alike.of(read).undecided) == 1


def test_a_decision_about_two_that_are_not_alike_is_not_taken(read: Bundle, editor: Client) -> None:
    chosen = {"spare": entry("sent.txt").pk, "kept": entry("other.txt").pk, "decision": "keep-both"}
    answer = editor.post(address(read), chosen, follow=True)
    assert "nothing was decided" in answer.content.decode()
    assert not DuplicateDecision.objects.exists()


def test_a_delivered_document_is_not_left_out(
    read: Bundle, editor: Client, built: Callable[..., object]
) -> None:
    built(read)
    actions.deliver(by=ACTOR, version=read.versions.get(), to="The court")
    spare, kept = entry("copy.txt"), entry("sent.txt")
    pair = alike.pair_of(read, spare.pk, kept.pk)
    assert pair
    with pytest.raises(Conflict, match="delivered"):
        actions.decide(by=ACTOR, bundle=read, alike=pair, leave_out=spare)
    assert not DuplicateDecision.objects.exists()
    chosen = {"spare": spare.pk, "kept": kept.pk, "decision": f"leave-out:{spare.pk}"}
    assert "delivered" in editor.post(address(read), chosen, follow=True).content.decode()


def test_only_the_pages_that_go_in_are_compared(read: Bundle) -> None:
    Entry.objects.filter(pk=entry("copy.txt").pk).update(signpost="bundle C, page 212")
    assert alike.of(read).pairs == []


def test_the_api_lists_pairs_and_takes_decisions(read: Bundle, editor: Client) -> None:
    url = reverse("api:bundle-duplicates", args=[read.pk])
    told = editor.get(url).json()
    assert told["unread"] == 0
    (pair,) = told["pairs"]
    assert (pair["kind"], pair["decision"]) == ("same-text", None)
    said = {"spare": pair["spare"], "kept": pair["kept"], "leave_out": pair["spare"]}
    answer = editor.post(url, said, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["decision"] == "leave out"
    assert editor.get(url).json()["pairs"] == []
    assert editor.post(url, said, content_type="application/json").status_code == 404
