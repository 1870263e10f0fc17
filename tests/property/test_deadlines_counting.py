"""What must hold for every rule of the pack on every day."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jurisdictions.deadlines import Document, compute, deemed_service, load_calendars, load_pack
from jurisdictions.deadlines.models import Direction, Roll, Rule, Unit

PACK = load_pack()
EW = load_calendars()["ew"]
FACTS = {"place": "singapore", "issued": "2026-01-05"}
RULES = st.sampled_from([rule for rule in PACK.rules.values() if rule.unit is not Unit.HOURS])
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
SERVICE = st.sampled_from([(doc, method) for doc in Document for method in PACK.service[doc]])


@given(RULES, DAYS)
def test_a_rule_that_moves_off_closed_days_never_ends_on_one(rule: Rule, day: date) -> None:
    due = compute(rule, day, calendar=EW, facts=FACTS).due
    if rule.roll is Roll.COURT_OFFICE:
        assert EW.not_open(due) is None
    if rule.roll is Roll.DEEMED_SERVICE:
        assert EW.not_business(due) is None


@given(RULES, DAYS, st.integers(0, 400))
def test_a_later_trigger_never_gives_an_earlier_date(rule: Rule, day: date, later: int) -> None:
    first = compute(rule, day, calendar=EW, facts=FACTS).due
    second = compute(rule, day + timedelta(days=later), calendar=EW, facts=FACTS).due
    assert first <= second


@given(RULES, DAYS)
def test_the_working_ends_at_the_due_date_and_every_step_names_its_law(rule: Rule, day: date) -> None:
    answer = compute(rule, day, calendar=EW, facts=FACTS)
    assert answer.working[0].date == day
    assert answer.working[-1].date == answer.due
    assert all(step.source and step.why for step in answer.working)


@given(RULES, DAYS)
def test_a_period_lies_on_its_own_side_of_the_trigger_and_is_long_enough(rule: Rule, day: date) -> None:
    due = compute(rule, day, calendar=EW, facts={"place": "singapore"}).due
    if rule.direction is Direction.BEFORE:
        assert (day - due).days > rule.period
    elif rule.unit is Unit.DAYS:
        assert (due - day).days >= rule.period


@given(RULES, DAYS)
def test_unverified_law_never_looks_verified(rule: Rule, day: date) -> None:
    answer = compute(rule, day, calendar=EW, facts=FACTS)
    assert rule.verified or not answer.verified
    assert rule.verified or any("unverified" in warning for warning in answer.warnings)


@given(
    SERVICE,
    st.datetimes(datetime.fromisoformat("2023-01-01"), datetime.fromisoformat("2028-12-31")),
    st.timedeltas(timedelta(0), timedelta(days=30)),
)
def test_deemed_service_is_a_business_day_not_before_the_act_and_keeps_order(
    service: tuple[Document, str], at: datetime, later: timedelta
) -> None:
    document, method = service
    table = PACK.service[document]
    first = deemed_service(method, at, EW, rules=table).date
    assert first >= at.date()
    assert EW.not_business(first) is None
    assert first <= deemed_service(method, at + later, EW, rules=table).date
