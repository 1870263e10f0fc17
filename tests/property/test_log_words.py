"""Whatever an analysis of logs gives, its words point at figures and never at what somebody did."""

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparison.logs import words
from comparison.logs.accounts import MEASURES
from comparison.logs.groups import LIMITS
from comparison.logs.reading import REASONS
from tests.property.test_comparison_words import TOO_MUCH

ACCUSING = re.compile(
    r"\b(labelled|harvested|scraped|distilled|trained|evaded|took|misused|breached|abused|fraud\w*|fake"
    r"|shows that|must have)\b",
    re.IGNORECASE,
)
COUNTS = st.integers(0, 10**9)
SHARES = st.floats(0, 1)


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    known = draw(st.booleans())
    return {
        "value": draw(st.floats(0, 1e7)) if known else None,
        "others": draw(COUNTS),
        "beyond": draw(COUNTS) if known else None,
        "median": draw(st.none() | st.floats(0, 1e7)),
    }


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    one = draw(figures())
    groups = [
        {
            "size": draw(st.integers(1, 10**6)),
            "templates": list(range(draw(st.integers(1, 50)))),
            "uses": draw(COUNTS),
            "distinct": draw(SHARES),
            "marks": draw(st.lists(st.sampled_from(list(LIMITS)), unique=True)),
            "beside": {measure.name: one for measure in MEASURES},
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    duplicates = {
        "samples": draw(COUNTS), "least_similarity": draw(st.floats(0.5, 1)), "outputs": draw(COUNTS),
        "exchanges": draw(COUNTS), "compared": {"samples": draw(COUNTS)},
        "groups": [{"outputs": draw(COUNTS), "exchanges": draw(COUNTS)} for _ in groups],
    }  # fmt: skip
    left = [
        {"file": "x.jsonl", "reason": one, "count": draw(COUNTS)}
        for one in draw(st.sets(st.sampled_from(list(REASONS))))
    ]
    return {"groups": groups, "duplicates": draw(st.sampled_from([None, duplicates])), "left_out": left}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(records())
def test_no_sentence_says_that_somebody_did_something(record: dict[str, Any]) -> None:
    said = [words.report(record), *words.RIVALS, words.TEMPLATES.format(least=20)]
    said += [words.beside(one) for group in record["groups"] for one in group["beside"].values()]
    said += [text.format(least=LIMITS[mark]) for mark, text in words.MARKS.items()]
    for text in said:
        assert TOO_MUCH.search(text) is None, text
        assert ACCUSING.search(text) is None, text
    suggested = sum(len(group["marks"]) == len(LIMITS) for group in record["groups"])
    assert words.headline(record).startswith("No group") == (not suggested)
    assert words.error_rate() in said[0]
    assert all(rival in said[0] for rival in words.RIVALS)


def test_every_mark_says_what_it_takes() -> None:
    assert list(words.MARKS) == list(LIMITS)
