"""Two models are compared from a specification; the result and what it rests on are written to a folder."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from comparison.evaluation import result
from comparison.evaluation.bench import Bench
from comparison.evaluation.errors import SpecInvalid
from comparison.evaluation.job import Job, versions_here
from comparison.evaluation.judging import judged
from comparison.evaluation.measures import FROM_OBSERVATIONS, Model, Pair
from comparison.evaluation.population import Kept, measured
from comparison.evaluation.progress import Progress, Steps
from comparison.evaluation.record import FILE, as_record
from comparison.evaluation.spec import Spec, read_spec
from comparison.evaluation.staging import freeze
from comparison.evaluation.storing import Store
from comparison.evaluation.written import Report, written
from core.errors import Conflict


def compare(
    spec_path: Path,
    out_dir: Path,
    kept: Path | None = None,
    *,
    progress: Progress | None = None,
    job: Job | None = None,
    report: Report | None = None,
) -> dict[str, Any]:
    """Every method named has run, and ``out_dir`` holds ``result.json`` and its details.

    Args:
        spec_path: TOML file (see ``spec.read_spec``).
        out_dir: made if absent; must not hold a result yet.
        kept: folder of the population's values from earlier runs; made if absent. None keeps none.
        progress: told of each piece of the work; may raise ``Cancelled`` to stop it.
        job: what the specification was staged from, where it was fixed beforehand; else it is fixed here.
        report: lays out the expert's report; where it cannot run on this machine, there is none.

    Returns:
        ``{"findings", "propositions", "manifest", "files"}``, as in ``result.json``.

    Raises:
        SpecInvalid, MethodUnknown, WeightsMissing, WeightsUnreadable, PickleRefused: nothing was written.
        Conflict: the folder is a file, or holds a result already.
        Cancelled: as ``progress`` raised it; no result was written.
    """
    spec = read_spec(spec_path)
    if out_dir.is_file() or (out_dir / "result.json").exists():
        raise Conflict(
            f"{out_dir} is a file or holds a result already.", remedy="Name another folder; results are kept."
        )
    store = Kept(kept, json.dumps(versions_here(), sort_keys=True))
    bench = _bench(spec, store.store, progress)
    fixed = job or freeze(spec_path, lambda path: bench.models[path].manifest)
    _check_counted_once(spec, bench)
    reference, suspect = bench.models[spec.reference], bench.models[spec.suspect]
    details: dict[str, Any] = {
        f"{side}.manifest.json": model.manifest.as_json()
        for side, model in (("reference", reference), ("suspect", suspect))
        if model.weights
    }
    parts = {FROM_OBSERVATIONS[method.name] for method in spec.methods if method.name in FROM_OBSERVATIONS}
    bench.observe(bench.models.values(), sorted(parts))
    population = measured(spec, bench, store)
    if spec.population:
        details["population.json"] = {"models": population.as_json()}
    pair = Pair(reference, suspect, spec.seed, bench, store.store)
    found = {}
    for method in spec.methods:
        bench.steps.begin(method.name)
        found[method.name] = store.of(method.name, pair, whole=True)
        bench.steps.finish()
    judgement = judged(found, population, spec.stratum)
    details |= {f"{name}.json": one.detail for name, one in found.items() if one.detail}
    calibrated = result.calibration(spec.stratum, judgement.validations, judgement.fused)
    probe = spec.inputs.probe
    ran = result.Ran(probe.sha256 if probe else None, bench.ran)
    answer = {
        "findings": judgement.findings,
        "propositions": result.propositions(judgement.findings),
        "manifest": {
            **result.provenance(reference.manifest, suspect.manifest, spec.seed, calibrated, ran),
            "job": {"sha256": fixed.sha256, "deviations": fixed.deviations()},
        },
        "files": ["result.json", FILE, *details],
    }
    record = partial(as_record, measured=found, population=population, job=fixed)
    return written(out_dir, answer, details, record, report)


def _check_counted_once(spec: Spec, bench: Bench) -> None:
    """Raises ``SpecInvalid`` where a model stands on two sides, or counts as two lineages.

    The same tensors are the same model, whatever its folder, configuration and tokenizer are called.
    """
    compared = {_tensors(bench.models[path]) for path in (spec.reference, spec.suspect)}
    lineages: dict[object, str] = {}
    for member in spec.population:
        same = _tensors(bench.models[member.model])
        if same in compared:
            raise SpecInvalid(
                f"{member.model.name} of the population is one of the two models that are compared.",
                remedy="Take it out of the population: a model is no measure of itself.",
            )
        if lineages.setdefault(same, member.lineage) != member.lineage:
            raise SpecInvalid(
                f"{member.model.name} is in the population under the lineages {lineages[same]} and "
                f"{member.lineage}.",
                remedy="Leave it in once: a model that is counted twice makes the population look larger.",
            )


def _tensors(model: Model) -> object:
    return tuple(one.sha256 for one in model.manifest.tensors) or model.content_sha256


def _bench(spec: Spec, store: Store, progress: Progress | None) -> Bench:
    """Every model of the specification, its files opened, side by side."""
    parents = [member.derived_from for member in spec.population if member.derived_from]
    paths = [spec.reference, spec.suspect, *(member.model for member in spec.population), *parents]
    models = {path: Model.at(path) for path in dict.fromkeys(paths)}
    steps = Steps(progress, len(spec.methods) * (1 + len(spec.population)))
    return Bench(spec.inputs, spec.seed, spec.stratum, spec.reference, spec.population, models, store, steps)
