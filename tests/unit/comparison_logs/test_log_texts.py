"""Words, templates and near-duplicates, held to a plain computation of the same."""

import math
import random
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparison.logs.minhash import BANDS, bands, caught, sketches
from comparison.logs.shingles import runs, words
from comparison.logs.templates import RunCounts, masked, template_text

TEXTS = st.lists(st.text(st.sampled_from("abAB zZ09_ .,é中文–“\n\0"), max_size=30), min_size=1, max_size=6)
WORD = re.compile(r"[\u3000-\uffff]|[0-9A-Za-z_\u0080-\u1fff]+")
LABEL = (
    "Read the dialogue below and say which answer is the better one: {} Give your reasons in two sentences."
)


@given(TEXTS)
def test_words_are_those_a_plain_reading_finds(texts: list[str]) -> None:
    found = words(texts)
    expected = [
        (number, _ascii_lower(word)) for number, text in enumerate(texts) for word in WORD.findall(text)
    ]
    assert found.text.tolist() == [number for number, _ in expected]
    by_hash = dict(zip(found.hashes.tolist(), [word for _, word in expected], strict=True))
    assert len(by_hash) == len({word for _, word in expected})
    assert [by_hash[one] for one in found.hashes.tolist()] == [word for _, word in expected]


def _ascii_lower(word: str) -> str:
    return word.encode().lower().decode()


@given(TEXTS, st.integers(1, 4))
def test_runs_stay_inside_their_text(texts: list[str], length: int) -> None:
    found = words(texts)
    hashes, begins = runs(found, length)
    expected = []
    for number, text in enumerate(texts):
        own = [_ascii_lower(word) for word in WORD.findall(text)]
        expected += [(number, tuple(own[at : at + length])) for at in range(len(own) - length + 1)]
    assert found.text[begins].tolist() == [number for number, _ in expected]
    assert len(set(hashes.tolist())) == len({run for _, run in expected})


def _draw(order: random.Random, count: int) -> str:
    return " ".join(f"w{int(order.paretovariate(0.6))}" for _ in range(count))


def test_prompts_of_one_template_share_it_whatever_stands_in_the_gap() -> None:
    order = random.Random(7)  # noqa: S311 - a fixed order, not a secret
    labelled = [LABEL.format(_draw(order, order.randint(5, 40))) for _ in range(400)]
    free = [_draw(order, order.randint(5, 40)) for _ in range(400)]
    counts = RunCounts()
    for texts in (labelled, free):
        counts.add(texts)
    found = masked(labelled + free, counts, 40, 8)
    templates, uses = np.unique(found.template[:400], return_counts=True)
    assert uses.max() > 380
    assert found.template[400:].tolist() == [0] * 400
    assert template_text(labelled[0], counts, 40) == LABEL.rstrip(".").format("…").replace(": …", " …")
    assert len(templates) < 10
    assert len(set(found.content.tolist())) == 800


def test_a_batch_gives_each_text_what_it_has_alone() -> None:
    order = random.Random(3)  # noqa: S311 - as above
    texts = [LABEL.format(_draw(order, 9)) for _ in range(60)] + ["", "one", "中文"]
    counts = RunCounts()
    counts.add(texts)
    together = masked(texts, counts, 20, 8)
    alone = [masked([text], counts, 20, 8) for text in texts]
    assert together.template.tolist() == [one.template[0] for one in alone]
    assert together.content.tolist() == [one.content[0] for one in alone]


def _sketch(sets: list[set[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    rng = np.random.default_rng(0)
    hashed = {one: rng.integers(2**64, dtype=np.uint64) for one in sorted(set().union(*sets))}
    flat = np.array([hashed[one] for held in sets for one in sorted(held)], dtype=np.uint64)
    text = np.repeat(np.arange(len(sets)), [len(held) for held in sets])
    return sketches(flat, text, len(sets))


@settings(deadline=None)
@given(st.integers(12, 400), st.floats(0, 1))
def test_the_share_of_equal_places_is_the_similarity_within_what_chance_gives(
    size: int, share: float
) -> None:
    common = round(size * share)
    sets = [set(range(size)), set(range(size - common, 2 * size - common))]
    similarity = common / (2 * size - common)
    equal = float(np.mean(_sketch(sets)[0] == _sketch(sets)[1]))
    spread = np.sqrt(similarity * (1 - similarity) / min(size, 128))
    assert abs(equal - similarity) <= 5 * spread + 0.02


def test_near_duplicates_become_candidates_and_strangers_do_not() -> None:
    order = random.Random(5)  # noqa: S311 - as above
    sets: list[set[int]] = []
    for number in range(300):
        own = {number * 1000 + place for place in range(80)}
        sets += [own, {one if order.random() < 0.9 else one + 500 for one in own}]
    banded = bands(_sketch(sets))
    agree = [bool((banded[2 * number] == banded[2 * number + 1]).any()) for number in range(300)]
    assert np.mean(agree) > 0.99
    strangers = [bool((banded[2 * number] == banded[2 * number + 2]).any()) for number in range(299)]
    assert not any(strangers)
    assert banded.shape == (600, BANDS)
    assert caught(0.7) > 0.999


@pytest.mark.parametrize("size", [12, 20, 40, 200])
def test_short_texts_become_candidates_as_often_as_long_ones(size: int) -> None:
    common = math.ceil(2 * size * 0.7 / 1.7)
    starts = [number * 1000 for number in range(500)]
    sets = [set(range(first, first + size)) for start in starts for first in (start, start + size - common)]
    banded = bands(_sketch(sets))
    agree = (banded[::2] == banded[1::2]).any(axis=1)
    assert np.mean(agree) >= caught(0.7) - 0.01


def test_texts_without_runs_agree_with_nothing() -> None:
    empty = sketches(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64), 2)
    assert not (bands(empty)[0] == bands(empty)[1]).any()
