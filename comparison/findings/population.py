"""The values that models of known relation gave, by method, as a comparison keeps them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]


def derived(population: Rows, method: str) -> dict[str, float]:
    """The mean of each derived lineage, by its name."""
    values: dict[str, list[float]] = defaultdict(list)
    for row in population:
        if row["method"] == method and row["value"] is not None and row["derived_from"] is not None:
            values[row["lineage"]].append(row["value"])
    return {lineage: sum(found) / len(found) for lineage, found in values.items()}


def independent(population: Rows, method: str) -> dict[str, dict[str, float]]:
    """The greatest value of each independent lineage against the reference, by stratum and lineage."""
    greatest: dict[str, dict[str, float]] = defaultdict(dict)
    for row in population:
        if row["method"] == method and row["value"] is not None and row["derived_from"] is None:
            lineages = greatest[row["stratum"]]
            lineages[row["lineage"]] = max(row["value"], lineages.get(row["lineage"], row["value"]))
    return dict(greatest)
