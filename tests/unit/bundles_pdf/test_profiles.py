"""The profiles are what their files say, complete, dated and open about what nobody has read."""

from datetime import date

import pytest

from bundles.pdf.profile import load, names
from core.errors import InvalidInput

FROM_MEMORY = {"CE-02", "EW-02A", "EX-05", "EX-06", "US-09"}
ALL = {
    "ew-2021",
    "ew-2021-inserts",
    "ew-chancery",
    "ew-commercial",
    "exhibit",
    "uksc",
    "us-9th-excerpts",
    "us-cal-appeal",
    "us-district",
}


def test_the_profiles_are_there() -> None:
    assert set(names()) == ALL


@pytest.mark.parametrize("name", sorted(ALL))
def test_each_rule_has_its_words_its_source_and_says_whether_it_was_read(name: str) -> None:
    profile = load(name)
    assert profile.name == name
    assert isinstance(profile.in_force_from, date)
    assert len({rule.id for rule in profile.rules}) == len(profile.rules)
    for rule in profile.rules:
        assert rule.text.endswith(".")
        assert rule.source
        assert rule.verified == (rule.id not in FROM_MEMORY)


@pytest.mark.parametrize("name", sorted(ALL))
def test_each_way_of_delivery_belongs_to_a_rule_of_the_profile(name: str) -> None:
    profile = load(name)
    channels = profile.limits.channels
    assert [one.mib for one in channels] == sorted(one.mib for one in channels)
    assert {one.rule for one in channels} <= {rule.id for rule in profile.rules}


@pytest.mark.parametrize("name", sorted(ALL))
def test_each_conflict_says_which_rule_is_followed_and_that_rule_is_asked(name: str) -> None:
    profile = load(name)
    for conflict in profile.conflicts:
        assert conflict.followed in conflict.rules
        assert conflict.followed in {rule.id for rule in profile.rules}
        assert conflict.because.endswith(".")
        assert profile.set_aside(conflict.followed) is None


def test_conflicting_rules_are_decided_differently_where_the_thing_differs() -> None:
    def aside(name: str, rule: str) -> bool:
        return load(name).set_aside(rule) is not None

    assert aside("ew-2021", "EX-06")
    assert aside("exhibit", "EW-02")
    assert aside("us-cal-appeal", "EW-08")
    assert not aside("ew-2021", "EW-08")


def test_courts_differ_in_what_a_bundle_is() -> None:
    assert load("ew-2021").zoom == 1.0
    assert load("us-cal-appeal").zoom is None
    assert (load("ew-2021").page_size, load("us-district").page_size) == ("any", "Letter")
    assert load("exhibit").numbering.position == "bottom centre"
    assert load("us-9th-excerpts").limits.volume_pages == 300
    assert {one.rule for one in load("ew-commercial").limits.channels} == {"EW-14", "EW-15", "CE-02"}


def test_an_unknown_profile_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InvalidInput, match="ew-2021-inserts, ew-chancery"):
        load("moon")
