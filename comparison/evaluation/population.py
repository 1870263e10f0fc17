"""The reference population, measured by the methods that ran; what is known already is not computed again."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comparison.evaluation.measures import Measured, Model, Pair, measure
from comparison.evaluation.progress import Steps
from comparison.evaluation.spec import REFERENCE, Member, Spec
from comparison.statistics.calibration.population import Pair as Known


@dataclass(frozen=True, slots=True)
class Row:
    """One model of the population by one method; ``value`` is None where there is none, for the reason."""

    member: Member
    method: str
    value: float | None
    reason: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Population:
    """Every row, and the pairs of known relation that they make."""

    rows: tuple[Row, ...] = ()
    lineages: dict[Path, str] = field(default_factory=dict)

    def pairs(self, method: str) -> list[Known]:
        """The pairs for which the method gave a value; the claimant's lineage is called ``reference``."""
        return [
            Known(
                row.value,
                frozenset({row.member.lineage, self._parent(row.member)}),
                row.member.stratum,
                row.member.derived_from is not None,
            )
            for row in self.rows
            if row.method == method and row.value is not None
        ]

    def silent(self, method: str) -> int:
        """How many models gave no value."""
        return sum(row.method == method and row.value is None for row in self.rows)

    def as_json(self) -> list[dict[str, Any]]:
        """The rows as plain JSON values."""
        return [
            {
                "model": row.member.model.name,
                "content_sha256": row.sha256,
                "lineage": row.member.lineage,
                "stratum": row.member.stratum,
                "derived_from": None if row.member.derived_from is None else self._parent(row.member),
                "method": row.method,
                "value": row.value,
                "reason": row.reason,
            }
            for row in self.rows
        ]

    def _parent(self, member: Member) -> str:
        parent = member.derived_from
        return REFERENCE if parent is None else self.lineages.get(parent, parent.name)


def measured(spec: Spec, models: Callable[[Path], Model], kept: "Kept", steps: Steps) -> Population:
    """Each model of the population stands against the reference, or against the model it was made from."""
    lineages = {member.model: member.lineage for member in spec.population} | {spec.reference: REFERENCE}
    rows: list[Row] = []
    for member in spec.population:
        model = models(member.model)
        pair = Pair(models(member.derived_from or spec.reference), model, spec.seed)
        for method in spec.methods:
            steps.begin(f"{method.name}, {member.model.name}")
            found = kept.of(method.name, pair)
            steps.finish()
            reason = "" if found.value is not None else " ".join(found.caveats)
            rows.append(Row(member, method.name, found.value, reason, model.content_sha256))
    return Population(tuple(rows), lineages)


@dataclass(frozen=True, slots=True)
class Kept:
    """Values of earlier runs in a folder, by both models' content, the method, the seed and the code."""

    folder: Path | None
    code: str
    run: Callable[[str, Pair], Measured] = measure

    def of(self, method: str, pair: Pair) -> Measured:
        """The method's value for the pair, from the folder where it is there."""
        key = self._key(
            [method, pair.seed, *(model.content_sha256 for model in (pair.reference, pair.suspect))]
        )
        file = self.folder / key[:2] / f"{key}.json" if self.folder else None
        if file and (found := _read(file, key)):
            return found
        fresh = self.run(method, pair)
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_text(
                json.dumps(
                    {"key": key, "value": fresh.value, "log10_p": fresh.log10_p, "caveats": fresh.caveats}
                )
            )
            part.replace(file)
        return fresh

    def _key(self, facts: Sequence[object]) -> str:
        return hashlib.sha256(json.dumps([self.code, *facts]).encode()).hexdigest()


def _read(file: Path, key: str) -> Measured | None:
    """The value in a file; None where it is absent, damaged or another's."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if content["key"] != key:
            return None
        return Measured(content["value"], content["log10_p"], tuple(content["caveats"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
