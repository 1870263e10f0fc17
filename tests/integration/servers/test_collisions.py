"""Whoever loses to another writer is told so, may try again, and has saved nothing by halves."""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Signal

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

import manage
from cases.models import Case, Membership
from core.collisions import of_the_tree
from core.errors import Conflict
from evidence.models import Exhibit
from ledger.models import Chain, Event
from tests.factories import a_case, an_exhibit, signed_in

PATIENCE = 20
"""Seconds after which one who waits has waited in vain."""


@pytest.fixture
def case(committed: None) -> Case:
    return a_case()


@contextmanager
def another_writer(case: Case) -> Iterator[None]:
    """Somebody else holds what the act inside will wait for; on PostgreSQL they then want what it holds."""
    holding, over = Signal(), Signal()

    def hold() -> None:
        try:
            with transaction.atomic():
                Chain.objects.select_for_update().get(key=case.chain)
                holding.set()
                if connection.vendor == "sqlite":
                    over.wait(PATIENCE)
                else:
                    _until_somebody_waits()
                    Case.objects.select_for_update().get(pk=case.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as people:
        held = people.submit(hold)
        assert holding.wait(PATIENCE)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 100")  # milliseconds
        try:
            yield
        finally:
            over.set()
            held.result(timeout=PATIENCE)
            connection.close()


def _until_somebody_waits() -> None:
    """The other has asked first: PostgreSQL ends whoever finds the deadlock first."""
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) "
                "WHERE NOT granted AND datname = current_database()"
            )
            if cursor.fetchone():
                return
            time.sleep(0.02)


def by_page(exhibit: Exhibit) -> None:
    owner = exhibit.case.memberships.get(role=Membership.Role.OWNER).user
    address = reverse("evidence:describe", args=[exhibit.case_id, exhibit.pk])
    browser = signed_in(owner)
    with another_writer(exhibit.case):
        said = {"title": "Renamed", "privilege": "none", "confidentiality": "open"}
        answer = browser.post(address, said)
    assert answer.status_code == 409, answer.content.decode()
    assert "Somebody else was writing" in answer.content.decode()
    assert "Try again." in answer.content.decode()


def by_api(exhibit: Exhibit) -> None:
    owner = exhibit.case.memberships.get(role=Membership.Role.OWNER).user
    browser = signed_in(owner)
    with another_writer(exhibit.case):
        answer = browser.patch(
            f"/api/matters/{exhibit.case_id}/exhibits/{exhibit.pk}/",
            {"title": "Renamed"},
            content_type="application/json",
        )
    assert answer.status_code == 409, answer.content
    assert (answer.json()["code"], answer.json()["remedy"]) == ("conflict", "Try again.")


@pytest.mark.parametrize("act", [by_page, by_api])
def test_a_change_that_lost_is_a_conflict_and_nothing_is_saved(
    case: Case, act: Callable[[Exhibit], None]
) -> None:
    exhibit = an_exhibit(case)
    before = Event.objects.filter(chain__key=case.chain).count()
    act(exhibit)
    exhibit.refresh_from_db()
    assert exhibit.title != "Renamed"
    assert Event.objects.filter(chain__key=case.chain).count() == before


def test_a_command_that_lost_says_so_and_ends_with_its_code(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Note.")
    monkeypatch.setattr(sys, "argv", ["manage.py", "receive", str(case.pk), str(note)])
    with another_writer(case), pytest.raises(SystemExit) as ended:
        manage.main()
    assert ended.value.code == Conflict.exit_code
    assert "conflict: Somebody else was writing" in capsys.readouterr().err
    assert not case.exhibits.exists()


if connection.vendor == "postgresql":  # SQLite lets one writer in at a time

    def test_what_changed_under_a_transaction_is_a_conflict_too(case: Case) -> None:
        rename = "UPDATE cases_case SET title = 'Renamed' WHERE id = %s"
        about = connection.settings_dict
        server = {"host": about["HOST"], "port": about["PORT"], "user": about["USER"]}

        def lose() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute("SELECT count(*) FROM cases_case")
                with psycopg.connect(dbname=about["NAME"], **server) as other:
                    other.execute(rename, [case.pk])
                cursor.execute(rename, [case.pk])

        with pytest.raises(OperationalError) as lost:
            lose()
        assert isinstance(of_the_tree(lost.value), Conflict)


def test_a_database_that_is_away_is_no_conflict() -> None:
    assert of_the_tree(OperationalError("connection refused")) is None
    assert of_the_tree(ValueError("40P01")) is None
