"""The layout process serves one bundle after another, and only while it is sound."""

import os

import pytest

from bundles.pdf import typeset
from bundles.pdf.typeset import typesetter
from core.errors import Unavailable


def test_it_is_kept_for_the_next_bundle() -> None:
    with typesetter() as first:
        pass
    with typesetter() as second, typesetter() as beside:
        assert second is first
        assert beside is not first
    assert not beside.free or not second.free, "one is kept, no more"


def test_one_that_ended_over_a_request_is_not_used_again() -> None:
    with typesetter() as broken, pytest.raises(Unavailable, match="UndefinedError"):
        broken.pdf("placeholder.html", {})
    with typesetter() as sound:
        assert sound is not broken
        assert sound.free


def test_one_that_ended_while_it_waited_is_replaced() -> None:
    with typesetter() as ended:
        pass
    ended._process.kill()
    ended._process.wait()
    with typesetter() as sound:
        assert sound is not ended
        assert sound.free


def test_a_forked_process_leaves_it_alone() -> None:
    with typesetter():
        pass
    child = os.fork()
    if not child:
        os._exit(len(typeset._kept))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(typeset._kept) == 1
