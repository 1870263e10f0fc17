"""Whatever figures come out, no text says more than they do."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from comparison.evaluation import result
from comparison.evaluation.measures import MEASURES, Measured
from comparison.evaluation.methods import ONE_SIDED
from comparison.evaluation.record import OWN_TESTS
from comparison.evaluation.strength import strength
from comparison.management.commands.compare import in_words
from comparison.statistics.calibration.population import STRATA, Pair
from tests.factories.reasons import REASONS

TOO_MUCH = re.compile(
    r"\bcop(y|ied|ies|ying)\b|\bprov(e|es|ed|en|ing)\b|\bproof|(?<!log-)probabilit|\bstole|\btheft|\bguilt"
    r"|\binfring|\bplagiar|\blikely\b|\bcertain",
    re.IGNORECASE,
)
VALUES = st.floats(-1e6, 1e6) | st.floats(-1.0, 1.0) | st.just(0.0)
PAIRS = st.lists(
    st.builds(
        Pair,
        VALUES,
        st.integers(0, 30).map(lambda n: frozenset({"reference", f"lineage {n}"})),
        st.sampled_from(STRATA),
        st.booleans(),
    ),
    max_size=25,
)


@st.composite
def findings(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for method in draw(st.lists(st.sampled_from(sorted(MEASURES)), unique=True, min_size=1)):
        own = draw(st.floats(-300.0, 0.0)) if method in OWN_TESTS else None
        value = draw(st.none() | VALUES) if own is None else -own
        found = Measured(value, own, () if value is not None else (draw(REASONS),))
        stratum = draw(st.none() | st.sampled_from(STRATA))
        against = strength(method, found, draw(PAIRS), stratum, silent=draw(st.integers(0, 3)))
        made.append(result.finding(method, found, against))
    result.correct(made)
    return made


@given(findings())
def test_no_text_says_more_than_the_figures(made: list[dict[str, Any]]) -> None:
    rows = result.propositions(made)
    text = in_words({"findings": made, "propositions": rows})
    assert TOO_MUCH.search(text) is None
    by_id = {row["id"]: row for row in rows}
    assert by_id["H1"]["supported_by"] == by_id["H3'"]["supported_by"], (
        "nothing here tells derivation from a common ancestor"
    )
    for found in made:
        spoken = [key for key, row in by_id.items() if found["method"] not in row["undecided"]]
        strong = found["holm"] is not None and found["holm"] < result.ALPHA
        least = 0.0 if found["method"] in ONE_SIDED else 0.1
        weighty = found["lr"] is not None and not least < found["lr"] < 10
        identical = found["method"] == "hashes" and (found["value"] or 0) > 0
        assert bool(spoken) == (strong or weighty or identical)
        if found["p"] is not None and found["method"] not in OWN_TESTS:
            assert found["p"] >= 1 / (found["null"]["n"] + 1) - 1e-12
        if found["lr"] is not None:
            low, high = found["lr_bound"]
            assert low * (1 - 1e-9) <= found["lr"] <= high * (1 + 1e-9)
