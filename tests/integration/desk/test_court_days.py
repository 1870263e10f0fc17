"""Today, late and the days of moments are those of each matter's own court.

Its courts are moved to Kiritimati and Niue, 25 hours apart: it is never the same day in both.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from cases.actions import due_dates, filings
from cases.actions import matters as matter_actions
from cases.kinds import FilingKind
from cases.models import Case, DueDate
from core import clock
from desk.selectors.due import pressing
from jurisdictions.models import Court
from tests import factories
from tests.factories import ACTOR, signed_in

EAST, WEST = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Niue")
NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)  # 02.00 on 30 March in Kiritimati, 01.00 on 29 March in Niue


@dataclass(frozen=True)
class Places:
    owner: User
    east: Case
    west: Case

    def each(self) -> tuple[Case, Case]:
        return self.east, self.west


@pytest.fixture
def places(db: None) -> Places:
    owner, ipl = factories.a_user(), factories.a_court()
    california = factories.a_court("us-cand")
    for court, zone in ((ipl, EAST), (california, WEST)):
        Court.objects.filter(pk=court.pk).update(time_zone=zone.key)
    east = factories.a_case(owner, "East v Sea")
    west = matter_actions.open_case(by=ACTOR, title="West v Sea", court=california, owner=owner)
    found = Places(owner, Case.objects.get(pk=east.pk), Case.objects.get(pk=west.pk))
    assert found.east.today > found.west.today
    return found


@pytest.fixture
def client(places: Places) -> Client:
    return signed_in(places.owner)


def _due(case: Case, title: str, day: date) -> DueDate:
    return due_dates.enter(by=ACTOR, case=case, title=title, due_on=day, source="Order")


def _page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_day_is_late_in_the_east_and_today_in_the_west(places: Places, client: Client) -> None:
    for case in places.each():
        _due(case, f"File in {case.title}", places.west.today)
        _due(case, f"Reply in {case.title}", places.east.today)
    rows = client.get("/due/").context["rows"]
    assert [(row["group"], row["due"].title) for row in rows] == [
        ("Late", "File in East v Sea"),
        ("Today", "File in West v Sea"),
        ("Today", "Reply in East v Sea"),
        ("Within seven days", "Reply in West v Sea"),
    ]
    words = [row["standing"].words for row in rows]
    assert words[0].endswith(" late")
    assert words[1:3] == ["Confirmed, due today"] * 2
    assert _page(client, "/due/").count('scope="rowgroup"') == 3, "each heading once, though the days cross"


def test_the_bar_counts_what_is_late_where_it_is_due(places: Places) -> None:
    for case in places.each():
        _due(case, "File", places.west.today)
        _due(case, "In a week", case.today + timedelta(days=7))
        _due(case, "In eight days", case.today + timedelta(days=8))
    assert (pressing(places.owner).count, pressing(places.owner).late) == (4, 1)


def test_a_matters_own_pages_and_its_api_say_today_by_its_court(places: Places, client: Client) -> None:
    for case in places.each():
        _due(case, "File", case.today)
        for path in (f"/matters/{case.pk}/", f"/matters/{case.pk}/due/"):
            assert "Confirmed, due today" in _page(client, path)
        (told,) = client.get(f"/api/matters/{case.pk}/due-dates/").json()["results"]
        assert told["standing"] == "Confirmed, due today"
        assert client.get(f"/matters/{case.pk}/chronology/").context["drawing"].today is not None
    days = client.get("/").content.decode()
    assert days.count("Today") == 2
    assert places.east.opened_on == clock.today(EAST)


def test_the_strip_begins_in_the_courts_own_week(places: Places, client: Client) -> None:
    for case in places.each():
        monday = case.today - timedelta(days=case.today.weekday())
        _due(case, "On Monday", monday)
        contexts: Any = client.get(f"/matters/{case.pk}/").context
        (strip,) = [context["days"] for context in contexts if "days" in context]
        assert strip[0]["date"] == monday
        assert [day["date"] for day in strip if day["today"]] == [case.today]
        assert [item["label"] for item in strip[0]["items"]] == ["On Monday"]


@pytest.mark.parametrize(
    ("side", "day", "hour"), [("east", date(2026, 3, 30), "02:00"), ("west", date(2026, 3, 29), "01:00")]
)
def test_a_moment_stands_on_its_day_at_the_court(
    places: Places, client: Client, side: str, day: date, hour: str
) -> None:
    case: Case = getattr(places, side)
    party = factories.a_party(case)
    filing = filings.log_filing(by=ACTOR, case=case, kind=FilingKind.LETTER, title="Letter", party=party)
    filings.serve(by=ACTOR, filing=filing, at=NOON, method="email")
    matter_actions.list_hearing(by=ACTOR, case=case, title="Injunction", starts_at=NOON)
    told = client.get(f"/matters/{case.pk}/chronology/").context["events"]
    assert {(event["word"], event["date"]) for event in told} == {("Service", day), ("Hearing", day)}
    overview = _page(client, f"/matters/{case.pk}/")
    assert f"{day:%a} {day.day} {day:%b %Y}, {hour}</strong>" in overview
    assert f"on {day.day} {day:%b %Y}, {hour}" in _page(client, f"/matters/{case.pk}/ledger/")
    assert f"Served by e-mail on {day.day} {day:%b}" in overview


def test_the_next_hearing_in_the_list_is_told_in_its_courts_time(places: Places, client: Client) -> None:
    at = clock.now().replace(minute=30) + timedelta(days=30)
    for case in places.each():
        matter_actions.list_hearing(by=ACTOR, case=case, title="Injunction", starts_at=at)
    page = _page(client, "/")
    for case in places.each():
        local = at.astimezone(case.court.zone)
        assert f"{local:%a} {local.day} {local:%b %Y, %H:%M}" in page
