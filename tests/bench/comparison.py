"""How long comparing models takes: reading weights, ``match`` on a wide layer, a pair, a population.

Run it with ``python -m tests.bench.comparison``. What runs models needs the worker's extra.
"""

import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np

from comparison.evaluation.cosine import cosines
from comparison.statistics.match import Layer, match
from comparison.weights.arrays import Matrix
from comparison.weights.folder import Folder, open_folder
from comparison.weights.manifest import manifest_of
from tests.bench.comparison_files import put

WORKER = all(importlib.util.find_spec(name) for name in ("torch", "transformers"))
PIECE = 8 * 1024 * 1024
PROBES = 1024
ROUNDS = 3


def measure(mib: int = 512, neurons: tuple[int, ...] = (4096, 11008), members: int = 30) -> dict[str, Any]:
    """Gigabytes a second and seconds, each beside its floor.

    Args:
        mib: size of each of two models in bf16 whose weights are streamed.
        neurons: widths of the layer that ``match`` compares.
        members: models of the population.
    """
    found: dict[str, Any] = {
        "streaming": _streaming(mib),
        "match": {str(width): _match(width) for width in neurons},
    }
    if WORKER:
        from tests.bench import comparison_pairs

        found |= comparison_pairs.measure(members)
    else:
        found["left_out"] = "pair and population: PyTorch is not installed; make setup WORKER=1"
    return found


def _streaming(mib: int) -> dict[str, Any]:
    """The fastest of some rounds counts, so that files are read from memory and not from a disk."""
    with tempfile.TemporaryDirectory() as name:
        ours, theirs = (open_folder(_large(Path(name) / str(seed), mib, seed)) for seed in (1, 2))
        gigabytes = sum(file.stat().st_size for file in ours.weights) / 1e9
        plain = gigabytes / _fastest(lambda: _plain(ours))
        hashed = gigabytes / _fastest(lambda: manifest_of(ours))
        cosine = 2 * gigabytes / _fastest(lambda: cosines(ours, theirs))
    return {
        "gigabytes": round(gigabytes, 3),
        "plain_read_gb_s": round(plain, 2),
        "hashed_gb_s": round(hashed, 2),
        "cosine_gb_s": round(cosine, 2),
        "share_of_plain": {"hashed": round(hashed / plain, 2), "cosine": round(cosine / plain, 2)},
    }


def _large(folder: Path, mib: int, seed: int) -> Path:
    random, width = np.random.default_rng(seed), 2048
    each = 16 * 1024 * 1024 // (2 * width)
    return put(
        folder,
        {
            f"model.layers.{number}.mlp.up_proj.weight": random.normal(0, 0.02, (each, width)).astype(
                ml_dtypes.bfloat16
            )
            for number in range(max(1, mib // 16))
        },
    )


def _plain(model: Folder) -> None:
    into = bytearray(PIECE)
    for path in model.weights:
        with path.open("rb", buffering=0) as file:
            while file.readinto(into):
                pass


def _match(width: int) -> dict[str, Any]:
    """An independent pair and a derived one, beside the two products of matrices alone."""
    one, other = _layer(width, 1), _layer(width, 2)
    moved = Layer(
        *(side + 0.5 * noise for side, noise in zip((one.gate, one.up), _sides(width, 3), strict=True))
    )
    products = _fastest(lambda: (one.gate @ other.gate.T, one.up @ other.up.T), rounds=1)
    independent = _fastest(lambda: match(one, other), rounds=1)
    derived = _fastest(lambda: match(one, moved), rounds=1)
    return {
        "gemm_seconds": round(products, 3),
        "independent_seconds": round(independent, 3),
        "derived_seconds": round(derived, 3),
        "ratio": {"independent": round(independent / products, 1), "derived": round(derived / products, 1)},
    }


def _layer(width: int, seed: int) -> Layer:
    return Layer(*_sides(width, seed))


def _sides(width: int, seed: int) -> tuple[Matrix, Matrix]:
    random = np.random.default_rng(seed)
    gate, up = (random.standard_normal((width, PROBES), dtype=np.float32) for _ in range(2))
    return gate, up


def _fastest(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
