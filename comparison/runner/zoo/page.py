"""The page that says how the methods fared on the zoo."""

from collections.abc import Iterable, Sequence
from math import log10
from typing import Any

from comparison.evaluation.methods import AVAILABLE
from comparison.evaluation.result import ALPHA, SPEAKING_RATIO, code_sha256
from comparison.runner.zoo.validation import RIGHT, SILENT, WRONG, Row
from core.clock import today

HEAD = """# Validation

What each method said of models whose relation to the claimant's is known. Made by
`python -m comparison.runner.zoo.validation --seeds {seeds}` from zoos as `make zoo` trains them, {models}
small models of each seed, measured on {date} by the code with SHA-256
`{code}`.

- Every suspect is compared with the claimant's model against the rest of the zoo: independent models of the
  suspect's stratum, and models made from the claimant's, without the suspect and whatever it has in common
  weights with.
- *right*: the method speaks of a relation that there is, or is silent where there is none. *silent*: it does
  not speak of a relation that there is. *wrong*: it speaks of one that is not. A method speaks from a p-value
  below {alpha} after Holm's correction or a likelihood ratio of {ratio:.0f}.
- A model trained in the claimant's own order, from another start, counts as unrelated: a published order of
  training is nobody's. `palimpsest` finds that order all the same, as its caveat says.
- Values of small models do not carry over to large ones; who comes before whom does.

## Right, silent and wrong

{summary}
"""


def page(rows: Sequence[Row]) -> str:
    """The page in Markdown: how often each method was right, silent and wrong, and then every value."""
    methods = [method for method in AVAILABLE if any(row.finding["method"] == method.name for row in rows)]
    by_method = {
        method.name: [row for row in rows if row.finding["method"] == method.name] for method in methods
    }
    parts = [
        HEAD.format(
            models=len({row.suspect for row in rows}) + 1,
            seeds=" ".join(str(seed) for seed in sorted({row.seed for row in rows})),
            date=f"{today():%-d %B %Y}", code=code_sha256(), alpha=ALPHA, ratio=SPEAKING_RATIO,
            summary=_table(
                ("Method", "Right", "Silent", "Wrong", "Wrong of"),
                [_counted(name, found) for name, found in by_method.items()],
            ),
        )
    ]  # fmt: skip
    for method in methods:
        lines = [_kind(kind, found) for kind, found in _by_kind(by_method[method.name]).items()]
        columns = ("Suspect", "Models", "Value", "log10 p", "Ratio", "Bounds", "Outcome")
        parts.append(f"## `{method.name}`: {method.title}\n\n{_table(columns, lines)}\n")
    return "\n".join(parts)


def _counted(name: str, rows: Sequence[Row]) -> tuple[str, ...]:
    counts = [sum(row.outcome == outcome for row in rows) for outcome in (RIGHT, SILENT, WRONG)]
    accused = sorted({row.kind for row in rows if row.outcome == WRONG})
    return f"`{name}`", *(str(count) for count in counts), ", ".join(accused)


def _by_kind(rows: Iterable[Row]) -> dict[str, list[Row]]:
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    return kinds


def _kind(kind: str, rows: Sequence[Row]) -> tuple[str, ...]:
    found = [row.finding for row in rows]
    outcomes = [f"{count} {outcome}" if len(rows) > 1 else outcome
                for outcome in (RIGHT, SILENT, WRONG)
                if (count := sum(row.outcome == outcome for row in rows))]  # fmt: skip
    return (
        kind,
        str(len(rows)),
        _span([one["value"] for one in found]),
        _span([_log10_p(one) for one in found]),
        _span([one["lr"] for one in found]),
        _span([end for one in found for end in one["lr_bound"] or ()]),
        ", ".join(outcomes),
    )


def _log10_p(finding: dict[str, Any]) -> float | None:
    if finding["log10_p"] is not None:
        return float(finding["log10_p"])
    return None if finding["p"] is None else log10(finding["p"])


def _span(values: Iterable[float | None]) -> str:
    """The least and the greatest; a dash where there is none."""
    there = [value for value in values if value is not None]
    if not there:
        return "–"
    least, greatest = (f"{end(there):.3g}" for end in (min, max))
    return least if least == greatest else f"{least} to {greatest}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
