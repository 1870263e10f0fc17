"""Whatever is drawn on a page, reading order loses nothing and adds nothing."""

from hypothesis import given
from hypothesis import strategies as st

from evidence.files.order import Box, reading_order

_places = st.integers(0, 60).map(lambda number: number * 10.0)
_sizes = st.integers(0, 30).map(lambda number: number * 10.0)
_boxes = st.builds(
    lambda left, top, width, height: (left, top, left + width, top + height), _places, _places, _sizes, _sizes
)


@given(st.lists(_boxes, max_size=60))
def test_every_line_is_there_once(boxes: list[Box]) -> None:
    assert sorted(reading_order(boxes)) == list(range(len(boxes)))


@given(st.permutations(range(30)))
def test_lines_one_under_the_other_are_read_downwards(drawn: list[int]) -> None:
    boxes = [(50.0, 20.0 * row, 300.0, 20.0 * row + 12) for row in drawn]
    assert [drawn[place] for place in reading_order(boxes)] == list(range(30))
