"""The charts of an analysis draw what their tables say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.drawing.spread import TALL, by_day, by_hour, distribution

COUNTS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 1000)), min_size=1, max_size=30)


@given(COUNTS, st.none() | st.floats(-5, 40))
def test_every_bar_stands_inside_and_every_account_in_the_table(
    pairs: list[tuple[int, int]], value: float | None
) -> None:
    counts = [others + own for others, own in pairs]
    drawing = distribution(list(range(len(pairs) + 1)), counts, [own for _, own in pairs], value)
    for bar in (*drawing.others, *drawing.own):
        assert 0 <= bar.x <= bar.x + bar.width <= drawing.width
        assert 0 <= bar.y < TALL
        assert bar.y + bar.height == pytest.approx(TALL)
    assert len(drawing.others) == sum(others > 0 for others, _ in pairs)
    assert len(drawing.own) == sum(own > 0 for _, own in pairs)
    told = [(others, own) for others, own in pairs if others or own]
    assert [row[1:] for row in drawing.rows] == [(f"{others:,}", f"{own:,}") for others, own in told]
    if value is None:
        assert drawing.value_x is None
    else:
        assert drawing.value_x is not None
        assert drawing.edge <= drawing.value_x <= drawing.right + 1e-9


def test_hours_are_shares_of_others_and_of_the_group() -> None:
    drawing = by_hour([3] * 24, [1] + [0] * 23)
    assert drawing.rows[0] == ("0:00", "2.8%", "100.0%")
    assert len(drawing.own) == 1


def test_days_without_use_stand_between_and_long_times_are_put_together() -> None:
    drawing = by_day([("2026-01-01", 2), ("2026-01-05", 4)], [("2026-01-05", 1)])
    assert drawing is not None
    assert drawing.rows == [("1 Jan 2026", "2", "0"), ("5 Jan 2026", "3", "1")]
    assert drawing.others[0].height == pytest.approx(drawing.others[1].height / 2)
    long = by_day([("2020-01-01", 1), ("2026-01-01", 1)], [])
    assert long is not None
    assert (long.low, long.high) == ("1 Jan 2020", "1 Jan 2026")
    assert by_day([("no day", 1)], []) is None
