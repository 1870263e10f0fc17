"""Lines in the order in which a person reads them."""

import pytest

from evidence.files.order import Box, reading_order


def line(left: float, top: float, width: float = 200, height: float = 10) -> Box:
    return (left, top, left + width, top + height)


TITLE, FOOT = line(50, 40, 500), line(280, 800, 20)
LEFT = [line(50, 100 + 14 * row) for row in range(20)]
RIGHT = [line(320, 100 + 14 * row) for row in range(20)]


def test_a_header_drawn_last_is_read_first() -> None:
    corner = [line(450, 40 + 12 * row, 80) for row in range(4)]
    body = [line(50, 150 + 14 * row, 480) for row in range(30)]
    court = [line(50, 95 + 12 * row, 180) for row in range(4)]
    claim_number = line(400, 95, 120)
    drawn = [*corner, *body, *court, claim_number, FOOT]
    read = [drawn[place] for place in reading_order(drawn)]
    assert read == [*corner, *court, claim_number, *body, FOOT]


@pytest.mark.parametrize("drawn", [[TITLE, *LEFT, *RIGHT, FOOT], [FOOT, TITLE, *RIGHT, *LEFT]])
def test_two_columns_are_read_one_after_the_other(drawn: list[Box]) -> None:
    assert [drawn[place] for place in reading_order(drawn)] == [TITLE, *LEFT, *RIGHT, FOOT]


def test_a_table_drawn_row_by_row_is_read_so_even_when_its_head_comes_last() -> None:
    rows = [cell for pair in zip(LEFT, RIGHT, strict=True) for cell in pair]
    assert reading_order(rows) == list(range(40))
    drawn = [*rows, TITLE]
    assert [drawn[place] for place in reading_order(drawn)] == [TITLE, *rows]


def test_what_is_drawn_in_order_stays_whatever_its_columns() -> None:
    address, letter = line(400, 60, 150), [line(50, 120 + 14 * row, 480) for row in range(5)]
    assert reading_order([address, *letter]) == list(range(6))
    assert reading_order([address, line(50, 90, 150), *letter]) == list(range(7))


def test_a_page_drawn_from_the_bottom_up_is_read_from_the_top_down() -> None:
    drawn = [line(50, 20 * row) for row in reversed(range(3000))]
    assert reading_order(drawn) == list(reversed(range(3000)))


def test_lines_that_reach_into_each_other_and_lines_without_a_place_stay() -> None:
    slanting = [line(50, 100 - 2 * row) for row in range(5)]
    assert reading_order(slanting) == list(range(5))
    nowhere = (0.0, 0.0, 0.0, 0.0)
    assert reading_order([nowhere, line(50, 300), nowhere, line(50, 100), nowhere]) == [3, 4, 0, 1, 2]
    assert reading_order([nowhere, nowhere]) == [0, 1]
    assert reading_order([]) == []


def test_text_that_runs_up_or_down_the_page_keeps_its_order() -> None:
    upright = [(500 - 20.0 * column, 50.0, 512 - 20.0 * column, 400.0) for column in range(6)]
    assert reading_order(upright) == list(range(6))
