"""A rule pack or calendar that says something impossible is refused, with the row named."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from jurisdictions.deadlines import RulePack, RulePackError, load_calendars, load_pack
from jurisdictions.deadlines.calendar import Calendar

HEAD = """
[pack]
id = "p"
title = "P"
version = "1"
in_force_from = 2026-01-01
calendar = "ew"
source = "S"
"""
RULE = """
[[rule]]
id = "R-1"
title = "Do it"
trigger = "It happened"
period = 14
source = "S 1"
verified = true
read = "rule text"
"""


def load(tmp_path: Path, text: str) -> RulePack:
    path = tmp_path / "pack.toml"
    path.write_text(text, encoding="utf-8")
    return load_pack(path)


def test_a_small_pack_loads(tmp_path: Path) -> None:
    pack = load(tmp_path, HEAD + RULE)
    assert pack.rule("R-1").period == 14
    assert pack.rule("R-1").version == "1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + RULE + "perod = 3\n", "rule R-1: unknown field perod"),
        (HEAD + RULE.replace("period = 14", "period = true"), "rule R-1: period must be int"),
        (HEAD + RULE.replace("period = 14", "period = 0"), "rule R-1: the period must be more than 0"),
        (HEAD + RULE.replace("verified = true", ""), "rule R-1: the field verified is missing"),
        (HEAD + RULE + 'unit = "moons"\n', "rule R-1: unit is 'moons'"),
        (HEAD + RULE + 'time = "25:00"\n', "rule R-1: time must be HH:MM"),
        (HEAD + RULE + 'table = "t"\n', "rule R-1: there is no table t"),
        (HEAD + RULE + 'direction = "before"\nserved = "other"\n', "cannot run from service"),
        (HEAD + RULE + 'roll = "deemed-service"\n', "only a period counted back"),
        (HEAD + RULE + 'unit = "hours"\nroll = "court-office"\n', "a period in hours"),
        (HEAD + RULE + RULE, "rule R-1: this id is used twice"),
        (
            HEAD + RULE + '[[rule.assumes]]\nfact = "f"\nvalue = "yes"\nwords = "w"\ninstead = "R-9"\n',
            "points to R-9",
        ),
        (HEAD + RULE + '[[not_encoded]]\nid = "R-1"\nreason = "x"\n', "both encoded and listed"),
        (RULE, "the table pack is missing"),
        ("[pack", "is not valid TOML"),
    ],
)
def test_a_wrong_pack_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RulePackError, match=message):
        load(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulePackError, match=r"absent\.toml cannot be read"):
        load_pack(tmp_path / "absent.toml")


def test_a_calendar_with_a_day_in_the_wrong_year_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(
        '[[calendar]]\nid = "x"\nname = "X"\nzone = "Europe/London"\nsource = "S"\n'
        '[[calendar.year]]\nyear = 2026\nverified = true\nread = "r"\n'
        'holidays = [{ date = 2027-01-01, name = "N" }]\n',
        encoding="utf-8",
    )
    with pytest.raises(RulePackError, match="2027-01-01: the date is in another year"):
        load_calendars(path)
    path.write_text(
        path.read_text().replace("2027-01-01", "2026-01-01").replace("Europe/London", "Mars/Olympus")
    )
    with pytest.raises(RulePackError, match="no time zone Mars/Olympus"):
        load_calendars(path)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def statutory(year: int) -> set[date]:
    """The bank holidays of England and Wales by the Act's pattern and the usual substitute days."""

    def monday(day: date) -> date:
        return day + timedelta(days=-day.weekday() % 7)

    sunday = easter(year)
    days = {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    days |= {monday(date(year, 5, 1)), monday(date(year, 5, 25)), monday(date(year, 8, 25))}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() >= 5 or fixed in days:
            fixed += timedelta(days=1)
        days.add(fixed)
    return days


def test_the_bank_holidays_follow_the_statutory_pattern() -> None:
    calendar: Calendar = load_calendars()["ew"]
    assert sorted(calendar.years) == list(range(2023, 2029))
    assert [year for year, announced in calendar.years.items() if not announced] == [2028]
    for year in calendar.years:
        extra = {date(2023, 5, 8)} if year == 2023 else set()  # the coronation
        assert {day for day in calendar.holidays if day.year == year} == statutory(year) | extra


def test_a_further_closed_day_closes_the_office_but_stays_a_business_day() -> None:
    calendar = load_calendars()["ew"]
    day = date(2024, 12, 27)
    assert calendar.not_business(day) is None
    assert "Christmas" in (calendar.not_open(day) or "")


def test_every_rule_of_the_shipped_pack_says_how_it_was_checked() -> None:
    pack = load_pack()
    assert len(pack.rules) > 100
    for rule in pack.rules.values():
        assert rule.source, rule.id
        assert rule.read, rule.id
        if "not read" in rule.read or "general knowledge" in rule.read:
            assert not rule.verified, rule.id
