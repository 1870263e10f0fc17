"""What counts as a plain clip, and when a picture reaches beyond it."""

import pytest
from pikepdf import Matrix

from bundles.pdf.redact.outline import NOWHERE, PathInHand, reaches_beyond, rectangle

UNTURNED = Matrix()
PICTURE = rectangle(UNTURNED, (10, 10, 50, 40))


def drawn(corners: list[tuple[float, float]]) -> PathInHand:
    path = PathInHand()
    path.move(UNTURNED, corners[0])
    for corner in corners[1:]:
        path.line(UNTURNED, corner)
    return path


@pytest.mark.parametrize(
    "matrix", [UNTURNED, UNTURNED.rotated(30), UNTURNED.rotated(90), Matrix(-2, 0, 0, 3, 4, 5)]
)
def test_a_clip_holds_what_is_within_it_however_it_is_turned(matrix: Matrix) -> None:
    picture = rectangle(matrix, (10, 10, 50, 40))
    assert not reaches_beyond(picture, rectangle(matrix, (10, 10, 50, 40)), 1.0)
    assert not reaches_beyond(picture, rectangle(matrix, (50, 40, 0, 0)), 1.0)
    assert reaches_beyond(picture, rectangle(matrix, (10, 10, 48, 40)), 1.0)
    assert reaches_beyond(picture, rectangle(matrix, (60, 60, 90, 90)), 1.0)


def test_less_than_the_margin_is_no_cut() -> None:
    assert not reaches_beyond(PICTURE, rectangle(UNTURNED, (10.9, 10, 50, 39.1)), 1.0)


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (100, 100), (100, 0), (0, 100)],
        [(0, 0), (100, 0), (100, 100), (0, 100)] * 2,
        [(0, 0), (100, 0), (100, 100), (50, 60), (0, 100)],
    ],
    ids=["crossed", "twice around", "dented"],
)
def test_an_outline_that_is_hard_to_judge_encloses_nothing(corners: list[tuple[float, float]]) -> None:
    assert drawn(corners).outline() == NOWHERE
    assert reaches_beyond(PICTURE, NOWHERE, 1.0)


def test_curves_and_several_parts_enclose_nothing() -> None:
    curved = drawn([(0, 0), (100, 0), (100, 100), (0, 100)])
    curved.curve(UNTURNED, [1, 2, 3, 4, 5, 6])
    two = PathInHand()
    two.rectangle(UNTURNED, [0, 0, 100, 100])
    two.rectangle(UNTURNED, [20, 20, 5, 5])
    assert curved.outline() == two.outline() == PathInHand().outline() == NOWHERE


def test_a_path_closed_by_its_first_point_is_one_outline() -> None:
    path = drawn([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)])
    path.move(UNTURNED, [7, 7])
    assert not reaches_beyond(PICTURE, path.outline(), 1.0)
