"""What happens to a filing: five separate things, each with its own time, method or reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cases.actions import filings
from cases.kinds import FilingKind
from cases.models import DueDate, Filing
from core.errors import InvalidInput
from ledger.models import Event
from ledger.verification import proofs
from tests import factories
from tests.factories import signed_in
from tests.integration.cases.conftest import World, london

BY = factories.ACTOR


def _post(world: World, filing: Filing, step: str, **values: str) -> Any:
    form = {f"{step}-{name}": value for name, value in values.items()}
    return signed_in(world.editor).post(world.address(f"docket/{filing.pk}/{step}/"), form)


def test_each_thing_is_recorded_by_itself_in_the_courts_time(world: World) -> None:
    filing = world.filing()
    _post(world, filing, "prepare", at="2026-10-05T09:00")
    _post(world, filing, "submit", at="2026-10-05T10:12", method="ce-file")
    _post(world, filing, "accept", at="2026-10-05T11:42")
    _post(world, filing, "serve", at="2026-10-06T16:42", method="email")
    filing.refresh_from_db()
    assert filing.prepared_at == london(2026, 10, 5, 9)
    assert (filing.submitted_at, filing.submitted_by) == (london(2026, 10, 5, 10, 12), "ce-file")
    assert filing.accepted_at == london(2026, 10, 5, 11, 42)
    assert (filing.served_at, filing.served_by) == (london(2026, 10, 6, 16, 42), "email")
    verbs = Event.objects.filter(thing_id=str(filing.pk)).values_list("verb", flat=True)
    assert list(verbs) == ["logged", "prepared", "submitted", "recorded acceptance of", "served"]


def test_a_rejection_has_its_reason_and_closes_the_acceptance(world: World) -> None:
    filing = world.filing()
    _post(world, filing, "submit", at="2026-10-05T10:12", method="ce-file")
    _post(world, filing, "reject", at="2026-10-05T12:00", because="The fee was not paid.")
    page = signed_in(world.reader).get(world.address(f"docket/{filing.pk}/")).content.decode()
    assert "Rejected on 5 Oct: The fee was not paid." in page
    assert "Does not arise" in page
    answer = _post(world, filing, "accept", at="2026-10-05T13:00")
    assert answer.status_code == 422
    assert "Log the corrected document as a new filing" in answer.content.decode()


@pytest.mark.parametrize(
    ("step", "values", "words"),
    [
        ("serve", {"at": "2999-01-01T10:00", "method": "email"}, "lies in the future"),
        ("accept", {"at": "2026-10-05T09:00"}, "cannot be accepted before it was submitted"),
        ("reject", {"at": "2026-10-05T09:00", "because": "x"}, "cannot be rejected before it was submitted"),
        ("serve", {"at": "", "method": "email"}, "This field is required"),
        ("serve", {"at": "2026-10-06T10:00", "method": "pigeon"}, "is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    world: World, step: str, values: dict[str, str], words: str
) -> None:
    filing = world.filing()
    filings.submit(by=BY, filing=filing, at=london(2026, 10, 5, 10, 12), method="ce-file")
    answer = _post(world, filing, step, **values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert f'id="id_{step}-{"method" if "choices" in words else "at"}_error"' in page


def test_submitted_after_the_courts_answer_is_refused(world: World) -> None:
    filing = world.filing()
    filings.accept(by=BY, filing=filing, at=london(2026, 10, 5, 11))
    answer = _post(world, filing, "submit", at="2026-10-05T12:00", method="ce-file")
    assert answer.status_code == 422
    assert "The court answered before this moment" in answer.content.decode()


def test_a_filing_is_logged_without_its_document_and_corrected(world: World) -> None:
    client = signed_in(world.editor)
    form = {"kind": "defence", "title": "Defence", "party": world.defendant.pk, "dated": "2026-10-20"}
    assert client.post(world.address("docket/new/"), form).status_code == 302
    filing = world.case.filings.get()
    assert (filing.number, filing.dated) == (1, date(2026, 10, 20))
    form |= {"title": "Defence of the Second Defendant", "dated": ""}
    assert client.post(world.address(f"docket/{filing.pk}/correct/"), form).status_code == 302
    filing.refresh_from_db()
    assert (filing.title, filing.dated) == ("Defence of the Second Defendant", None)


def test_a_corrected_kind_takes_back_the_dates_of_the_wrong_one(world: World) -> None:
    filing = world.filing(FilingKind.CLAIM_FORM, "Particulars of Claim")
    filings.serve(by=BY, filing=filing, at=london(2026, 10, 6, 11), method="email")
    assert _standing_rules(filing) == {"EW-SVC-5"}
    filings.correct(
        by=BY,
        filing=filing,
        kind=FilingKind.PARTICULARS_OF_CLAIM,
        title=filing.title,
        party=world.claimant,
        dated=None,
        contains_particulars=False,
    )
    assert "EW-SVC-5" not in _standing_rules(filing)
    assert {"EW-RESP-1", "EW-RESP-6", "EW-OUT-3"} <= _standing_rules(filing)


def test_what_a_proposed_date_takes_for_granted_is_said_with_it(world: World) -> None:
    filing = world.filing()
    filings.serve(by=BY, filing=filing, at=london(2026, 10, 6, 11), method="email")
    assert "Assumes that an acknowledgment of service was filed." in _warnings(filing, "EW-RESP-6")
    for rule in ("EW-RESP-5", "EW-OUT-4"):
        assert "Assumes that no acknowledgment of service was filed." in _warnings(filing, rule)
    assert "an order giving permission states its own periods" in _warnings(filing, "EW-OUT-3")
    assert "an order" not in _warnings(filing, "EW-RESP-1")


@pytest.mark.parametrize(("act", "method"), [(filings.serve, "ce-file"), (filings.submit, "personal")])
def test_a_way_to_the_court_is_no_service_and_no_service_reaches_the_court(
    world: World, act: Callable[..., Filing], method: str
) -> None:
    filing = world.filing()
    with pytest.raises(InvalidInput, match="is no way to do this"):
        act(by=BY, filing=filing, at=london(2026, 10, 6, 11), method=method)


def test_a_date_already_done_outlives_a_corrected_time_of_service(world: World) -> None:
    filing = world.filing()
    filings.serve(by=BY, filing=filing, at=london(2026, 10, 6, 11), method="email")
    done = filing.due_dates.get(rule_id="EW-RESP-1")
    DueDate.objects.filter(pk=done.pk).update(state=DueDate.State.DONE)
    filings.serve(by=BY, filing=filing, at=london(2026, 10, 8, 11), method="email")
    assert filing.due_dates.get(rule_id="EW-RESP-1").state == DueDate.State.DONE
    moved = filing.due_dates.exclude(state=DueDate.State.SUPERSEDED).get(rule_id="EW-RESP-6")
    assert moved.due_on == date(2026, 11, 5)


def test_the_same_service_recorded_again_leaves_a_confirmed_date_confirmed(world: World) -> None:
    filing = world.filing()
    filings.serve(by=BY, filing=filing, at=london(2026, 10, 6, 11), method="email")
    filing.due_dates.filter(rule_id="EW-RESP-1").update(state=DueDate.State.CONFIRMED)
    filings.serve(by=BY, filing=filing, at=london(2026, 10, 6, 11, 5), method="email")
    assert filing.due_dates.get(rule_id="EW-RESP-1").state == DueDate.State.CONFIRMED


def _warnings(filing: Filing, rule: str) -> str:
    return " ".join(word for due in filing.due_dates.filter(rule_id=rule) for word in due.warnings)


def _standing_rules(filing: Filing) -> set[str]:
    return set(filing.due_dates.exclude(state="superseded").values_list("rule_id", flat=True))


def test_every_row_written_here_is_proved_by_the_ledger(empty_index: None, world: World) -> None:
    filing = world.filing()
    _post(world, filing, "serve", at="2026-10-06T16:42", method="email")
    assert [problem for proof in proofs().values() for problem in proof()] == []
