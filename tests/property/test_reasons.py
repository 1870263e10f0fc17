"""Whatever figures stand in a reason, it is known as ours; whatever words somebody puts there, it is not."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.evaluation import refusals, words
from comparison.evaluation.measures import Measured
from comparison.evaluation.record import read_record
from comparison.evaluation.sentences import FIGURE, HOLE
from tests.factories.comparison_records import record
from tests.factories.reasons import REASONS, filled
from tests.property.test_comparison_words import TOO_MUCH

WORDS = st.text(min_size=1).filter(lambda text: not re.fullmatch(FIGURE, text))


def kept(measured: Measured) -> tuple[str, ...]:
    """What of the caveats of a value, or of none, is left once its record is read."""
    return read_record(json.loads(record({"huref": measured}))).measured["huref"].caveats


@given(st.data())
def test_every_reason_is_known_whatever_its_figures(data: st.DataObject) -> None:
    for reason in refusals.reasons():
        said = data.draw(filled(reason))
        assert refusals.known(said), said
        assert TOO_MUCH.search(said) is None, said


@given(st.data())
@pytest.mark.parametrize("reason", [reason for reason in refusals.reasons() if HOLE.search(reason)])
def test_no_reason_is_known_with_words_of_somebodys_own(reason: str, data: st.DataObject) -> None:
    hole = data.draw(st.sampled_from(HOLE.findall(reason)))
    assert not refusals.known(data.draw(filled(reason, **{hole: WORDS})))


@given(REASONS, st.text())
def test_a_record_keeps_the_reason_and_nothing_else(reason: str, text: str) -> None:
    assert kept(Measured(None, caveats=(reason, f"In {text}, name another folder."))) == (reason,)
    assert kept(Measured(None, caveats=(f"{reason} {text}.",))) == (words.NO_VALUE_THERE,)


@given(REASONS)
def test_a_value_has_no_reason_for_having_none(reason: str) -> None:
    assert kept(Measured(0.5, caveats=(reason, words.NORM_ORDINARY))) == (words.NORM_ORDINARY,)
