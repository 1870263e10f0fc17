"""What a report is made from: a comparison's record, its figures worked out again."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from comparison.evaluation import result
from comparison.evaluation.methods import AVAILABLE, Method
from comparison.evaluation.record import Record, as_json, read_record
from comparison.evaluation.spec import REFERENCE
from comparison.report.matter import Held, Matter

LONGEST = 120
"""Characters of a text of the record that are printed."""


@dataclass(frozen=True, slots=True)
class Controls:
    """What a method gave for models of known relation to the reference: one value for each lineage.

    Args:
        independent: values of the null.
        derived: the mean of each derived lineage.
    """

    independent: Sequence[float]
    derived: Sequence[float]

    @property
    def above(self) -> int:
        """How many derived lineages gave more than every independent one."""
        return sum(value > max(self.independent) for value in self.derived) if self.independent else 0


@dataclass(frozen=True, slots=True)
class Source:
    """A record, checked, and what follows from it.

    Args:
        sha256: of the file.
        record: what it says, checked in its form.
        findings: worked out from what was measured.
        nulls: by method, the values of independent lineages.
        calibration: thresholds, verbal scale, and how each method's ratios fared when tested.
        propositions: with the methods for and against each.
        manifest: what the file says of the run; its texts are the file's own.
        matter: what the matter adds, where there is one.
    """

    sha256: str
    record: Record
    findings: Sequence[Mapping[str, Any]]
    nulls: Mapping[str, Sequence[float]]
    calibration: Mapping[str, Any]
    propositions: Sequence[Mapping[str, Any]]
    manifest: Mapping[str, Any]
    matter: Matter | None

    @property
    def valued(self) -> list[Mapping[str, Any]]:
        """Findings with a value."""
        return [found for found in self.findings if found["value"] is not None]

    @property
    def silent(self) -> list[Mapping[str, Any]]:
        """Findings without."""
        return [found for found in self.findings if found["value"] is None]

    @property
    def spoke(self) -> list[str]:
        """Methods that reached the threshold."""
        open_everywhere = set.intersection(*(set(row["undecided"]) for row in self.propositions))
        return [found["method"] for found in self.findings if found["method"] not in open_everywhere]

    def controls(self, method: str) -> Controls:
        """The method's values for models of known relation."""
        by_lineage: dict[frozenset[str], list[float]] = {}
        for pair in self.record.population.pairs(method):
            if pair.derived:
                by_lineage.setdefault(pair.lineages, []).append(pair.value)
        derived = sorted(sum(values) / len(values) for values in by_lineage.values())
        return Controls(sorted(self.nulls.get(method, ())), derived)

    def greatest(self, method: str, stratum: str) -> float | None:
        """The greatest value among independent models of the stratum; None where there is none."""
        values = [
            pair.value
            for pair in self.record.population.pairs(method)
            if not pair.derived and pair.stratum == stratum and REFERENCE in pair.lineages
        ]
        return max(values, default=None)

    def lineages(self, stratum: str | None = None, *, derived: bool = False) -> set[str]:
        """Lineages of the population, independent or derived, of one stratum or of all."""
        return {
            row.member.lineage
            for row in self.record.population.rows
            if (row.member.derived_from is not None) is derived and stratum in (None, row.member.stratum)
        }

    def identity(self, side: str) -> Mapping[str, Any]:
        """What the record says of the reference or the suspect."""
        found: Mapping[str, Any] = self.manifest["models"][side]
        return found

    def held(self, side: str) -> Held:
        """The model as the matter knows it, or by its folder's name where there is no matter."""
        if self.matter is not None:
            return self.matter.reference if side == "reference" else self.matter.suspect
        return Held(label=plain(self.identity(side).get("folder")) or f"the {side}")


METHODS: Mapping[str, Method] = {method.name: method for method in AVAILABLE}


def read_source(content: bytes, matter: Matter | None) -> Source:
    """The record in the file's bytes, its findings worked out again.

    Raises:
        RecordInvalid: it is no such file, or states figures that do not follow from what was measured.
    """
    whole = as_json(content)
    record = read_record(whole)
    judged = record.findings()
    return Source(
        sha256=hashlib.sha256(content).hexdigest(),
        record=record,
        findings=judged.findings,
        nulls=judged.nulls,
        calibration=result.calibration(record.stratum, judged.validations, judged.fused),
        propositions=result.propositions(judged.findings),
        manifest=cast(dict[str, Any], whole)["result"]["manifest"],
        matter=matter,
    )


def plain(value: object) -> str:
    """A text or number of the record in one line of bounded length; empty where it is neither."""
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        value = ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())[:LONGEST] if isinstance(value, str | int | float) else ""
