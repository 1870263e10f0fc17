"""Every method held to what is known of the zoo: ``python -m comparison.runner.zoo.validation``.

Prints the page of the documentation that says how each method fared.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from comparison.evaluation import compare
from comparison.runner.zoo.keeping import kept_under, zoo
from comparison.runner.zoo.listing import Zoo
from comparison.runner.zoo.recipe import CLAIMANT, SAME_ORDER
from comparison.runner.zoo.specification import specification

RIGHT, SILENT, WRONG = "right", "silent", "wrong"
WEIGHTS = (
    "hashes", "csu", "match", "embedding-gram", "awm", "huref", "output-subspace", "raw-norm",
    "raw-deviation", "raw-weights",
)  # fmt: skip
"""Methods that need no model to be run."""
UNRELATED = ("made from another", "distilled from another's text", SAME_ORDER)
"""Kinds that have something of another model's, or the order alone, and nothing of the claimant's model."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one method said of one suspect.

    Args:
        seed: of the zoo.
        suspect: its name.
        kind: how it stands to the claimant's model.
        finding: as ``compare`` gave it.
        outcome: right where the method speaks of a relation that there is, or is silent where there is none;
            silent where it does not speak of one that there is; wrong where it speaks of one that is not.
    """

    seed: int
    suspect: str
    kind: str
    finding: dict[str, Any]
    outcome: str


def validated(
    zoo: Zoo, kept: Path, suspects: Iterable[str] | None = None, methods: Sequence[str] = WEIGHTS
) -> list[Row]:
    """Each suspect compared with the claimant's model by each method, against the rest of the zoo.

    Args:
        zoo: the models.
        kept: folder of values from earlier runs.
        suspects: their names; every model but the claimant's where none is given.
        methods: names; those that read weights alone where none is given, for the others run every model.
    """
    rows = []
    names = [name for name in zoo.models if name != CLAIMANT] if suspects is None else suspects
    for name in names:
        with TemporaryDirectory(prefix="assize-validation-") as folder:
            spec = Path(folder) / "comparison.toml"
            spec.write_text(specification(zoo, name, methods=methods), encoding="utf-8")
            answer = compare(spec, Path(folder) / "answer", kept)
        speaking = next(one["against"] for one in answer["propositions"] if one["id"] == "H3")
        for finding in answer["findings"]:
            outcome = _outcome(related(zoo, name), finding["method"] in speaking)
            rows.append(Row(zoo.seed, name, zoo.models[name].kind, finding, outcome))
    return rows


def related(zoo: Zoo, name: str) -> bool:
    """Whether the model has the claimant's weights, answers, or start."""
    model = zoo.models[name]
    return model.stratum == "same-seed" or not (model.independent or model.kind in UNRELATED)


def _outcome(related: bool, speaks: bool) -> str:
    if related == speaks:
        return RIGHT
    return WRONG if speaks else SILENT


def main(arguments: list[str]) -> None:
    """The page stands on standard output."""
    from comparison.runner.zoo.page import page

    parser = argparse.ArgumentParser(prog="python -m comparison.runner.zoo.validation", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="of the zoos; 0 if none is given")
    parser.add_argument(
        "--methods", nargs="+", default=WEIGHTS, help='"all", or names; those that read weights alone if none'
    )
    chosen = parser.parse_args(arguments)
    rows: list[Row] = []
    for seed in chosen.seeds:
        rows += validated(zoo(seed), kept_under() / "values", methods=chosen.methods)
    sys.stdout.write(page(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
