"""The answer of a comparison, in the one shape that pages, API and command share."""

import hashlib
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from comparison.weights import words
from comparison.weights.cosine import TensorCosine, mean_over_matrices
from comparison.weights.hashes import HashComparison, State
from comparison.weights.manifest import Manifest
from comparison.weights.methods import AVAILABLE

NEEDS = {method.name: list(method.needs) for method in AVAILABLE}


def hashes_finding(found: HashComparison, notes: Sequence[str] = ()) -> dict[str, Any]:
    """The finding of ``hashes``: the share of the suspect's trained parameters that is identical."""
    return _finding("hashes", found.share, [*found.caveats(), *notes])


def cosine_finding(rows: list[TensorCosine], notes: Sequence[str] = ()) -> dict[str, Any]:
    """The finding of ``raw-weights``: the mean cosine over matrices, weighed by their elements."""
    value = mean_over_matrices(rows)
    caveats = [
        *([words.COSINE_NO_PAIRS] if value is None else []),
        words.COSINE_LOST, words.COSINE_MEASURED, words.COSINE_SEED, words.COSINE_NORMS,
        words.SAME_NAME_ONLY, words.NO_RATIO,
    ]  # fmt: skip
    return _finding("raw-weights", value, [*caveats, *notes])


def _finding(method: str, value: float | None, caveats: list[str]) -> dict[str, Any]:
    nothing = dict.fromkeys(("null", "p", "log10_p", "lr", "lr_bound", "verbal", "holm"))
    return {"method": method, "needs": NEEDS[method], "value": value, **nothing, "caveats": caveats}


def propositions(found: HashComparison | None, methods: Sequence[str]) -> list[dict[str, Any]]:
    """For each proposition, the methods that speak for it, against it, or leave it open.

    Only identical trained tensors speak at all: against independent training, and equally for the other
    two explanations. The cosine leaves everything open, because nothing calibrates it here.
    """
    speaks = found is not None and found.count(State.IDENTICAL, State.MOVED, trained=True) > 0
    support = {"H1": ["hashes"], "H3'": ["hashes"]} if speaks else {}
    against = {"H3": ["hashes"]} if speaks else {}
    return [
        {
            "id": key,
            "supported_by": support.get(key, []),
            "against": against.get(key, []),
            "undecided": [
                name for name in methods if name not in (*support.get(key, []), *against.get(key, []))
            ],
        }
        for key in words.PROPOSITIONS
    ]


def provenance(reference: Manifest, suspect: Manifest, seed: int | None = None) -> dict[str, Any]:
    """What was compared, by which code, with which libraries, on what machine."""
    return {
        "models": {"reference": _identity(reference), "suspect": _identity(suspect)},
        "probe_sha256": None,
        "code": {"name": "assize.comparison.weights", "sha256": code_sha256()},
        "environment": {
            "python": platform.python_version(),
            "machine": platform.machine(),
            **{name: version(name) for name in ("numpy", "ml_dtypes", "safetensors")},
        },
        "seeds": [] if seed is None else [seed],
        "device": "cpu",
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
    """SHA-256 over this engine's own source files, by name."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
