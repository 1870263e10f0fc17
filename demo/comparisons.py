"""The demonstration's registered comparison: an expert's pilot on small models whose relation is known."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from cases.models import Case
from comparison import actions, pipeline
from comparison.evaluation.methods import chosen
from comparison.models import Comparison, ModelArtefact, ReferencePopulation, Run, Stratum
from comparison.weights import manifest
from core import clock
from core.actor import Actor
from core.errors import CheckFailed
from demo.model_zoo import Tensors, independent, permuted, trained_on, write

TITLE = "Pilot B against Pilot A"
POPULATION = "Pilot models, like data and architecture"
EXPERT = "Professor Marit Solheim"
NOTE = "Four layers of width 48, invented weights; made for the pilot of the method"
STRANGERS, FOREIGN, CHILDREN = 8, 2, 4
READ = {"weights of both models", "tokens that both know"}
"""What methods need that only read weights."""
OTHER_DATA = 7
"""The seed of the data on which the foreign models were made."""


def run_pilot(case: Case, by: Actor) -> Comparison:
    """The pilot stands in the matter: models, population, registered job and findings; its report waits."""
    folder = settings.VAR / "demo" / "models"
    parent = independent(0)
    reference = _model(case, by, folder, "Pilot A", parent)
    suspect = _model(case, by, folder, "Pilot B", permuted(trained_on(parent, 50, 0.2)))
    population = actions.make_population(
        by=by, case=case, name=POPULATION, note="Made by the expert for the pilot; no model of either party."
    )
    for name, tensors, stratum, derived in _members(parent):
        actions.add_member(
            by=by,
            population=population,
            artefact=_model(case, by, folder, name, tensors),
            lineage=name,
            stratum=stratum,
            derived_from=reference if derived else None,
        )
    return _run(case, by, folder, reference, suspect, population)


def _members(parent: Tensors) -> Iterator[tuple[str, Tensors, Stratum, bool]]:
    for number in range(1, STRANGERS + 1):
        yield f"Stranger {number}", independent(number), Stratum.SAME_DATA, False
    for number in range(1, FOREIGN + 1):
        model = independent(100 + number, data=OTHER_DATA)
        yield f"Foreigner {number}", model, Stratum.OTHER_DOMAIN, False
    for number in range(1, CHILDREN + 1):
        yield f"Child {number}", trained_on(parent, number, 0.15 * number), Stratum.SAME_DATA, True


def _model(case: Case, by: Actor, folder: Path, name: str, tensors: Tensors) -> ModelArtefact:
    path = folder / name.lower().replace(" ", "-")
    return actions.register(
        by=by, case=case, vendor=EXPERT, name=name, licence="None; not published", note=NOTE,
        obtained_how="Made by the expert on her own computer", obtained_on=clock.today(),
        manifest=manifest(path if path.exists() else write(path, tensors)),
    )  # fmt: skip


def _run(
    case: Case,
    by: Actor,
    folder: Path,
    reference: ModelArtefact,
    suspect: ModelArtefact,
    population: ReferencePopulation,
) -> Comparison:
    job = actions.set_up(by=by, case=case, title=TITLE, reference=reference, suspect=suspect)
    job = actions.change(
        by=by, job=job, title=TITLE, methods=_read_from_weights(job.methods), population=population,
        stratum=Stratum.SAME_DATA, seed=11,
    )  # fmt: skip
    run = actions.ask_to_run(by=by, job=actions.register_job(by=by, job=job))
    pipeline.run(run.pk, by=by, root=folder)
    run = Run.objects.select_related("comparison").get(pk=run.pk)
    if run.comparison is None:
        raise CheckFailed(f"The pilot did not run: {run.message}")
    actions.ask_for_report(by=by, comparison=run.comparison)
    return run.comparison


def _read_from_weights(methods: list[str]) -> list[str]:
    """Those that run without the evaluation worker: the demonstration is the same with and without it."""
    return [one.name for one in chosen(methods) if {*one.needs} <= READ]
