"""What a reference population could support at best, stratum by stratum, before anything is run."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from comparison.models import PopulationMember, Stratum
from comparison.statistics.calibration.ratio import FEWEST, elub

FEWEST_FOR_RATIO = FEWEST + 1
"""Lineages on each side, since each of them is left out in turn."""
MEANINGS = {
    Stratum.SAME_DATA: "Independent models trained on the same data, or nearly so, and built alike. The "
    "hardest test and the best one: whatever these have in common arises without any taking.",
    Stratum.SAME_DOMAIN: "Independent models trained on other data of the same kind, such as the same "
    "languages and subjects.",
    Stratum.OTHER_DOMAIN: "Independent models trained on another kind of data. They are less alike than "
    "models of one kind, so that a likeness seems stronger than it is.",
    Stratum.OTHER_ARCHITECTURE: "Independent models built otherwise. Likeness that comes from building alike "
    "is not among theirs.",
    Stratum.SAME_SEED: "Models that began from the same public seed or ancestor as the reference. They tell "
    "a shared beginning from more than that.",
}
EMPTY = "No independent model of this stratum: no rank and no ratio can be given."
OTHER_KIND = (
    "Every independent model here was trained on another kind of data. Such a population makes ordinary "
    "likeness look rare: two unrelated models of a narrow field reached 0.877 against one, in a measured set "
    "in which a model truly trained on the other's outputs gave 0.64 to 0.70."
)
ALL_ONE_LINEAGE = "All independent models of this stratum have one origin, and count once."


@dataclass(frozen=True, slots=True)
class Support:
    """One stratum of a population.

    Args:
        stratum: which.
        models: independent models in it.
        independent: lineages of those.
        derived: lineages of derived models, of whatever stratum.
        best_p: the smallest p-value by rank, None where there is none.
        most: the greatest likelihood ratio that so many lineages support when they are told apart without
            an error; None where there are too few.
        missing: what lacks, in sentences.
    """

    stratum: Stratum
    models: int
    independent: int
    derived: int
    best_p: float | None
    most: float | None
    missing: tuple[str, ...]

    @property
    def meaning(self) -> str:
        """What the stratum is, in words."""
        return MEANINGS[self.stratum]


def by_stratum(members: Iterable[PopulationMember]) -> list[Support]:
    """Every stratum with what its models could support, in the order in which they are offered."""
    members = list(members)
    derived = len({member.lineage for member in members if member.derived_from_id})
    return [_of(stratum, members, derived) for stratum in Stratum]


def warnings(members: Iterable[PopulationMember], stratum: str) -> list[str]:
    """What must be said before a suspect of this stratum is measured against the population."""
    members = list(members)
    said = [text for one in by_stratum(members) if one.stratum == stratum for text in one.missing]
    return [*said, OTHER_KIND] if of_another_kind(members) else said


def of_another_kind(members: Iterable[PopulationMember]) -> bool:
    """Whether every independent model was trained on another kind of data, or built otherwise."""
    filled = {one.stratum for one in by_stratum(members) if one.independent}
    return bool(filled) and filled <= {Stratum.OTHER_DOMAIN, Stratum.OTHER_ARCHITECTURE}


def _of(stratum: Stratum, members: list[PopulationMember], derived: int) -> Support:
    inside = [one for one in members if one.stratum == stratum and not one.derived_from_id]
    independent = len({one.lineage for one in inside})
    enough = min(independent, derived) >= FEWEST_FOR_RATIO
    return Support(
        stratum=stratum,
        models=len(inside),
        independent=independent,
        derived=derived,
        best_p=1 / (independent + 1) if independent else None,
        most=_most(derived, independent) if enough else None,
        missing=tuple(_missing(len(inside), independent, derived)),
    )


def _missing(models: int, independent: int, derived: int) -> list[str]:
    if not independent:
        return [EMPTY]
    said = [ALL_ONE_LINEAGE] if models > 1 and independent == 1 else []
    lacking = [
        f"{FEWEST_FOR_RATIO - there} more {kind} {'lineage' if FEWEST_FOR_RATIO - there == 1 else 'lineages'}"
        for kind, there in (("independent", independent), ("derived", derived))
        if there < FEWEST_FOR_RATIO
    ]
    if lacking:
        said.append(f"A likelihood ratio needs {' and '.join(lacking)}.")
    return said


def _most(derived: int, independent: int) -> float:
    """The bound of ratios that tell all of these apart."""
    return elub(np.full(derived, 1e300), np.full(independent, 1e-300)).high
