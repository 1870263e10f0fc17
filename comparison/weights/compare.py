"""Two models are compared from a specification; the result and what it rests on are written to a folder."""

import json
from pathlib import Path
from typing import Any

from comparison.weights import result, words
from comparison.weights.cosine import cosines
from comparison.weights.folder import open_folder
from comparison.weights.hashes import compare_manifests
from comparison.weights.manifest import manifest_of
from comparison.weights.spec import Spec, read_spec
from core.errors import Conflict


def compare(spec_path: Path, out_dir: Path) -> dict[str, Any]:
    """Every method named has run, and ``out_dir`` holds ``result.json`` and its details.

    Args:
        spec_path: TOML file (see ``spec.read_spec``).
        out_dir: made if absent; must not hold a result yet.

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
    reference, suspect = open_folder(spec.reference), open_folder(spec.suspect)
    models = manifest_of(reference), manifest_of(suspect)
    names = [method.name for method in spec.methods]
    found = compare_manifests(*models) if "hashes" in names else None
    rows = cosines(reference, suspect) if "raw-weights" in names else None
    findings: list[dict[str, Any]] = []
    details: dict[str, Any] = {
        "reference.manifest.json": models[0].as_json(),
        "suspect.manifest.json": models[1].as_json(),
    }
    if found is not None:
        findings.append(result.hashes_finding(found, _notes(spec)))
        details["hashes.json"] = found.as_json()
    if rows is not None:
        findings.append(result.cosine_finding(rows, _notes(spec)))
        details["raw-weights.json"] = {"tensors": [row.as_json() for row in rows]}
    answer = {
        "findings": findings,
        "propositions": result.propositions(found, names),
        "manifest": result.provenance(*models, seed=spec.seed),
        "files": ["result.json", *details],
    }
    out_dir.mkdir(parents=True, exist_ok=True)
    for name, content in {**details, "result.json": answer}.items():
        (out_dir / name).write_text(
            json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return answer


def _notes(spec: Spec) -> list[str]:
    population = [words.POPULATION_UNUSED] if spec.has_population else []
    return [*population, *([words.PROBE_UNUSED] if spec.has_probe else [])]
