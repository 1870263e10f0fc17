"""One proposition at a time: which methods bear on it, and how it stands to its rivals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comparison.evaluation import words
from comparison.evaluation.methods import AVAILABLE
from comparison.findings.rows import title

TELLS = {method.name: method.tells for method in AVAILABLE}
PAIRS = (("H1", "H3"), ("H2", "H3"), ("H1", "H3'"))
SEED = "same-seed"


@dataclass(frozen=True, slots=True)
class Bearing:
    """A method that bears on the proposition: what it found, and for which side that speaks."""

    method: str
    title: str
    found: str
    speaks: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two propositions against each other: the ratios for the first, or why they are not told apart."""

    first: str
    second: str
    ratios: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class View:
    """What bears on one proposition."""

    id: str
    text: str
    rival: str
    bearing: tuple[Bearing, ...]
    pairings: tuple[Pairing, ...]
    silent: tuple[str, ...]


def view(proposition: str, result: Mapping[str, Any]) -> View | None:
    """The proposition as the comparison leaves it; None where there is none of this name."""
    row = next((one for one in result["propositions"] if one["id"] == proposition), None)
    if row is None:
        return None
    findings = result["findings"]
    bears = [found for found in findings if proposition == "H3" or proposition in TELLS[found["method"]]]
    names = [found["method"] for found in bears]
    stratum = result["manifest"].get("calibration", {}).get("stratum")
    return View(
        id=proposition,
        text=words.PROPOSITIONS[proposition],
        rival=words.RIVALS[proposition],
        bearing=tuple(
            Bearing(
                found["method"], title(found["method"]), words.outcome(found), _speaks(found["method"], row)
            )
            for found in bears
        ),
        pairings=tuple(
            _pairing(first, second, findings, stratum)
            for first, second in PAIRS
            if proposition in (first, second)
        ),
        silent=tuple(found["method"] for found in findings if found["method"] not in names),
    )


def _speaks(method: str, row: Mapping[str, Any]) -> str:
    return words.STANDINGS[(method in row["supported_by"]) - (method in row["against"])]


def _pairing(first: str, second: str, findings: Sequence[Mapping[str, Any]], stratum: str | None) -> Pairing:
    """Ratios are of models made from the weights against those of the suspect's stratum."""
    weighed = ("H1", "H3'" if stratum == SEED else "H3")
    ratios = tuple(
        (found["method"], words.weighed(found))
        for found in findings
        if (first, second) == weighed and found["lr"] is not None and first in TELLS[found["method"]]
    )
    reason = "" if ratios else words.NOT_TOLD_APART[f"{first} v {second}"]
    return Pairing(first, second, ratios, reason)
