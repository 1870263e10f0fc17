"""Which period of response is proposed for which place of service, on the demonstration's own service."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cases.actions import corrections, filings, matters
from cases.consequences import WHERE
from cases.models import DueDate, Filing, Party
from cases.rules import pack_of
from demo.load import dispute
from tests import factories
from tests.factories import signed_in
from tests.integration.cases.conftest import World

WITHIN = {"EW-RESP-1", "EW-RESP-5", "EW-RESP-6"}
KINGDOM = {"EW-OUT-1", "EW-OUT-2", "EW-OUT-2A"}
TABLE = {"EW-OUT-3", "EW-OUT-4", "EW-OUT-4A"}


@pytest.fixture
def served(world: World) -> Filing:
    """The demonstration's particulars, served in person on Tuesday 22 September 2026 at 11.50."""
    (row,) = [row for row in dispute()["document"] if row.get("kind") == "particulars-of-claim"]
    filing = world.filing(title=row["title"])
    filings.serve(by=factories.ACTOR, filing=filing, at=row["served_at"], method=row["served_by"])
    return filing


def _place(party: Party, place: str) -> None:
    now = {name: getattr(party, name) for name in ("name", "role")}
    corrections.correct_party(by=factories.ACTOR, party=party, place_of_service=place, **now)


def _standing(party: Party) -> dict[str, DueDate]:
    return {due.rule_id: due for due in party.due_dates.exclude(state=DueDate.State.SUPERSEDED)}


@pytest.mark.parametrize(
    ("place", "days"),
    [
        (Party.Place.CHINA, [date(2026, 10, 16), date(2026, 10, 16), date(2026, 10, 30)]),
        (Party.Place.SINGAPORE, [date(2026, 10, 14), date(2026, 10, 14), date(2026, 10, 28)]),
        (Party.Place.HONG_KONG, [date(2026, 10, 23), date(2026, 10, 23), date(2026, 11, 6)]),
        (Party.Place.UNITED_STATES, [date(2026, 10, 14), date(2026, 10, 14), date(2026, 10, 28)]),
        (Party.Place.SCOTLAND, [date(2026, 10, 13), date(2026, 10, 13), date(2026, 10, 27)]),
        (Party.Place.NORTHERN_IRELAND, [date(2026, 10, 13), date(2026, 10, 13), date(2026, 10, 27)]),
        (Party.Place.ENGLAND_AND_WALES, [date(2026, 10, 6), date(2026, 10, 6), date(2026, 10, 20)]),
    ],
)
def test_the_place_gives_acknowledgment_and_defence(
    world: World, served: Filing, place: Party.Place, days: list[date]
) -> None:
    _place(world.abroad, place)
    standing = _standing(world.abroad)
    rules = {"in": WITHIN, "uk": KINGDOM, "abroad": TABLE}[WHERE[place].answering]
    assert [standing[rule].due_on for rule in sorted(rules)] == days
    assert set(standing) == rules


def test_a_date_from_the_table_shows_its_row_its_source_and_that_nobody_verified_it(
    world: World, served: Filing
) -> None:
    due = _standing(world.abroad)["EW-OUT-3"]
    assert not due.rule_verified
    (row,) = [step for step in due.working if step["source"] == "PD 6B Table"]
    assert row["why"] == "For China: 24 days in the table."
    page = signed_in(world.reader).get(world.address(f"due/{due.pk}/")).content.decode()
    for words in ("For China: 24 days", "PD 6B Table", "Not verified", "an order giving permission"):
        assert words in page


@pytest.mark.parametrize(
    ("place", "words"),
    [("", "Where the party is served is not recorded"), ("elsewhere", "there is no figure here")],
)
def test_a_place_that_gives_no_period_is_said_and_nothing_is_called_verified(
    world: World, served: Filing, place: str, words: str
) -> None:
    _place(world.defendant, place)
    standing = _standing(world.defendant)
    assert set(standing) == WITHIN, "the shortest period held, so nobody is late by it"
    for due in standing.values():
        assert words in due.warnings[0]
        assert not due.rule_verified
    _place(world.defendant, Party.Place.ENGLAND_AND_WALES)
    assert not any(
        words in warning for due in _standing(world.defendant).values() for warning in due.warnings
    )


def test_a_new_party_of_unknown_place_is_told_so_on_the_people_page(world: World, served: Filing) -> None:
    party = matters.add_party(
        by=factories.ACTOR, case=world.case, name="Cirrus Ltd", role=Party.Role.DEFENDANT
    )
    page = signed_in(world.reader).get(world.address("people/")).content.decode()
    assert "Served in: China (mainland)" in page
    client = signed_in(world.editor)
    form: dict[str, Any] = {"name": party.name, "role": party.role, "aliases": ""}
    address = world.address(f"people/parties/{party.pk}/")
    assert 'value="" selected>Not known yet' in client.get(address).content.decode()
    assert client.post(address, {**form, "place_of_service": "hong kong"}).status_code == 302
    assert set(_standing(party)) == TABLE
    assert client.post(address, {**form, "place_of_service": "atlantis"}).status_code == 422


def test_a_moved_party_leaves_the_others_dates_alone(world: World, served: Filing) -> None:
    _place(world.abroad, Party.Place.SCOTLAND)
    assert set(_standing(world.abroad)) == KINGDOM
    assert world.abroad.due_dates.filter(rule_id__in=TABLE, state=DueDate.State.SUPERSEDED).count() == 3
    assert not world.defendant.due_dates.filter(state=DueDate.State.SUPERSEDED).exists()


def test_every_row_of_the_table_is_a_place_that_can_be_chosen(world: World) -> None:
    pack = pack_of(world.case.court)
    assert pack
    table = pack.rule("EW-OUT-3").table
    assert table
    assert set(table.rows) == {place for place, where in WHERE.items() if where.answering == "abroad"}
    assert set(WHERE) == {"", *Party.Place.values}


def test_parties_recorded_before_keep_what_was_said_of_them(committed: None) -> None:
    executor = MigrationExecutor(connection)
    leaves, before = executor.loader.graph.leaf_nodes(), [("cases", "0002_read_service_in_order")]
    executor.migrate(before)
    try:
        old = executor.loader.project_state(before).apps
        court = old.get_model("jurisdictions", "Court").objects.get(pk="ew-hc-ipl")
        case = old.get_model("cases", "Case").objects.create(
            title="A", court=court, opened_on=date(2026, 9, 1)
        )
        party = old.get_model("cases", "Party").objects
        party.create(case=case, name="In", role="defendant", served_out_of_jurisdiction=False)
        party.create(case=case, name="Out", role="defendant", served_out_of_jurisdiction=True)
    finally:
        MigrationExecutor(connection).migrate(leaves)
    places = Party.objects.order_by("name").values_list("name", "place_of_service")
    assert list(places) == [("In", "england-and-wales"), ("Out", "elsewhere")]
