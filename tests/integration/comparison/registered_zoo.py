"""A matter whose models lie in one folder: a claimant's, a suspect made from it, and a population."""

from dataclasses import dataclass
from pathlib import Path

from cases.models import Case
from comparison import actions
from comparison.models import ComparisonJob, ModelArtefact, ReferencePopulation
from comparison.weights import manifest
from core.actor import Actor
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write

METHODS = ("hashes", "match", "huref", "raw-norm")
STRANGERS, CHILDREN = 5, 4


def written(root: Path) -> dict[str, Path]:
    """The models' folders by name, below one root."""
    parent = zoo.independent(0)
    made = {"ours": parent, "theirs": zoo.permuted(zoo.trained_on(parent))}
    made |= {f"stranger-{n}": zoo.independent(n) for n in range(1, STRANGERS + 1)}
    made |= {f"child-{n}": zoo.trained_on(parent, n, 0.1 * n) for n in range(1, CHILDREN + 1)}
    return {
        name: write(root / name, tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())
        for name, tensors in made.items()
    }


@dataclass(frozen=True)
class Zoo:
    """The models as the matter knows them."""

    models: dict[str, ModelArtefact]
    population: ReferencePopulation


def registered(case: Case, by: Actor, folders: dict[str, Path]) -> Zoo:
    """Every model is registered, and all but two make the population."""
    models = {
        name: actions.register(by=by, case=case, vendor="V", name=name, manifest=manifest(path))
        for name, path in folders.items()
    }
    population = actions.make_population(by=by, case=case, name="Four layers, one text")
    for name, artefact in models.items():
        if name not in ("ours", "theirs"):
            parent = models["ours"] if name.startswith("child") else None
            actions.add_member(
                by=by, population=population, artefact=artefact, lineage=name, stratum="same-data",
                derived_from=parent,
            )  # fmt: skip
    return Zoo(models, population)


def a_job(case: Case, by: Actor, zoo: Zoo, title: str = "Theirs against ours") -> ComparisonJob:
    """A draft with a population and a stratum."""
    job = actions.set_up(
        by=by, case=case, title=title, reference=zoo.models["ours"], suspect=zoo.models["theirs"]
    )
    return actions.change(
        by=by, job=job, title=title, methods=METHODS, population=zoo.population, stratum="same-data"
    )
