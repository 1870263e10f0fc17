"""Controls: how each method judged models whose relation was known beforehand, right or wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comparison.evaluation import words
from comparison.findings import population as known
from comparison.findings.rows import of_own_test, title


@dataclass(frozen=True, slots=True)
class Side:
    """Models of one kind: how many of them were judged rightly, and which were not."""

    right: int
    total: int
    wrong: tuple[str, ...] = ()

    @property
    def all_right(self) -> bool:
        """Whether none was judged wrongly."""
        return self.right == self.total


@dataclass(frozen=True, slots=True)
class Control:
    """One method over the models of known relation.

    Args:
        method: its name.
        title: in words.
        rule: what counts as right, in a sentence.
        derived: the models known to be derived; None where there are none.
        independent: those known to be independent; None where nothing can be judged of them.
    """

    method: str
    title: str
    rule: str
    derived: Side | None
    independent: Side | None

    @property
    def all_right(self) -> bool:
        """Whether it judged every one of them rightly."""
        return all(side is None or side.all_right for side in (self.derived, self.independent))


def controls(
    findings: Sequence[Mapping[str, Any]], rows: known.Rows, calibration: Mapping[str, Any]
) -> list[Control]:
    """Every method that models of known relation gave values for, in the order in which they ran.

    Args:
        findings: of the comparison.
        rows: its population's values.
        calibration: thresholds, and how the ratios fared when tested.
    """
    made = (_control(found, rows, calibration) for found in findings)
    return [control for control in made if control is not None]


def _control(found: Mapping[str, Any], rows: known.Rows, calibration: Mapping[str, Any]) -> Control | None:
    method, stratum = found["method"], calibration.get("stratum")
    derived = known.derived(rows, method)
    independent = known.independent(rows, method).get(stratum or "", {})
    if not derived and not independent:
        return None
    tested = (calibration.get("left_out") or {}).get(method)
    if tested:
        rule, sides = words.CONTROL_RULES["ratio"], _by_ratio(tested)
    elif of_own_test(found):
        alpha = calibration["alpha"]
        rule, sides = words.CONTROL_RULES["p"].format(alpha=alpha), _by_p(derived, independent, alpha)
    else:
        rule, sides = words.CONTROL_RULES["rank"], _by_rank(derived, independent)
    return Control(method, title(method), rule, *sides)


def _by_ratio(tested: Mapping[str, Any]) -> tuple[Side | None, Side | None]:
    derived, independent = tested["derived_ratios"], tested["independent_ratios"]
    return (
        Side(sum(ratio > 1 for ratio in derived), len(derived)),
        Side(sum(ratio <= 1 for ratio in independent), len(independent)),
    )


def _by_p(
    derived: Mapping[str, float], independent: Mapping[str, float], alpha: float
) -> tuple[Side | None, Side | None]:
    missed = tuple(name for name, value in derived.items() if 10.0**-value >= alpha)
    accused = tuple(name for name, value in independent.items() if 10.0**-value < alpha)
    return _side(derived, missed), _side(independent, accused)


def _by_rank(
    derived: Mapping[str, float], independent: Mapping[str, float]
) -> tuple[Side | None, Side | None]:
    if not independent:
        return None, None
    most = max(independent.values())
    return _side(derived, tuple(name for name, value in derived.items() if value <= most)), None


def _side(values: Mapping[str, float], wrong: tuple[str, ...]) -> Side | None:
    return Side(len(values) - len(wrong), len(values), wrong) if values else None
