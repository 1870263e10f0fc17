"""The answer of a comparison, in the one shape that pages, API and command share."""

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from comparison.evaluation import words
from comparison.evaluation.measures import Measured
from comparison.evaluation.methods import AVAILABLE, ONE_SIDED
from comparison.evaluation.strength import Strength
from comparison.statistics.calibration.pvalues import holm
from comparison.statistics.calibration.verbal import ENFSI
from comparison.weights.manifest import Manifest

ENGINE = ("evaluation", "runner", "statistics", "weights")
METHODS = {method.name: method for method in AVAILABLE}
ALPHA = 0.001
"""A p-value, corrected for all tests that ran, below which a method speaks."""
SPEAKING_RATIO = 10.0
"""A likelihood ratio from which, or below whose inverse, a method speaks: moderate support."""
UNCALIBRATED = Strength(caveats=(words.NO_RATIO,))


def finding(
    method: str, found: Measured, strength: Strength = UNCALIBRATED, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """One method's finding; ``holm`` is filled in once all findings are there."""
    return {
        "method": method,
        "needs": list(METHODS[method].needs),
        "value": found.value,
        "null": strength.null.as_json() if strength.null else None,
        "p": strength.p,
        "log10_p": strength.log10_p,
        "lr": strength.lr,
        "lr_bound": list(strength.bounds) if strength.bounds else None,
        "verbal": strength.verbal,
        "holm": None,
        "caveats": [*found.caveats, *strength.caveats, *notes],
    }


def correct(findings: Sequence[dict[str, Any]]) -> None:
    """Each p-value is corrected for all that ran, under ``holm``."""
    tested = [found for found in findings if found["p"] is not None]
    for found, corrected in zip(tested, holm([found["p"] for found in tested]), strict=True):
        found["holm"] = corrected


def propositions(findings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each proposition, the methods that speak for it, against it, or leave it open.

    No method tells a model made from the other from one with the same public ancestor or seed: whatever
    supports H1 supports H3' as well. No value supports independence because a test found nothing.
    """
    return [
        {
            "id": key,
            "supported_by": [found["method"] for found in findings if _speaks(found, key) > 0],
            "against": [found["method"] for found in findings if _speaks(found, key) < 0],
            "undecided": [found["method"] for found in findings if _speaks(found, key) == 0],
        }
        for key in words.PROPOSITIONS
    ]


def _speaks(found: dict[str, Any], proposition: str) -> int:
    """1 for the proposition, -1 against it, 0 where the method leaves it open."""
    identical = found["method"] == "hashes" and (found["value"] or 0) > 0
    beyond = found["holm"] is not None and found["holm"] < ALPHA
    ratio = found["lr"] if found["lr"] is not None else 1.0
    tells = METHODS[found["method"]].tells
    if identical or beyond or ratio >= SPEAKING_RATIO:
        return -1 if proposition == "H3" else int(proposition in tells)
    if ratio <= 1 / SPEAKING_RATIO and found["method"] not in ONE_SIDED:
        return 1 if proposition == "H3" else -int(proposition == "H1")
    return 0


def calibration(
    stratum: str | None, validations: dict[str, Any], fused: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What the strengths rest on: thresholds, the verbal scale, and how the ratios fared when tested."""
    return {
        "stratum": stratum,
        "alpha": ALPHA,
        "speaking_ratio": SPEAKING_RATIO,
        "verbal_scale": [{"from": least, "words": text} for least, text in ENFSI],
        "left_out": validations,
        "fused": fused,
    }


@dataclass(frozen=True, slots=True)
class Ran:
    """What was run.

    Args:
        probe_sha256: of the probe; None without one.
        models: by name, the device, dtype, determinism and libraries by which each was run.
    """

    probe_sha256: str | None
    models: dict[str, dict[str, Any]]


def provenance(
    reference: Manifest,
    suspect: Manifest,
    seed: int | None = None,
    calibrated: dict[str, Any] | None = None,
    ran: Ran | None = None,
) -> dict[str, Any]:
    """What was compared, by which code, with which libraries, on what machine."""
    models = ran.models if ran else {}
    libraries = {name: row[name] for row in models.values() for name in ("torch", "transformers")}
    return {
        "models": {"reference": _identity(reference), "suspect": _identity(suspect)},
        "probe_sha256": ran.probe_sha256 if ran else None,
        "code": {"name": "assize.comparison", "sha256": code_sha256()},
        "environment": {
            "python": platform.python_version(),
            "machine": platform.machine(),
            **{name: version(name) for name in ("numpy", "scipy", "ml_dtypes", "safetensors")},
            **libraries,
        },
        "seeds": [] if seed is None else [seed],
        "device": ", ".join(sorted({row["device"] for row in models.values()})) or "cpu",
        **(_computing(models) if models else {}),
        **({"calibration": calibrated} if calibrated else {}),
    }


def _computing(models: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """In which numbers each model was run, and what made their sums come out the same again."""
    return {
        "dtypes": {name: row["dtype"] for name, row in sorted(models.items())},
        "determinism": "; ".join(sorted({row["determinism"] for row in models.values()})),
    }


def _identity(model: Manifest) -> dict[str, Any]:
    return {
        "folder": model.folder,
        "manifest_sha256": model.sha256,
        "config_sha256": model.config_sha256,
        "parameters": model.parameters,
        "tensors": len(model.tensors),
        "files": {file.name: file.sha256 for file in model.files},
    }


def code_sha256() -> str:
    """SHA-256 over the source files of whatever a figure is computed by, by name."""
    digest = hashlib.sha256()
    root = Path(__file__).parent.parent
    for file in sorted(file for room in ENGINE for file in root.glob(f"{room}/**/*.py")):
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
