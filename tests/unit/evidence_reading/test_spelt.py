"""What an exhibit names is shown as people write it."""

import pytest

from evidence.named import spelt


@pytest.mark.parametrize(
    ("kind", "normal", "shown"),
    [
        ("date", "2026-06-03", "3 Jun 2026"),
        ("date", "2024-03", "Mar 2024"),
        ("date", "2024", "2024"),
        ("money", "GBP 63800000", "GBP 63,800,000"),
        ("money", "GBP 318442.17", "GBP 318,442.17"),
        ("money", "a sum", "a sum"),
        ("person", "Harriet Penhallow", "Harriet Penhallow"),
    ],
)
def test_the_normal_form_is_spelt_for_people(kind: str, normal: str, shown: str) -> None:
    assert spelt(kind, normal) == shown
