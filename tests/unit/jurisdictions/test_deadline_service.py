"""Deemed service against the examples of CPR 6.14 and PD 6A."""

from datetime import date, datetime

import pytest

from core.errors import InvalidInput
from jurisdictions.deadlines import Document, deemed_service, load_calendars, load_pack

PACK = load_pack()
EW = load_calendars()["ew"]
at = datetime.fromisoformat  # naive: local time, as a command line gives it


@pytest.mark.parametrize(
    ("document", "method", "act", "expected"),
    [
        (Document.CLAIM_FORM, "post", date(2026, 10, 2), date(2026, 10, 6)),  # posted on a Friday
        (Document.CLAIM_FORM, "personal", date(2026, 10, 3), date(2026, 10, 6)),  # step on a Saturday
        (Document.CLAIM_FORM, "email", date(2026, 12, 24), date(2026, 12, 30)),
        (Document.OTHER, "post", date(2026, 10, 2), date(2026, 10, 5)),
        (Document.OTHER, "post", date(2026, 10, 5), date(2026, 10, 7)),  # PD 6A, example 1
        (Document.OTHER, "post", date(2026, 4, 6), date(2026, 4, 8)),  # PD 6A, example 6
        (Document.OTHER, "dx", date(2026, 12, 23), date(2026, 12, 29)),
        (Document.OTHER, "email", at("2026-10-06T16:29:59"), date(2026, 10, 6)),
        (Document.OTHER, "email", at("2026-10-06T16:30"), date(2026, 10, 7)),
        (Document.OTHER, "fax", at("2026-10-09T18:00"), date(2026, 10, 12)),
        (Document.OTHER, "personal", at("2026-10-10T09:00"), date(2026, 10, 12)),
        (Document.OTHER, "delivery", at("2026-04-03T09:00"), date(2026, 4, 7)),
    ],
)
def test_deemed_dates(document: Document, method: str, act: date, expected: date) -> None:
    answer = deemed_service(method, act, EW, rules=PACK.service[document])
    assert answer.date == expected == answer.working[-1].date


def test_a_day_without_a_time_is_taken_as_in_time_and_says_so() -> None:
    answer = deemed_service("email", date(2026, 10, 6), EW, rules=PACK.service[Document.OTHER])
    assert answer.date == date(2026, 10, 6)
    assert any("No time of day" in warning for warning in answer.warnings)


def test_only_the_table_that_was_read_counts_as_verified() -> None:
    assert all(not row.verified for row in PACK.service[Document.OTHER].values())
    assert all(row.verified for row in PACK.service[Document.CLAIM_FORM].values())


def test_an_unknown_method_lists_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="delivery, dx, email, fax, personal, post"):
        deemed_service("pigeon", date(2026, 10, 6), EW, rules=PACK.service[Document.OTHER])
