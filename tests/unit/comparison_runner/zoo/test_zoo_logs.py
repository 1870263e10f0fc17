"""Logged outputs on the zoo: whoever learnt from them is found, and nobody else; controls are uniform."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import kstest

from comparison.runner.loading import Running, load
from comparison.runner.sampling import Manner, draw
from comparison.runner.scoring import likelihoods
from comparison.runner.zoo.language import Ids, language
from comparison.runner.zoo.listing import Zoo
from comparison.runner.zoo.recipe import CLAIMANT, HARVESTER, LENGTH, OTHERS
from comparison.runner.zoo.texts import PROMPT, source
from comparison.statistics.logged import Exchangeability, logged_output
from comparison.weights.folder import open_folder

ANSWERS = 19
LOGS, EACH = 24, 12
"""Logs of controls, and exchanges in each."""
INNOCENT = ("independent-01", "other-domain-1", "text-student")
"""Who never saw the controls' logs; the student learnt from others of the same service."""
Drawn = tuple[list[Ids], list[list[Ids]]]


@pytest.fixture(scope="module")
def running(zoo: Zoo) -> Callable[[str], Running]:
    return cache(lambda name: load(open_folder(zoo.models[name].folder)))


def served(file: Path) -> tuple[list[Ids], list[Ids]]:
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    return [np.array(row["prompt"]) for row in rows], [np.array(row["output"]) for row in rows]


def losses(suspect: Running, prompts: Sequence[Ids], answers: Sequence[Sequence[Ids]]) -> NDArray[np.float64]:
    """Nats a token, ``[prompts, answers]``."""
    asked = [prompt for prompt, row in zip(prompts, answers, strict=True) for _ in row]
    found = -likelihoods(suspect, asked, [answer for row in answers for answer in row])
    return found.reshape(len(prompts), -1)


@pytest.fixture(scope="module")
def tested(zoo: Zoo, running: Callable[[str], Running]) -> Callable[[str, str], Exchangeability]:
    """A suspect on what the claimant's model served to an account."""

    @cache
    def log(account: str) -> Drawn:
        prompts, outputs = served(zoo.folder / f"served-{account}.jsonl")
        fresh = draw(running(CLAIMANT), prompts, Manner(ANSWERS, LENGTH - PROMPT, seed=11))
        return prompts, [[output, *row] for output, row in zip(outputs, fresh, strict=True)]

    def of(suspect: str, account: str) -> Exchangeability:
        found = losses(running(suspect), *log(account))
        return logged_output(found[:, 0], found[:, 1:])

    return of


def test_a_student_of_sampled_text_is_found_from_a_hundred_logs(
    tested: Callable[[str, str], Exchangeability],
) -> None:
    found = tested("text-student", HARVESTER)
    assert found.prompts == 100
    assert found.log10_p < -6


@pytest.mark.parametrize(
    ("suspect", "account"),
    [
        ("text-student", OTHERS),
        ("text-student-of-another", HARVESTER),
        ("logit-student", HARVESTER),
        ("independent-01", HARVESTER),
        ("niche-1", HARVESTER),
        ("fine-tuned-1", HARVESTER),
    ],
)
def test_whoever_did_not_learn_from_these_logs_is_not(
    tested: Callable[[str, str], Exchangeability], suspect: str, account: str
) -> None:
    assert tested(suspect, account).log10_p > -4


@pytest.fixture(scope="module")
def control(zoo: Zoo, running: Callable[[str], Running]) -> Drawn:
    """Answers to new prompts, of which the first of each is taken for the one that was served."""
    chance = source(zoo.seed)
    prompts = list(language("general", chance).texts(LOGS * EACH, PROMPT, chance("control prompts")))
    return prompts, draw(running(CLAIMANT), prompts, Manner(1 + ANSWERS, LENGTH - PROMPT, seed=12))


@pytest.mark.parametrize("suspect", INNOCENT)
def test_controls_are_uniform(control: Drawn, running: Callable[[str], Running], suspect: str) -> None:
    """Each log has prompts of its own, so that the p-values of one suspect do not depend on each other."""
    found = losses(running(suspect), *control)
    ps = [
        10 ** logged_output(log[:, 0], log[:, 1:]).log10_p for log in found.reshape(LOGS, EACH, 1 + ANSWERS)
    ]
    assert kstest(ps, "uniform").pvalue > 1e-3
    assert min(ps) > 1e-4
