"""How long a pair of the zoo takes from start to report, and a population of so many models."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from comparison.evaluation import compare
from comparison.runner.zoo.keeping import zoo
from comparison.runner.zoo.listing import Zoo
from comparison.runner.zoo.rearranging import permuted
from comparison.runner.zoo.recipe import Shape
from comparison.runner.zoo.specification import specification
from tests.bench.comparison_files import put
from tests.bench.site import PROJECT

SUSPECT = "fine-tuned-1"
ALONE = (
    "import sys; from pathlib import Path; from comparison.evaluation import compare; "
    "compare(Path(sys.argv[1]), Path(sys.argv[2]))"
)
"""The program of a pair: from the start of Python to the report."""


def measure(members: int) -> dict[str, Any]:
    """Seconds for a pair, for a population of so many models, for one more, and for all of it once more."""
    there = zoo()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        population = [_member(there, folder, number) for number in range(members + 1)]
        begun = time.perf_counter()
        spec = _spec(there, folder, [])
        subprocess.run(
            [sys.executable, "-c", ALONE, str(spec), str(folder / "pair")], cwd=PROJECT, check=True,
            capture_output=True,
        )  # fmt: skip
        pair = time.perf_counter() - begun
        all_of_them = _seconds(there, folder, population[:members], "all")
        one_more = _seconds(there, folder, population, "one more")
        again = _seconds(there, folder, population, "again")
        files = sorted(file.name for file in (folder / "pair").iterdir())
    return {
        "pair": {"seconds": round(pair, 2), "files": files},
        "population": {
            "models": members,
            "seconds": round(all_of_them, 2),
            "with_one_more_seconds": round(one_more, 2),
            "again_seconds": round(again, 2),
            "one_more_alone_seconds": round(one_more - again, 2),
            "each_of_the_first_seconds": round((all_of_them - again) / members, 2),
        },
    }


def _member(zoo: Zoo, folder: Path, number: int) -> str:
    """A model of the zoo with its neurons in another order, so that nothing of it is known yet."""
    names = [one.name for one in zoo.models.values() if one.kind == "independent"]
    source = zoo.models[names[number % len(names)]].folder
    tensors = load_file(source / "model.safetensors")
    changed = permuted(tensors, Shape(), np.random.default_rng(number))
    place = put(
        folder / f"member-{number}",
        {name: np.ascontiguousarray(values) for name, values in changed.items()},
        config=json.loads((source / "config.json").read_text()),
        tokenizer=(source / "tokenizer.json").read_text(),
    )
    return f'[[population]]\nmodel = "{place}"\nlineage = "{place.name}"\nstratum = "same-data"\n'


def _spec(zoo: Zoo, folder: Path, population: list[str]) -> Path:
    file = folder / f"{len(population)}.toml"
    alone = specification(zoo, SUSPECT).partition("[[population]]")[0]
    file.write_text(alone + "\n".join(population), encoding="utf-8")
    return file


def _seconds(zoo: Zoo, folder: Path, population: list[str], out: str) -> float:
    spec = _spec(zoo, folder, population)
    begun = time.perf_counter()
    compare(spec, folder / out, folder / "kept")
    return time.perf_counter() - begun
