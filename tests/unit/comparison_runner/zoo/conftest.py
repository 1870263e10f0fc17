"""The zoo, trained once for all tests and kept between runs."""

from pathlib import Path

import pytest

from comparison.runner.zoo.keeping import kept_under
from comparison.runner.zoo.keeping import zoo as zoo_of
from comparison.runner.zoo.listing import Zoo


@pytest.fixture(scope="session")
def zoo() -> Zoo:
    """The zoo of seed 0."""
    return zoo_of()


@pytest.fixture(scope="session")
def kept() -> Path:
    """Where values of earlier comparisons lie."""
    return kept_under() / "values"
