"""The reference population, measured by the methods that ran; what is known already is not computed again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comparison.evaluation.bench import Bench
from comparison.evaluation.measures import FROM_OBSERVATIONS, Measured, Pair, measure
from comparison.evaluation.spec import REFERENCE, Member, Spec
from comparison.evaluation.storing import Store
from comparison.statistics.calibration.population import Pair as Known


@dataclass(frozen=True, slots=True)
class Row:
    """One model of the population by one method; ``value`` is None where there is none, for the reason.

    The reason speaks of the pair that was measured: the suspect in it is this model.
    """

    member: Member
    method: str
    value: float | None
    reason: str
    sha256: str

    @property
    def identity(self) -> tuple[str, str]:
        """The model's name, which another may have as well, and the hash of its content."""
        return self.member.model.name, self.sha256


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
                self.sides(row.member),
                row.member.stratum,
                row.member.derived_from is not None,
            )
            for row in self.rows
            if row.method == method and row.value is not None
        ]

    def sides(self, member: Member) -> frozenset[str]:
        """The lineages of a model and of the one against which it stands."""
        return frozenset({member.lineage, self._parent(member)})

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


def measured(spec: Spec, bench: Bench, kept: "Kept") -> Population:
    """Each model of the population stands against the reference, or against the model it was made from."""
    lineages = {member.model: member.lineage for member in spec.population} | {spec.reference: REFERENCE}
    rows: list[Row] = []
    for member in spec.population:
        model = bench.models[member.model]
        parent = spec.reference if member.derived_from is None else member.derived_from
        pair = Pair(bench.models[parent], model, spec.seed, bench, kept.store)
        for method in spec.methods:
            bench.steps.begin(f"{method.name}, {member.model.name}")
            found = kept.of(method.name, pair)
            bench.steps.finish()
            reason = "" if found.value is not None else " ".join(found.caveats)
            rows.append(Row(member, method.name, found.value, reason, model.content_sha256))
    return Population(tuple(rows), lineages)


@dataclass(frozen=True, slots=True)
class Kept:
    """Values of earlier runs in a folder, by both models' content, the method, the seed, code and libraries.

    What rests on observations is worked out anew each time: it costs little, and depends on the population.
    """

    folder: Path | None
    code: str
    run: Callable[[str, Pair], Measured] = measure

    @property
    def store(self) -> Store:
        """Where they lie."""
        return Store(self.folder, self.code)

    def of(self, method: str, pair: Pair, *, whole: bool = False) -> Measured:
        """The method's value for the pair, from the folder where it is there; ``whole`` with its details."""
        if method in FROM_OBSERVATIONS:
            return self.run(method, pair)

        def compute() -> dict[str, Any]:
            fresh = self.run(method, pair)
            found = {"value": fresh.value, "log10_p": fresh.log10_p, "caveats": fresh.caveats}
            return {**found, "detail": fresh.detail if whole else {}}

        # A refusal costs nothing to make again, names folders of this comparison, and may pass.
        row = self.store.value([method, *pair.facts, whole], compute, lambda row: row["value"] is not None)
        return Measured(row["value"], row["log10_p"], tuple(row["caveats"]), row["detail"])
