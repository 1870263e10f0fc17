"""The docket: sorted and narrowed in the address, said in words, fast with 50,000 rows."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import filings
from cases.kinds import FilingKind
from cases.models import Filing
from cases.standing import standing
from evidence.models import Exhibit
from tests import factories
from tests.factories import signed_in
from tests.integration.cases.conftest import World, london

BY = factories.ACTOR
ROWS = 50_000


def _titles(world: World, query: str = "") -> list[str]:
    context = signed_in(world.reader).get(world.address(f"docket/{query}")).context
    return [filing.title for filing, _, _ in context["rows"]]


@pytest.fixture
def three(world: World) -> dict[str, Filing]:
    claim = filings.log_filing(
        by=BY,
        case=world.case,
        kind=FilingKind.CLAIM_FORM,
        title="Claim Form",
        party=world.claimant,
        dated=date(2026, 9, 21),
    )
    defence = filings.log_filing(
        by=BY,
        case=world.case,
        kind=FilingKind.DEFENCE,
        title="Defence of the Second Defendant",
        party=world.defendant,
        dated=date(2026, 10, 20),
    )
    order = filings.log_filing(by=BY, case=world.case, kind=FilingKind.ORDER, title="Order")
    filings.submit(by=BY, filing=defence, at=london(2026, 10, 20), method="ce-file")
    filings.serve(by=BY, filing=claim, at=london(2026, 9, 22), method="email")
    return {"claim": claim, "defence": defence, "order": order}


def test_newest_number_comes_first(world: World, three: dict[str, Filing]) -> None:
    assert _titles(world) == ["Order", "Defence of the Second Defendant", "Claim Form"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?kind=order", ["Order"]),
        ("?state=served", ["Claim Form"]),
        ("?state=waiting", ["Defence of the Second Defendant"]),
        ("?state=open", ["Order"]),
        ("?state=not-served&sort=title", ["Defence of the Second Defendant", "Order"]),
        ("?words=second+defence", ["Defence of the Second Defendant"]),
        ("?words=1", ["Claim Form"]),
        ("?since=2026-10-01", ["Defence of the Second Defendant"]),
        ("?until=2026-09-30", ["Claim Form"]),
        ("?sort=date", ["Order", "Claim Form", "Defence of the Second Defendant"]),
        ("?sort=-date", ["Defence of the Second Defendant", "Claim Form", "Order"]),
        ("?sort=kind", ["Claim Form", "Defence of the Second Defendant", "Order"]),
        ("?sort=nonsense", ["Order", "Defence of the Second Defendant", "Claim Form"]),
        ("?since=yesterday", ["Order", "Defence of the Second Defendant", "Claim Form"]),
        ("?page=99", ["Order", "Defence of the Second Defendant", "Claim Form"]),
    ],
)
def test_the_address_says_what_is_shown(
    world: World, three: dict[str, Filing], query: str, titles: list[str]
) -> None:
    assert _titles(world, query) == titles


def test_narrowed_to_a_party_and_a_chip_takes_it_back(world: World, three: dict[str, Filing]) -> None:
    page = signed_in(world.reader).get(world.address(f"docket/?party={world.defendant.pk}&sort=title"))
    assert [filing.title for filing, _, _ in page.context["rows"]] == ["Defence of the Second Defendant"]
    assert page.context["chips"] == [{"word": world.defendant.name, "href": "?sort=title"}]


def test_the_served_state_names_the_deemed_date(world: World) -> None:
    filing = world.filing()
    filings.serve(by=BY, filing=filing, at=london(2026, 10, 6, 16, 42), method="email")
    words = standing(filing, world.case.court).words
    assert words == "Served by e-mail on 6 Oct, deemed 7 Oct"
    assert words in signed_in(world.reader).get(world.address("docket/")).content.decode()


def test_a_claim_form_is_deemed_served_under_its_own_table(world: World) -> None:
    filing = world.filing(FilingKind.CLAIM_FORM, "Claim Form")
    filings.serve(by=BY, filing=filing, at=london(2026, 9, 22, 11, 50), method="personal")
    assert standing(filing, world.case.court).words == "Served personally on 22 Sep, deemed 24 Sep"


def test_service_abroad_has_no_deemed_date(world: World) -> None:
    filing = world.filing()
    filings.serve(by=BY, filing=filing, at=london(2025, 10, 6), method="abroad")
    assert standing(filing, world.case.court).words == "Served abroad on 6 Oct 2025"


def test_an_outside_expert_counts_no_privileged_document(world: World) -> None:
    filing = world.filing()
    for number, privilege in ((1, "none"), (2, "litigation")):
        exhibit = factories.an_exhibit(world.case, content=b"Page %d.\n" % number)
        Exhibit.objects.filter(pk=exhibit.pk).update(privilege=privilege, filing=filing)
    for user, seen in ((world.reader, 2), (world.expert, 1)):
        client = signed_in(user)
        ((_, _, count),) = client.get(world.address("docket/")).context["rows"]
        assert count == seen
        assert len(client.get(world.address(f"docket/{filing.pk}/")).context["papers"]) == seen


@pytest.fixture
def many(world: World) -> World:
    """Fifty thousand filings, written without their ledger events for the sake of time."""
    start = datetime(2020, 1, 1, 10, tzinfo=UTC)
    kinds = list(FilingKind)
    parties = [world.claimant, world.defendant, world.abroad]
    Filing.objects.bulk_create(
        (
            Filing(
                case=world.case,
                number=number,
                kind=kinds[number % len(kinds)].value,
                title=f"Document {number * 7919 % ROWS} of the bulk",
                party=parties[number % 3],
                dated=(start + timedelta(days=number % 2000)).date(),
                served_at=start + timedelta(hours=number) if number % 2 else None,
                served_by="email" if number % 2 else "",
                logged_at=start + timedelta(minutes=number),
            )
            for number in range(1, ROWS + 1)
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


@pytest.mark.django_db
def test_fifty_thousand_filings_are_served_in_pages(many: World) -> None:
    client = signed_in(many.reader)
    client.get(many.address("docket/"))
    counts, times = {}, {}
    for query in (
        "",
        "?page=1000",
        "?sort=date",
        "?sort=-title&page=500",
        "?sort=party",
        "?kind=order&sort=-date",
        "?state=served&page=400",
        "?words=4242",
        "?words=bulk+777",
    ):
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            answer = client.get(many.address(f"docket/{query}"))
            times[query] = time.perf_counter() - began
        assert answer.status_code == 200
        assert len(answer.context["rows"]) <= 50
        counts[query] = len(queries)
    assert max(counts.values()) <= 12, counts
    assert max(times.values()) < 2, times


@pytest.mark.django_db
def test_a_page_of_fifty_needs_no_more_queries_than_a_page_of_one(world: World) -> None:
    client = signed_in(world.reader)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(world.address("docket/"))
        return len(seen)

    world.filing()
    queries()
    one = queries()
    for number in range(30):
        filing = world.filing(title=f"Statement {number}")
        filings.serve(by=BY, filing=filing, at=london(2026, 10, 6), method="email")
    assert queries() == one
