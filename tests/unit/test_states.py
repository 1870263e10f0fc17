import pytest

from bundles.models import Build
from core.errors import Conflict
from core.states import step


def test_a_state_is_set_only_where_the_model_allows_it() -> None:
    running, built = Build.State.RUNNING, Build.State.BUILT
    assert step(Build.TRANSITIONS, now=running, then=built) is built
    with pytest.raises(Conflict, match="What is built cannot become building"):
        step(Build.TRANSITIONS, now=built, then=running)
