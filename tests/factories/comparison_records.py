"""Records of comparisons, from measured values alone: no models are needed to lay out a report."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comparison.evaluation import result
from comparison.evaluation.judging import judged
from comparison.evaluation.measures import Measured
from comparison.evaluation.population import Population, Row
from comparison.evaluation.record import FORMAT, OWN_TESTS
from comparison.evaluation.spec import REFERENCE, Member

FIELDS = ("reference", "suspect")


def member(
    method: str, lineage: str, value: float | None, *, stratum: str = "same-data", derived: bool = False
) -> Row:
    """One model of a population by one method; every lineage has one model of its own name."""
    parent = Path(REFERENCE) if derived else None
    return Row(Member(Path(lineage), lineage, stratum, parent), method, value, "", "c" * 64)


def record(
    measured: Mapping[str, Measured],
    rows: Sequence[Row] = (),
    stratum: str | None = None,
    **run: Any,
) -> bytes:
    """The bytes of the record of a run that measured this; ``run`` is what else its manifest says."""
    population = Population(tuple(rows), {Path(REFERENCE): REFERENCE})
    found = judged(measured, population, stratum)
    models = {
        side: {
            "folder": f"{side}-model", "manifest_sha256": letter * 64, "config_sha256": letter * 64,
            "parameters": 1_050_000, "tensors": 39, "files": {"model.safetensors": letter * 64},
        }
        for side, letter in zip(FIELDS, "ab", strict=True)
    }  # fmt: skip
    manifest = {
        "models": models,
        "probe_sha256": None,
        "code": {"name": "assize.comparison", "sha256": "d" * 64},
        "environment": {"python": "3.11", "numpy": "2.4"},
        "seeds": [7],
        "device": "cpu",
        "calibration": result.calibration(stratum, found.validations),
        **run,
    }
    answer = {
        "findings": found.findings,
        "propositions": result.propositions(found.findings),
        "manifest": manifest,
        "files": [],
    }
    content = {
        "format": FORMAT,
        "result": answer,
        "measured": [
            {
                "method": method, "value": one.value, "log10_p": one.log10_p, "caveats": list(one.caveats),
                "map": one.detail if method in OWN_TESTS else {},
            }
            for method, one in measured.items()
        ],
        "population": population.as_json(),
    }  # fmt: skip
    return json.dumps(content).encode()


def a_population(methods: Sequence[str], *, independent: int = 8, derived: int = 5) -> list[Row]:
    """Independent lineages near 0.3 and derived ones near 0.9, a little apart from each other."""
    rows = []
    for method in methods:
        scale = 100.0 if method in OWN_TESTS else 1.0
        rows += [
            member(method, f"stranger-{n}", scale * (0.002 if method in OWN_TESTS else 0.3 + n / 100))
            for n in range(independent)
        ]
        rows += [member(method, f"child-{n}", scale * (0.8 + n / 50), derived=True) for n in range(derived)]
    return rows


def a_map(layers: int, *, apart: float = -60.0) -> dict[str, Any]:
    """A map of a test over so many layers, with a dark diagonal."""
    names = [f"layer {number}" for number in range(layers)]
    ps = [[apart if row == column else -0.3 for column in range(layers)] for row in range(layers)]
    return {"reference": names, "suspect": names, "log10_p": ps}
