"""Due dates with their working, hearings, applications and proceedings elsewhere."""

from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions import corrections, due_dates, filings, matters
from cases.kinds import FilingKind
from cases.models import Application, CaseRelation, DueDate, Hearing
from core import clock
from core.errors import InvalidInput
from tests import factories
from tests.factories import signed_in
from tests.integration.cases.conftest import World, london

BY = factories.ACTOR


def _served(world: World) -> DueDate:
    filing = world.filing()
    filings.serve(by=BY, filing=filing, at=london(2026, 10, 6, 16, 42), method="email")
    return filing.due_dates.get(rule_id="EW-RESP-6")


def test_a_date_shows_rule_source_and_each_step(world: World) -> None:
    due = _served(world)
    page = signed_in(world.reader).get(world.address(f"due/{due.pk}/")).content.decode()
    for words in ("CPR 15.4(1)(b)", "Deemed served", "Wed 7 Oct 2026", "Wed 4 Nov 2026", "Not verified"):
        assert words in page


def test_the_list_holds_what_is_ahead_and_each_why(world: World) -> None:
    _served(world)
    answer = signed_in(world.editor).get(world.address("due/"))
    assert len(answer.context["rows"]) == world.case.due_dates.count()
    assert answer.content.decode().count('<details class="why">') == len(answer.context["rows"])
    assert not signed_in(world.editor).get(world.address("due/?show=done")).context["rows"]


def test_a_person_confirms_then_does_it(world: World) -> None:
    due, client = _served(world), signed_in(world.editor)
    back = world.address("due/?show=all")
    answer = client.post(world.address(f"due/{due.pk}/state/"), {"state": "confirmed", "next": back})
    assert answer.url == back  # type: ignore[attr-defined]
    client.post(world.address(f"due/{due.pk}/state/"), {"state": "done"})
    due.refresh_from_db()
    assert due.state == DueDate.State.DONE
    page = client.post(world.address(f"due/{due.pk}/state/"), {"state": "missed"}, follow=True)
    assert "cannot become missed" in page.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "nowhere", "-1"])
def test_no_other_site_is_gone_to_after_saving(world: World, elsewhere: str) -> None:
    due = _served(world)
    form = {"state": "confirmed", "next": elsewhere}
    answer = signed_in(world.editor).post(world.address(f"due/{due.pk}/state/"), form)
    assert answer.url == world.address(f"due/{due.pk}/")  # type: ignore[attr-defined]


def test_only_a_person_can_be_asked_for_a_state(world: World) -> None:
    due = _served(world)
    for state in ("superseded", "proposed", ""):
        answer = signed_in(world.editor).post(world.address(f"due/{due.pk}/state/"), {"state": state})
        assert answer.status_code == 404


def test_a_date_of_an_order_is_entered_with_where_it_was_read(world: World) -> None:
    form = {
        "title": "Serve evidence in answer",
        "party": world.defendant.pk,
        "due_on": "2026-12-04",
        "due_time": "16:00",
        "source": "Order of 29 October 2026, paragraph 4",
    }
    client = signed_in(world.editor)
    assert client.post(world.address("due/new/"), form).status_code == 302
    due = DueDate.objects.get()
    assert (due.due_on, due.state, due.rule_source) == (date(2026, 12, 4), "confirmed", form["source"])
    assert client.post(world.address("due/new/"), {**form, "source": ""}).status_code == 422


def test_nearness_is_said_in_words(world: World) -> None:
    today = clock.today()
    for days in (-2, 0, 1, 9):
        due_dates.enter(
            by=BY, case=world.case, title=f"{days}", due_on=today + timedelta(days=days), source="Order"
        )
    rows = signed_in(world.reader).get(world.address("due/")).context["rows"]
    assert [(row["standing"].words, row["standing"].mark) for row in rows] == [
        ("Confirmed, 2 days late", "due"),
        ("Confirmed, due today", "due"),
        ("Confirmed, due tomorrow", "waiting"),
        ("Confirmed, in 9 days", "waiting"),
    ]


def test_a_hearing_is_listed_and_changed_in_the_courts_time(world: World) -> None:
    client = signed_in(world.editor)
    form = {"title": "Injunction", "starts_at": "2026-12-01T10:30", "place": "Rolls Building", "judge": ""}
    assert client.post(world.address("proceedings/hearings/new/"), form).status_code == 302
    hearing = Hearing.objects.get()
    assert hearing.starts_at == london(2026, 12, 1, 10, 30)
    form |= {"starts_at": "2027-06-01T14:00", "judge": "Mr Justice Hallam-Birch"}
    client.post(world.address(f"proceedings/hearings/{hearing.pk}/"), form)
    hearing.refresh_from_db()
    assert (hearing.starts_at, hearing.judge) == (london(2027, 6, 1, 14), "Mr Justice Hallam-Birch")
    page = signed_in(world.reader).get(world.address("proceedings/")).content.decode()
    assert "Tue 1 Jun 2027, 14:00" in page


def test_an_application_names_its_notice_and_who_else_it_touches(world: World) -> None:
    notice = world.filing(FilingKind.APPLICATION_NOTICE, "Application notice")
    form = {
        "kind": "injunction",
        "title": "Interim injunction",
        "applicant": world.claimant.pk,
        "filing": str(notice.pk),
        "undertakings": "A cross-undertaking in damages",
        "also_affected": "4,180 businesses",
    }
    client = signed_in(world.editor)
    assert client.post(world.address("proceedings/applications/new/"), form).status_code == 302
    application = Application.objects.get()
    assert application.filing == notice
    form |= {"also_affected": "4,200 businesses"}
    client.post(world.address(f"proceedings/applications/{application.pk}/"), form)
    page = signed_in(world.expert).get(world.address("proceedings/")).content.decode()
    assert "4,200 businesses" in page


def test_proceedings_elsewhere_are_added_and_changed(world: World) -> None:
    client = signed_in(world.editor)
    form = {"kind": "parallel", "title": "Baiyun v Aurelia", "court": "High Court of Singapore"}
    assert client.post(world.address("proceedings/related/new/"), form).status_code == 302
    relation = CaseRelation.objects.get()
    client.post(world.address(f"proceedings/related/{relation.pk}/"), {**form, "reference": "HC/OC 812/2026"})
    relation.refresh_from_db()
    assert relation.reference == "HC/OC 812/2026"
    assert (
        client.post(world.address("proceedings/related/new/"), {**form, "note": "n" * 601}).status_code == 422
    )


def test_an_application_is_made_by_a_party_and_a_filing_of_its_matter(world: World) -> None:
    other = factories.a_case(world.stranger, "Other v Another", "IL-2026-000999")
    foreign = filings.log_filing(by=BY, case=other, kind=FilingKind.APPLICATION_NOTICE, title="Notice")
    stranger = factories.a_party(other, "Other Ltd")
    kind = Application.Kind.INJUNCTION
    own = matters.note_application(
        by=BY, case=world.case, kind=kind, title="Injunction", applicant=world.claimant
    )
    for field, wrong in (("applicant", stranger), ("filing", foreign)):
        values: dict[str, Any] = {
            "kind": kind,
            "title": "Another",
            "applicant": world.claimant,
            field: wrong,
        }
        with pytest.raises(InvalidInput, match="belongs to another matter") as refused:
            matters.note_application(by=BY, case=world.case, **values)
        assert refused.value.field == field
        with pytest.raises(InvalidInput, match="belongs to another matter") as refused:
            corrections.correct_application(by=BY, application=own, **values)
        assert refused.value.field == field
    assert world.case.applications.get().title == "Injunction"
