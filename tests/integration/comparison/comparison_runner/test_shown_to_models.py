"""A registered comparison runs its models on all that it names, by the numbers that it says."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_django import Settings

from cases.models import Case
from comparison import actions, pipeline
from comparison.evaluation import words
from comparison.models import Run
from comparison.runner.loading import load
from comparison.runner.sampling import Manner, draw
from comparison.weights import manifest
from comparison.weights.folder import open_folder
from core.actor import Actor, machine
from evidence.models import Exhibit
from tests.factories import an_exhibit
from tests.factories import running_models as models
from tests.integration.comparison.registered_zoo import Zoo, a_job

pytestmark = pytest.mark.django_db
RANDOM = np.random.default_rng(8)
TEXTS, PROMPTS, ANSWER, TEMPERATURE = 60, 40, 12, 0.3


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A claimant's model, a suspect, and two that are independent of both."""
    made = tmp_path_factory.mktemp("running")
    for seed, name in enumerate(("ours", "theirs", "stranger-1", "stranger-2")):
        models.save(made / name, seed=seed)
    return made


@pytest.fixture
def zoo(case: Case, actor: Actor, root: Path, settings: Settings) -> Zoo:
    settings.MODELS_ROOT = root
    made = {
        path.name: actions.register(by=actor, case=case, vendor="V", name=path.name, manifest=manifest(path))
        for path in sorted(root.iterdir())
    }
    population = actions.make_population(by=actor, case=case, name="Strangers")
    for name in ("stranger-1", "stranger-2"):
        actions.add_member(
            by=actor, population=population, artefact=made[name], lineage=name, stratum="same-data"
        )
    return Zoo(made, population)


def lines(case: Case, name: str, rows: list[dict[str, Any]]) -> Exhibit:
    return an_exhibit(case, "".join(json.dumps(row) + "\n" for row in rows).encode(), name)


def findings(actor: Actor, zoo: Zoo, methods: list[str], **shown: Any) -> dict[str, dict[str, Any]]:
    """By method, of a comparison that was set up, registered and run."""
    job = a_job(zoo.population.case, actor, zoo)
    actions.change(
        by=actor, job=job, title="t", methods=methods, population=zoo.population, stratum="same-data", **shown
    )
    run = actions.ask_to_run(by=actor, job=actions.register_job(by=actor, job=job))
    pipeline.run(run.pk, by=machine())
    run.refresh_from_db()
    assert run.state == Run.State.DONE, run.message
    assert run.comparison is not None
    return {finding["method"]: finding for finding in run.comparison.findings}


def test_an_order_of_training_and_texts_by_authors_are_read(case: Case, actor: Actor, zoo: Zoo) -> None:
    texts = RANDOM.integers(2, models.WORDS, size=(3, TEXTS, 10)).tolist()
    names = ("training_order", "reference_texts", "other_texts")
    shown = {
        name: lines(case, f"{name}.jsonl", [{"text": text} for text in rows])
        for name, rows in zip(names, texts, strict=True)
    }
    found = findings(actor, zoo, ["cross-likelihood", "palimpsest"], **shown)
    order, authors = found["palimpsest"], found["cross-likelihood"]
    assert order["value"] is not None, order["caveats"]
    assert words.ORDER_CONTROLLED.format(models=2) in order["caveats"]
    assert 0.001 < order["p"] <= 1, "strangers know nothing of each other's training"
    assert authors["value"] is not None, authors["caveats"]
    assert any("2 authors, against 2" in text for text in authors["caveats"]), authors["caveats"]


def test_logs_are_tested_by_the_temperature_of_the_service(
    case: Case, actor: Actor, zoo: Zoo, root: Path
) -> None:
    prompts = [np.array([number, number + 1]) for number in range(2, 2 + PROMPTS)]
    served = draw(load(open_folder(root / "ours")), prompts, Manner(1, ANSWER, temperature=TEMPERATURE))
    logs = lines(
        case,
        "served.jsonl",
        [
            {"prompt": prompt.tolist(), "output": answers[0].tolist()}
            for prompt, answers in zip(prompts, served, strict=True)
        ],
    )
    found = findings(actor, zoo, ["logged-output"], served=logs, temperature=TEMPERATURE, answers=24)
    said = found["logged-output"]
    assert said["value"] is not None, said["caveats"]
    assert words.LOGGED_DRAWN.format(answers=24, prompts=PROMPTS) in said["caveats"]
    unsaid = findings(actor, zoo, ["logged-output"], served=logs)["logged-output"]
    assert unsaid["value"] is None, "at another temperature the log is no draw of the claimant's model"
