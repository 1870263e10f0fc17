"""Specifications that compare models of the zoo."""

from collections.abc import Iterable, Sequence

from comparison.runner.zoo.listing import Zoo, table
from comparison.runner.zoo.papers import AUTHORS
from comparison.runner.zoo.recipe import CLAIMANT, HARVESTER


def specification(
    zoo: Zoo, suspect: str, *, methods: Sequence[str] = ("all",), strata: Iterable[str] = ()
) -> str:
    """A comparison of the suspect with the claimant's model against the rest of the zoo, as TOML.

    Args:
        zoo: the models; their paths are absolute in the answer.
        suspect: its name.
        methods: names.
        strata: of the independent models; the suspect's where none is named.
    """
    accused = zoo.models[suspect]
    head = {
        "title": f"{suspect} against {CLAIMANT}", "reference": str(zoo.models[CLAIMANT].folder),
        "suspect": str(accused.folder), "methods": list(methods), "seed": 7, "stratum": accused.stratum,
    }  # fmt: skip
    members = [
        {"model": str(one.folder), "lineage": one.name, "stratum": one.stratum}
        | ({"derived_from": "reference"} if zoo.derived(one.name) else {})
        for one in zoo.population(suspect, strata)
    ]
    return "\n".join(
        [
            table("[comparison]", head),
            table("[probe]", {"tokens": str(zoo.folder / "probe-general.npy")}),
            table("[logs]", {"served": str(zoo.folder / f"served-{HARVESTER}.jsonl")}),
            table("[training]", {"order": str(zoo.folder / "order.jsonl")}),
            table("[authors]", {name: str(zoo.folder / f"author-{name}.jsonl") for name in AUTHORS}),
            *(table("[[population]]", member) for member in members),
        ]
    )
