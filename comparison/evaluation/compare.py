"""Two models are compared from a specification; the result and what it rests on are written to a folder."""

from functools import cache, partial
from pathlib import Path
from typing import Any

from comparison.evaluation import result, words
from comparison.evaluation.job import Job
from comparison.evaluation.judging import judged
from comparison.evaluation.measures import Model, Pair, measure
from comparison.evaluation.population import Kept, measured
from comparison.evaluation.progress import Progress, Steps
from comparison.evaluation.record import FILE, as_record
from comparison.evaluation.spec import read_spec
from comparison.evaluation.staging import freeze
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
    models = cache(Model.at)
    fixed = job or freeze(spec_path, lambda path: models(path).manifest)
    reference, suspect = models(spec.reference), models(spec.suspect)
    details: dict[str, Any] = {
        "reference.manifest.json": reference.manifest.as_json(),
        "suspect.manifest.json": suspect.manifest.as_json(),
    }
    steps = Steps(progress, len(spec.methods) * (1 + len(spec.population)))
    population = measured(spec, models, Kept(kept, result.code_sha256()), steps)
    if spec.population:
        details["population.json"] = {"models": population.as_json()}
    pair = Pair(reference, suspect, spec.seed)
    found = {}
    for method in spec.methods:
        steps.begin(method.name)
        found[method.name] = measure(method.name, pair)
        steps.finish()
    judgement = judged(found, population, spec.stratum, [words.PROBE_UNUSED] if spec.has_probe else [])
    details |= {f"{name}.json": one.detail for name, one in found.items() if one.detail}
    calibrated = result.calibration(spec.stratum, judgement.validations)
    answer = {
        "findings": judgement.findings,
        "propositions": result.propositions(judgement.findings),
        "manifest": {
            **result.provenance(reference.manifest, suspect.manifest, spec.seed, calibrated),
            "job": {"sha256": fixed.sha256, "deviations": fixed.deviations()},
        },
        "files": ["result.json", FILE, *details],
    }
    record = partial(as_record, measured=found, population=population, job=fixed)
    return written(out_dir, answer, details, record, report)
