"""The rival explanation "common data and architecture", tested: what independent models gave, by stratum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comparison.findings import population as known
from comparison.findings.rows import number, title


@dataclass(frozen=True, slots=True)
class Range:
    """Independent lineages of one stratum: their values, and how the suspect stands to them."""

    stratum: str
    lineages: int
    low: str
    high: str
    stands: str


@dataclass(frozen=True, slots=True)
class Tested:
    """One method's value for the suspect beside those of independent models, stratum by stratum."""

    method: str
    title: str
    value: str
    ranges: tuple[Range, ...]


def tested(findings: Sequence[Mapping[str, Any]], rows: known.Rows, stratum: str | None) -> list[Tested]:
    """Every method with a value and with independent models to set beside it, the suspect's stratum first."""
    made = []
    for found in findings:
        strata = known.independent(rows, found["method"])
        if found["value"] is not None and strata:
            in_order = sorted(strata.items(), key=lambda row: (row[0] != stratum, row[0]))
            ranges = tuple(_range(name, list(values.values()), found["value"]) for name, values in in_order)
            made.append(Tested(found["method"], title(found["method"]), number(found["value"]), ranges))
    return made


def _range(stratum: str, values: list[float], value: float) -> Range:
    below = sum(one < value for one in values)
    stands = (
        f"above all {len(values)}"
        if below == len(values)
        else f"above {below} of {len(values)}"
        if below
        else f"not above any of {len(values)}"
    )
    return Range(stratum, len(values), number(min(values)), number(max(values)), stands)
