"""Figures are written as people write them."""

import pytest

from comparison.report.figures import number


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "—"), (-0.0, "0"), (-0.5, "−0.5"), (1e-34, "1\u00a0×\u00a010⁻³⁴"), (299.66, "299.7")],
)
def test_a_value_has_its_digits_and_no_sign_before_a_nought(value: float | None, shown: str) -> None:
    assert number(value) == shown
