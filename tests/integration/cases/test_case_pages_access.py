"""Who reaches which page of a matter."""

from datetime import date

import pytest

from cases.actions import due_dates, filings, matters
from cases.kinds import FilingKind
from cases.models import Case, DueDate, Filing
from jurisdictions.models import CauseOfAction
from tests import factories
from tests.factories import signed_in
from tests.integration.cases.conftest import World, london

READ = ["people/", "docket/", "proceedings/", "due/"]
WRITE = [
    "edit/",
    "people/parties/new/",
    "claims/new/",
    "proceedings/hearings/new/",
    "proceedings/applications/new/",
    "proceedings/related/new/",
    "docket/new/",
    "due/new/",
]


@pytest.mark.parametrize("page", [*READ, *WRITE])
def test_a_stranger_cannot_know_that_the_matter_exists(world: World, page: str) -> None:
    assert signed_in(world.stranger).get(world.address(page)).status_code == 404


@pytest.mark.parametrize("page", READ)
def test_every_member_reads(world: World, page: str) -> None:
    for user in (world.owner, world.editor, world.reader, world.expert):
        assert signed_in(user).get(world.address(page)).status_code == 200


@pytest.mark.parametrize("page", WRITE)
def test_only_owner_and_editor_write(world: World, page: str) -> None:
    for user, status in ((world.owner, 200), (world.editor, 200), (world.reader, 403), (world.expert, 403)):
        assert signed_in(user).get(world.address(page)).status_code == status


def test_a_reader_sees_no_edit_controls(world: World) -> None:
    filing = world.filing()
    for page in (*READ, f"docket/{filing.pk}/"):
        text = signed_in(world.reader).get(world.address(page)).content.decode()
        main = text[text.index("<main") : text.index("</main>")]
        assert "csrfmiddlewaretoken" not in main
        assert "/new/" not in main
        assert "/correct/" not in main


def test_a_reader_cannot_record_what_happened_to_a_filing(world: World) -> None:
    filing = world.filing()
    answer = signed_in(world.reader).post(
        world.address(f"docket/{filing.pk}/serve/"), {"serve-at": "2026-10-06T16:42", "serve-method": "email"}
    )
    assert answer.status_code == 403
    filing.refresh_from_db()
    assert filing.served_at is None


def test_members_are_the_owners_to_change(world: World) -> None:
    form = {"email": "stranger@example.org", "role": "reader"}
    assert signed_in(world.editor).post(world.address("people/members/new/"), form).status_code == 403
    assert signed_in(world.stranger).post(world.address("people/members/new/"), form).status_code == 404
    assert not world.case.memberships.filter(user=world.stranger).exists()


def test_rows_of_another_matter_are_not_found_through_ones_own(world: World) -> None:
    other = factories.a_case(world.stranger, "Other v Another", "IL-2026-000999")
    theirs = factories.a_party(other, "Other Limited")
    claim = matters.add_claim(
        by=factories.ACTOR,
        case=other,
        cause=CauseOfAction.objects.filter(pk="EW-CONF").get(),
        claimants=[theirs],
        defendants=[factories.a_party(other, "Another Limited", "defendant")],
    )
    hearing = matters.list_hearing(
        by=factories.ACTOR, case=other, title="Trial", starts_at=london(2027, 3, 1)
    )
    client = signed_in(world.owner)
    for page in (
        f"people/parties/{theirs.pk}/",
        f"claims/{claim.pk}/edit/",
        f"proceedings/hearings/{hearing.pk}/",
        f"docket/{_filed(other).pk}/",
    ):
        assert client.get(world.address(page)).status_code == 404, page


def _filed(case: Case) -> Filing:
    return filings.log_filing(by=factories.ACTOR, case=case, kind=FilingKind.ORDER, title="Order", party=None)


def test_a_due_date_of_another_matter_cannot_be_set(world: World) -> None:
    other = factories.a_case(world.stranger, "Other v Another", "IL-2026-000999")
    due = due_dates.enter(
        by=factories.ACTOR, case=other, title="Skeleton", due_on=date(2027, 1, 4), source="Order"
    )
    answer = signed_in(world.owner).post(world.address(f"due/{due.pk}/state/"), {"state": "done"})
    assert answer.status_code == 404
    due.refresh_from_db()
    assert due.state == DueDate.State.CONFIRMED
