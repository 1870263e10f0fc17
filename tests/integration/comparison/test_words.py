"""No word that a comparison can show states a conclusion that is the court's."""

import re
from pathlib import Path

import pytest

from comparison import selectors, tables
from comparison.drawing import layers
from comparison.evaluation import methods, refusals, words
from comparison.runner import refusals as running
from comparison.statistics import refusals as statistics
from comparison.weights import refusals as weights

ROOT = Path(__file__).resolve().parents[3]
FORBIDDEN = re.compile(
    r"\bcop(y|ied|ies|ying)\b|\bprov(e|es|ed|en|ing)\b|\bproof|(?<!log-)\bprobabilit|\bstole|\bstolen|\btheft|\bguilt"
    r"|\binfring|\bplagiar|\blikely\b",
    re.IGNORECASE,
)


def strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for pair in value.items() for part in pair for text in strings(part)]
        case list() | tuple():
            return [text for part in value for text in strings(part)]
        case methods.Method():
            return strings([value.title, value.survives, value.defeated_by, list(value.needs)])
    return []


@pytest.mark.parametrize(
    "module",
    [words, methods, refusals, running, statistics, weights, selectors, tables, layers],
    ids=lambda m: m.__name__,
)
def test_no_constant_says_it(module: object) -> None:
    said = [text for value in vars(module).values() for text in strings(value) if text != module.__doc__]
    assert said
    assert [text for text in said if FORBIDDEN.search(text)] == []


@pytest.mark.parametrize("low", [-0.0312, 0.5, 1.2e-07, -3e-12])
def test_a_sentence_is_known_whatever_its_figures(low: float) -> None:
    said = words.CROSS.format(low=low, high=1.2, authors=2, models=3)
    assert words.known(said)
    assert not words.known(said.replace("1.2", "more"))


def test_no_source_or_template_says_it() -> None:
    sources = [
        *(ROOT / "templates" / "comparison").glob("*.html"),
        *(file for file in (ROOT / "comparison").rglob("*.py") if "migrations" not in file.parts),
    ]
    assert len(sources) > 25
    code = re.compile(r"copy=False|\.copy\(")
    found = {
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in sources
        for line in file.read_text().splitlines()
        if FORBIDDEN.search(
            code.sub("", line).replace("log-probabilities", "").replace("Log-probabilities", "")
        )
    }
    assert found == set()


def test_the_search_for_words_finds_them() -> None:
    for text in ("was copied", "this proves it", "the probability of copying", "Stolen weights"):
        assert FORBIDDEN.search(text)
