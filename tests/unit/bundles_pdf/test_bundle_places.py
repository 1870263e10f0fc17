"""Free places along an edge, letters after numbers, ranges of page labels: the small sums of a bundle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Pdf

from bundles.pdf.geometry import View
from bundles.pdf.lettering import literal, width
from bundles.pdf.navigation import _labels
from bundles.pdf.numbers import letters
from bundles.pdf.space import Box, Margins
from bundles.pdf.survey import BAND, PageSurvey

A4 = View(0, 0, 595, 842, 0, 1.0)
ACROSS = 298
USUAL = Box(560, 15, 20, 19)
ROOM = (370.0, 587.0)


def band(*runs: tuple[int, int, int, int]) -> bytes:
    """A strip with ink in these cells: first and last column, first and last row from its top."""
    wide = -(-ACROSS // 8)
    rows = [[0] * wide * 8 for _ in range(BAND // 2)]
    for left, right, top, bottom in runs:
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [1] * (right - left + 1)
    return b"".join(
        int("".join(map(str, row[at : at + 8])), 2).to_bytes(1, "big")
        for row in rows
        for at in range(0, wide * 8, 8)
    )


def test_an_empty_margin_gives_the_usual_place() -> None:
    assert Margins(A4, PageSurvey(ACROSS)).place(USUAL, "bottom", ROOM) == USUAL
    assert Margins(A4, None).place(USUAL, "bottom", ROOM) == USUAL


def test_ink_at_the_usual_place_moves_the_box_along_the_edge() -> None:
    ink = PageSurvey(ACROSS, bottom=band((275, 297, 30, 47)))  # points 550 to 595, up to 36 above the edge
    found = Margins(A4, ink).place(USUAL, "bottom", ROOM)
    assert found.y == pytest.approx(15, abs=2)
    assert 520 < found.x < 531
    assert found.x + found.width < 550


def test_ink_along_the_whole_edge_moves_the_box_up() -> None:
    ink = PageSurvey(ACROSS, bottom=band((0, 297, 30, 47)))
    found = Margins(A4, ink).place(USUAL, "bottom", ROOM)
    assert found.x == pytest.approx(560, abs=3)
    assert 36 < found.y < 42


def test_no_free_place_leaves_the_usual_one() -> None:
    ink = PageSurvey(ACROSS, bottom=band((0, 297, 0, 47)))
    assert Margins(A4, ink).place(USUAL, "bottom", ROOM) == USUAL


def test_what_is_cleared_counts_as_free() -> None:
    margins = Margins(A4, PageSurvey(ACROSS, bottom=band((281, 290, 31, 40))))
    assert margins.place(USUAL, "bottom", ROOM) != USUAL
    margins.clear(Box(562, 14, 19, 20))
    assert margins.place(USUAL, "bottom", ROOM) == USUAL


CELLS = st.tuples(st.integers(0, 280), st.integers(1, 60), st.integers(0, 40), st.integers(0, 20))


@given(runs=st.lists(CELLS, max_size=6), edge=st.sampled_from(["bottom", "top"]))
def test_a_place_found_is_free_and_two_marks_never_overlap(
    runs: list[tuple[int, int, int, int]], edge: str
) -> None:
    inked = [(left, min(297, left + wide), top, min(47, top + high)) for left, wide, top, high in runs]
    survey = PageSurvey(ACROSS, band(*inked), band(*inked))
    margins = Margins(A4, survey)
    wanted = USUAL if edge == "bottom" else Box(560, 842 - 15 - 19, 20, 19)
    first = margins.place(wanted, edge, ROOM)  # type: ignore[arg-type]
    margins.take(first)
    second = margins.place(wanted, edge, (0.0, 587.0))  # type: ignore[arg-type]
    assert not first.overlaps(second)
    cell = 595 / ACROSS
    if first != wanted:
        for left, right, top, bottom in inked:
            low = (BAND // 2 - 1 - bottom) * cell if edge == "bottom" else 842 - (bottom + 1) * cell
            ink = Box(left * cell, low, (right + 1 - left) * cell, (bottom + 1 - top) * cell)
            assert not first.overlaps(ink)


@pytest.mark.parametrize(
    ("number", "word"), [(0, ""), (1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_letters_after_a_number(number: int, word: str) -> None:
    assert letters(number) == word


@pytest.mark.parametrize(
    "numbers",
    [["1", "2", "3"], ["S1", "S2"], ["3", "3A", "3B", "4"], ["301", "302"], ["A9", "A10", "B1"], ["1A", "2"]],
)
def test_page_labels_say_what_is_printed(numbers: list[str]) -> None:
    with Pdf.new() as pdf:
        for _ in numbers:
            pdf.add_blank_page()
        pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=_labels(numbers)))
        assert [str(page.label) for page in pdf.pages] == numbers


def test_lines_are_as_wide_as_their_letters() -> None:
    assert width("10", 10) == pytest.approx(11.12)
    assert width("W", 10) > width("i", 10)
    assert literal("Art. (3)\\") == b"(Art. \\(3\\)\\\\)"
    assert literal("机密") == b"(??)"
