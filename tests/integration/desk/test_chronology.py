"""The pages of the chronology, against the same things sorted in one piece."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from cases.kinds import FilingKind
from cases.models import Case, DueDate, Filing, Hearing
from core.clock import LONDON
from desk.selectors.chronology import KINDS, Chronology
from desk.selectors.dated import Row
from evidence.models import Exhibit
from tests import factories

FIRST = date(2026, 3, 1)


@dataclass(frozen=True)
class Full:
    """A matter with its owner and its two dated exhibits, of which one is privileged."""

    owner: User
    case: Case
    open: Exhibit
    privileged: Exhibit


@pytest.fixture
def full(db: None) -> Full:
    """Many things on few days, two years of nothing between them, and hours on both sides of midnight."""
    owner = factories.a_user()
    case = factories.a_case(owner)
    Filing.objects.bulk_create(_filing(case, number) for number in range(240))
    Hearing.objects.bulk_create(
        Hearing(case=case, title=f"Hearing {hour}", starts_at=datetime(2026, 3, 30, hour, 30, tzinfo=UTC))
        for hour in (9, 22, 23)
    )
    DueDate.objects.bulk_create(
        DueDate(
            case=case, title=f"Due {number}", due_on=FIRST + timedelta(days=400 * number),
            rule_id="x", rule_source="x", rule_version="1",
            state=DueDate.State.SUPERSEDED if number == 1 else DueDate.State.CONFIRMED,
        )
        for number in range(4)
    )  # fmt: skip
    open_to_all, privileged = (factories.an_exhibit(case, b"x", name) for name in ("one.txt", "two.txt"))
    Exhibit.objects.update(dated=date(2026, 3, 30))
    Exhibit.objects.filter(pk=privileged.pk).update(privilege=Exhibit.Privilege.LEGAL_ADVICE)
    return Full(owner, case, open_to_all, privileged)


def _filing(case: Case, number: int) -> Filing:
    day = FIRST + timedelta(days=30 if number < 150 else number % 7 * 100)
    served = datetime(2026, 3, 29, 22, tzinfo=UTC) + timedelta(minutes=number)
    return Filing(
        case=case, number=number + 1, kind=FilingKind.OTHER, title=f"Filing {number}",
        dated=day if number % 5 else None, logged_at=served,
        served_at=served if number % 3 else None, served_by=Filing.Method.EMAIL if number % 3 else "",
    )  # fmt: skip


def in_one_piece(full: Full) -> Iterator[tuple[date, int, str]]:
    """Day, place of the kind and title of everything, as plain loops find them."""
    case = full.case
    for filing in case.filings.all():
        if filing.dated:
            yield filing.dated, 0, filing.title
        if filing.served_at:
            yield filing.served_at.astimezone(LONDON).date(), 1, filing.title
    for hearing in case.hearings.all():
        yield hearing.starts_at.astimezone(LONDON).date(), 2, hearing.title
    for due in case.due_dates.exclude(state=DueDate.State.SUPERSEDED):
        yield due.due_on, 3, due.title
    for exhibit in (full.open, full.privileged):
        yield date(2026, 3, 30), 4, exhibit.title


def placed(rows: list[Row]) -> list[tuple[date, int]]:
    return [(row["day"], list(KINDS).index(row["what"])) for row in rows]


@pytest.mark.parametrize("per_page", [7, 60, 1000])
def test_the_pages_hold_everything_once_and_in_order(full: Full, per_page: int) -> None:
    whole = Chronology(full.owner, full.case)
    pages = Paginator(whole, per_page)
    rows = [row for page in pages for row in page]
    expected = sorted(in_one_piece(full))
    assert len(whole) == pages.count == len(rows) == len(expected)
    assert placed(rows) == [(day, kind) for day, kind, _ in expected]
    assert sorted((*place, row["label"]) for place, row in zip(placed(rows), rows, strict=True)) == expected
    assert len({(row["what"], row["pk"]) for row in rows}) == len(rows)


def test_each_place_alone_is_the_place_in_the_whole(full: Full) -> None:
    whole = Chronology(full.owner, full.case)
    rows = list(whole)
    for place in (0, 1, 149, 150, 151, 200, len(rows) - 1):
        assert whole[place] == rows[place]


def test_one_kind_is_counted_and_listed_alone(full: Full) -> None:
    whole = list(Chronology(full.owner, full.case))
    for kind in KINDS:
        alone = Chronology(full.owner, full.case, [kind])
        rows = [row for page in Paginator(alone, 9) for row in page]
        assert rows == [row for row in whole if row["what"] == kind]
        assert len(alone) == len(rows) > 0


def test_an_expert_is_not_told_of_privileged_exhibits(full: Full) -> None:
    expert = factories.a_member(full.case, "expert", "expert@example.org")
    assert [row["pk"] for row in Chronology(expert, full.case, ["exhibit"])] == [full.open.pk]


def test_a_matter_without_dates_has_an_empty_chronology(db: None) -> None:
    owner = factories.a_user()
    assert list(Chronology(owner, factories.a_case(owner))) == []


def test_a_page_in_the_middle_is_found_with_few_counts(
    full: Full, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    whole = Chronology(full.owner, full.case)
    with django_assert_max_num_queries(60):
        whole[150:160]
