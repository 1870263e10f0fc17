"""Two models are compared from a specification; the result and what it rests on are written to a folder."""

import json
from pathlib import Path
from typing import Any

from comparison.weights import result, words
from comparison.weights.measures import Model, Pair, measure
from comparison.weights.population import Kept, measured
from comparison.weights.spec import read_spec
from comparison.weights.strength import strength
from core.errors import Conflict


def compare(spec_path: Path, out_dir: Path, kept: Path | None = None) -> dict[str, Any]:
    """Every method named has run, and ``out_dir`` holds ``result.json`` and its details.

    Args:
        spec_path: TOML file (see ``spec.read_spec``).
        out_dir: made if absent; must not hold a result yet.
        kept: folder of the population's values from earlier runs; made if absent. None keeps none.

    Returns:
        ``{"findings", "propositions", "manifest", "files"}``, as in ``result.json``.

    Raises:
        SpecInvalid, MethodUnknown, WeightsMissing, WeightsUnreadable, PickleRefused: nothing was written.
        Conflict: the folder is a file, or holds a result already.
    """
    spec = read_spec(spec_path)
    if out_dir.is_file() or (out_dir / "result.json").exists():
        raise Conflict(
            f"{out_dir} is a file or holds a result already.", remedy="Name another folder; results are kept."
        )
    reference, suspect = Model.at(spec.reference), Model.at(spec.suspect)
    details: dict[str, Any] = {
        "reference.manifest.json": reference.manifest.as_json(),
        "suspect.manifest.json": suspect.manifest.as_json(),
    }
    population = measured(spec, reference, Kept(kept, result.code_sha256()))
    if spec.population:
        details["population.json"] = {"models": population.as_json()}
    pair = Pair(reference, suspect, spec.seed)
    notes = [words.PROBE_UNUSED] if spec.has_probe else []
    findings, validations = [], {}
    for method in spec.methods:
        found = measure(method.name, pair)
        against = strength(
            method.name,
            found,
            population.pairs(method.name),
            spec.stratum,
            silent=population.silent(method.name),
        )
        findings.append(result.finding(method.name, found, against, notes))
        validations[method.name] = against.validation
        if found.detail:
            details[f"{method.name}.json"] = found.detail
    result.correct(findings)
    calibrated = result.calibration(spec.stratum, validations)
    answer = {
        "findings": findings,
        "propositions": result.propositions(findings),
        "manifest": result.provenance(reference.manifest, suspect.manifest, spec.seed, calibrated),
        "files": ["result.json", *details],
    }
    out_dir.mkdir(parents=True, exist_ok=True)
    for name, content in {**details, "result.json": answer}.items():
        (out_dir / name).write_text(
            json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return answer
