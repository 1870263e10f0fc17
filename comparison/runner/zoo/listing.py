"""The list of a zoo's models, and which of them say something of which."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from comparison.runner.zoo.recipe import CLAIMANT, RECIPES, SAME_ORDER

FILE = "zoo.toml"


@dataclass(frozen=True, slots=True)
class ZooModel:
    """One model.

    Args:
        name: also its lineage's.
        folder: where it lies.
        kind: how it stands to the claimant's model.
        stratum: the same in the words of a reference population.
        parents: the models from whose weights it was made.
        independent: it has neither weights nor answers nor the order of training of any other.
    """

    name: str
    folder: Path
    kind: str
    stratum: str
    parents: tuple[str, ...]
    independent: bool


@dataclass(frozen=True, slots=True)
class Zoo:
    """A zoo in its folder."""

    folder: Path
    seed: int
    sha256: str
    models: dict[str, ZooModel]

    def ancestors(self, name: str) -> frozenset[str]:
        """The models from whose weights it was made, and those from which they were."""
        parents = self.models[name].parents
        return frozenset(parents).union(*(self.ancestors(parent) for parent in parents))

    def derived(self, name: str) -> bool:
        """Whether it was made from the claimant's weights."""
        return CLAIMANT in self.ancestors(name)

    def population(self, suspect: str, strata: Iterable[str] = ()) -> list[ZooModel]:
        """Models of which it is known how they stand to the claimant's, and that have nothing of the suspect.

        Args:
            suspect: left out, with whatever was made from it and whatever it was made from.
            strata: of the independent models; the suspect's where none is named.
        """
        wanted = set(strata) or {self.models[suspect].stratum}
        out = {suspect, CLAIMANT, *self.ancestors(suspect)}
        return [
            one
            for one in self.models.values()
            if one.name not in out
            and suspect not in self.ancestors(one.name)
            and (self.derived(one.name) or (one.independent and one.stratum in wanted))
        ]


def table(name: str, content: Mapping[str, object]) -> str:
    """A table of TOML; JSON's texts, numbers and lists are TOML's as well."""
    return "\n".join([name, *(f"{key} = {json.dumps(value)}" for key, value in content.items())]) + "\n"


def write_list(folder: Path, seed: int, sha256: str) -> None:
    """``zoo.toml`` stands in the folder; where it stands, the zoo is whole."""
    rows = [
        {
            "name": one.name, "folder": f"models/{one.name}", "kind": one.kind, "lineage": one.name,
            "stratum": one.stratum, "parent": list(one.parents),
            "independent": one.name != CLAIMANT and not one.needs and one.kind != SAME_ORDER,
        }
        for one in RECIPES
    ]  # fmt: skip
    tables = [table("[zoo]", {"seed": seed, "sha256": sha256}), *(table("[[model]]", row) for row in rows)]
    (folder / FILE).write_text("\n".join(tables), encoding="utf-8")


def read_zoo(folder: Path) -> Zoo:
    """The zoo in a folder."""
    content = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    models = {
        row["name"]: ZooModel(
            row["name"],
            folder / row["folder"],
            row["kind"],
            row["stratum"],
            tuple(row["parent"]),
            row["independent"],
        )
        for row in content["model"]
    }
    return Zoo(folder, content["zoo"]["seed"], content["zoo"]["sha256"], models)
