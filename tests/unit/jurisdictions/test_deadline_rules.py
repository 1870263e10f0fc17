"""Periods against the worked examples of the rules themselves and of their practice directions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.errors import InvalidInput
from jurisdictions.deadlines import RuleNotEncoded, compute, load_calendars, load_pack
from jurisdictions.deadlines.models import Direction, Unit

PACK = load_pack()
EW = load_calendars()["ew"]
at = datetime.fromisoformat  # naive: local time, as a command line gives it


def due(rule: str, trigger: date | datetime, **kwargs: Any) -> date:
    return compute(PACK.rule(rule), trigger, calendar=EW, **kwargs).due


@pytest.mark.parametrize(
    ("rule", "trigger", "expected"),
    [
        ("EW-APP-1", date(2023, 10, 20), date(2023, 10, 16)),  # CPR 2.8(3), example (i)
        ("EW-APP-1", date(2025, 10, 20), date(2025, 10, 14)),  # CPR 2.8(4), its example
        ("EW-SVC-5", date(2025, 10, 2), date(2025, 10, 16)),  # CPR 2.8(3), example (iii)
        ("EW-RESP-2", date(2026, 10, 6), date(2026, 10, 20)),
        ("EW-RESP-6", date(2026, 10, 6), date(2026, 11, 3)),
        ("EW-RESP-1", date(2026, 10, 12), date(2026, 10, 26)),
        ("EW-SVC-1", date(2026, 10, 1), date(2027, 2, 1)),
        ("EW-SVC-2", date(2026, 10, 1), date(2027, 4, 1)),
        ("EW-IP-4", date(2026, 10, 6), date(2026, 12, 15)),
    ],
)
def test_the_published_examples_come_out(rule: str, trigger: date, expected: date) -> None:
    assert due(rule, trigger) == expected


@pytest.mark.parametrize(
    ("rule", "trigger", "expected"),
    [
        # Office acts move on past Easter; a party's act to a party does not move.
        ("EW-RESP-2", date(2026, 3, 20), date(2026, 4, 7)),
        ("EW-SVC-2", date(2026, 4, 3), date(2026, 10, 3)),
        # Five days or less: the bank holiday weekend is not counted.
        ("EW-IP-7", date(2026, 5, 21), date(2026, 5, 29)),
        # Counted back onto Saturday 14 November: service can only be deemed on Friday 13.
        ("EW-APP-6", date(2026, 11, 29), date(2026, 11, 13)),
        ("EW-APP-7", date(2026, 11, 16), date(2026, 11, 6)),
        # No 31 February.
        ("EW-RESP-10", date(2026, 8, 31), date(2027, 2, 28)),
        ("EW-LIM-1", date(2018, 2, 28), date(2024, 2, 28)),
        # The court office was closed on 24 December 2025 as well.
        ("EW-APPEAL-1", date(2025, 12, 3), date(2025, 12, 29)),
        # The notice period is over when at least 14 clear days have passed.
        ("EW-SVC-8", date(2026, 10, 1), date(2026, 10, 16)),
    ],
)
def test_closed_days_short_periods_and_months(rule: str, trigger: date, expected: date) -> None:
    assert due(rule, trigger) == expected


def test_the_working_names_each_day_left_out_with_its_law() -> None:
    answer = compute(PACK.rule("EW-APP-1"), date(2025, 10, 20), calendar=EW).as_json()
    left_out = [(s["date"], s["source"]) for s in answer["working"] if s["step"] == "Day not counted"]
    assert left_out == [("2025-10-19", "CPR 2.8(4)"), ("2025-10-18", "CPR 2.8(4)")]
    assert answer["working"][-1] == {
        "step": "Due",
        "date": "2025-10-14",
        "why": "Serve the application notice.",
        "source": "CPR 23.7(1)(b)",
    }


def test_the_answer_has_the_shape_that_commands_and_api_promise() -> None:
    answer = compute(PACK.rule("EW-SVC-1"), date(2026, 10, 1), calendar=EW).as_json()
    assert list(answer) == ["due", "time", "rule", "working", "warnings"]
    assert answer["due"] == "2027-02-01"
    assert answer["time"] == "23:59"
    assert answer["rule"] == {
        "id": "EW-SVC-1",
        "source": "CPR 7.5(1)",
        "version": PACK.version,
        "verified": False,
    }
    assert any("unverified" in warning for warning in answer["warnings"])


def test_service_by_email_after_half_past_four_moves_the_start() -> None:
    late = compute(PACK.rule("EW-RESP-6"), at("2026-10-06T16:30"), calendar=EW, method="email")
    early = compute(PACK.rule("EW-RESP-6"), at("2026-10-06T16:29"), calendar=EW, method="email")
    assert (early.due, late.due) == (date(2026, 11, 3), date(2026, 11, 4))
    assert not early.verified, "CPR 6.26 is unverified, so what rests on it is"


def test_an_aware_time_is_read_in_the_courts_zone() -> None:
    # 15:45 UTC on a summer day is 16:45 in London.
    answer = compute(
        PACK.rule("EW-RESP-6"), datetime(2026, 7, 7, 15, 45, tzinfo=UTC), calendar=EW, method="email"
    )
    assert answer.due == date(2026, 8, 5)


def test_hours_before_a_hearing_give_a_time() -> None:
    answer = compute(PACK.rule("EW-INJ-2"), at("2026-12-01T10:30"), calendar=EW)
    assert (answer.due, answer.time) == (date(2026, 12, 1), "08:30")
    with pytest.raises(InvalidInput, match="needs a time of day"):
        due("EW-INJ-2", date(2026, 12, 1))


def test_the_place_of_service_gives_the_figure() -> None:
    assert due("EW-OUT-3", date(2026, 10, 6), facts={"place": "Singapore"}) == date(2026, 10, 28)
    facts = {"place": "singapore", "acknowledged": "yes"}
    assert due("EW-OUT-4A", date(2026, 10, 6), facts=facts) == date(2026, 11, 11)
    assert due("EW-OUT-5", date(2026, 10, 6), facts=facts) == date(2026, 10, 21)
    with pytest.raises(InvalidInput, match="hong kong") as caught:
        due("EW-OUT-3", date(2026, 10, 6), facts={"place": "Atlantis"})
    assert caught.value.field == "place"


def test_the_working_says_which_row_gave_the_period_and_that_nobody_verified_it() -> None:
    facts = {"place": "Hong Kong", "acknowledged": "yes"}
    answer = compute(PACK.rule("EW-OUT-4A"), date(2026, 10, 6), calendar=EW, facts=facts)
    (step,) = [step for step in answer.working if step.step == "Period"]
    assert (step.source, step.date) == ("PD 6B Table", date(2026, 10, 6))
    assert step.why == "For Hong Kong: 31 days in the table, 14 more under the rule."
    fewer = compute(PACK.rule("EW-OUT-5"), date(2026, 10, 6), calendar=EW, facts=facts)
    assert "For Hong Kong: 31 days in the table, 7 fewer under the rule." in [s.why for s in fewer.working]
    assert not answer.verified
    assert any("PD 6B para 6.4 and Table is unverified here" in warning for warning in answer.warnings)
    assert "Period" not in [
        step.step for step in compute(PACK.rule("EW-OUT-2A"), date(2026, 10, 6), calendar=EW).working
    ]


def test_a_fact_that_contradicts_the_rule_names_the_right_one() -> None:
    with pytest.raises(InvalidInput, match="EW-RESP-5"):
        due("EW-RESP-6", date(2026, 10, 6), facts={"acknowledged": "no"})
    silent = compute(PACK.rule("EW-RESP-6"), date(2026, 10, 6), calendar=EW)
    assert silent.warnings == ("Assumes that an acknowledgment of service was filed.",)


def test_particulars_may_not_pass_the_life_of_the_claim_form() -> None:
    assert due("EW-SVC-5", date(2026, 10, 2), facts={"issued": "2026-06-05"}) == date(2026, 10, 5)
    assert due("EW-SVC-5", date(2026, 10, 2), facts={"issued": "2026-09-05"}) == date(2026, 10, 16)
    abroad = {"issued": "2026-06-05", "claim_form": "out"}
    assert due("EW-SVC-5A", date(2026, 11, 30), facts=abroad) == date(2026, 12, 5)
    with pytest.raises(InvalidInput, match="EW-SVC-5A"):
        due("EW-SVC-5", date(2026, 11, 30), facts=abroad)
    with pytest.raises(InvalidInput, match="not a date"):
        due("EW-SVC-5", date(2026, 10, 2), facts={"issued": "last June"})


def test_what_the_calendar_does_not_know_is_said() -> None:
    unannounced = compute(PACK.rule("EW-RESP-2"), date(2028, 4, 1), calendar=EW)
    assert (unannounced.due, unannounced.verified) == (date(2028, 4, 18), False)
    assert any("2028 had not been officially announced" in warning for warning in unannounced.warnings)
    beyond = compute(PACK.rule("EW-LIM-1"), date(2026, 1, 7), calendar=EW)
    assert any("2032 are not in the calendar" in warning for warning in beyond.warnings)
    christmas = compute(PACK.rule("EW-RESP-2"), date(2026, 12, 10), calendar=EW)
    assert any("one further day around Christmas 2026" in warning for warning in christmas.warnings)


def test_a_method_is_refused_where_nothing_is_served() -> None:
    with pytest.raises(InvalidInput, match="does not run from service"):
        due("EW-RESP-3", date(2026, 10, 6), method="post")
    with pytest.raises(InvalidInput, match="personal, post"):
        due("EW-RESP-6", date(2026, 10, 6), method="pigeon")


def test_a_year_nobody_means_is_refused() -> None:
    with pytest.raises(InvalidInput, match="202 is out of range"):
        due("EW-RESP-3", date(202, 10, 6))


def test_a_rule_that_is_known_but_not_encoded_says_why() -> None:
    with pytest.raises(RuleNotEncoded, match="directions questionnaire"):
        PACK.rule("EW-RESP-8")
    with pytest.raises(RuleNotEncoded, match="no rule EW-NONE"):
        PACK.rule("EW-NONE")


@pytest.mark.parametrize(
    ("unit", "direction", "period", "expected"),
    [
        (Unit.WEEKS, Direction.AFTER, 2, date(2026, 4, 16)),
        (Unit.WEEKS, Direction.BEFORE, 2, date(2026, 3, 18)),  # fourteen clear days
        (Unit.BUSINESS_DAYS, Direction.AFTER, 3, date(2026, 4, 9)),  # Good Friday to Easter Monday left out
        (Unit.BUSINESS_DAYS, Direction.AFTER, 10, date(2026, 4, 20)),
        (Unit.MONTHS, Direction.BEFORE, 1, date(2026, 3, 1)),
        (Unit.YEARS, Direction.AFTER, 1, date(2027, 4, 2)),
    ],
)
def test_every_unit_is_counted_both_ways(
    unit: Unit, direction: Direction, period: int, expected: date
) -> None:
    rule = replace(PACK.rule("EW-JUDG-1"), unit=unit, direction=direction, period=period)
    answer = compute(rule, date(2026, 4, 2), calendar=EW)
    assert answer.due == expected


def test_doubts_about_the_office_are_not_raised_for_an_act_between_parties() -> None:
    between_parties = compute(PACK.rule("EW-JUDG-1"), date(2026, 12, 10), calendar=EW)
    assert (between_parties.due, between_parties.warnings) == (date(2026, 12, 24), ())
