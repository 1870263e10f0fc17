"""Each finding as its row: figures in words, its value drawn on its null, and where each comes from."""

from collections.abc import Mapping, Sequence
from typing import Any

from comparison.drawing.histogram import Histogram, histogram
from comparison.drawing.tippett import tippett
from comparison.evaluation import words
from comparison.evaluation.methods import AVAILABLE
from comparison.findings import population as known

TITLES = {method.name: method.title for method in AVAILABLE}
OWN_TESTS = (words.OWN_TEST, words.LOGGED_TEST, words.ORDER_TEST)
"""What is said of a p-value that comes from a test of its own."""
TOGETHER = "several together"
NEEDS = {method.name: method.needs for method in AVAILABLE}


def title(method: str) -> str:
    """The method in words."""
    return TITLES[method]


def number(value: float) -> str:
    """A value with four digits; more where it would otherwise be rounded up to 1."""
    return f"{value:.4g}" if not 0.9995 <= abs(value) < 1 else f"{value:.7g}"


def of_own_test(found: Mapping[str, Any]) -> str:
    """What is said of the p-value where it comes from a test of its own; empty where it does not."""
    return next((said for said in OWN_TESTS if said in found["caveats"]), "")


def finding_rows(result: Mapping[str, Any], detail: Mapping[str, Any], source: str) -> list[dict[str, Any]]:
    """Every finding, also those that found nothing, in the order in which they ran.

    Args:
        result: of the comparison.
        detail: its nulls and population.
        source: what the figures were worked out from.
    """
    nulls, rows = detail.get("nulls", {}), detail.get("population", [])
    spoke = _spoke(result["propositions"])
    return [
        {
            "method": found["method"],
            "title": title(found["method"]),
            "value": None if found["value"] is None else number(found["value"]),
            "drawing": _drawing(found, nulls.get(found["method"]), known.derived(rows, found["method"])),
            "null": found["null"] and words.AGAINST_NULL.format(**found["null"]),
            "p": None if found["p"] is None else words.small(found["p"]),
            "holm": None if found["holm"] is None else words.small(found["holm"]),
            "lr": None if found["lr"] is None else f"{found['lr']:.3g}",
            "bounds": found["lr_bound"] and "{:.3g} to {:.3g}".format(*found["lr_bound"]),
            "verbal": found["verbal"],
            "spoke": found["method"] in spoke,
            "why": _why(found, source),
        }
        for found in result["findings"]
    ]


def caveat_rows(findings: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[str]]]:
    """Every caveat once, with the methods whose values must be read with it."""
    said: dict[str, list[str]] = {}
    for found in findings:
        for caveat in found["caveats"]:
            said.setdefault(caveat, []).append(found["method"])
    return list(said.items())


def tippett_rows(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each method whose ratios were tested by leaving lineages out: its plot, its cost, and the ratios."""
    left_out = result["manifest"].get("calibration", {}).get("left_out") or {}
    made = []
    for found in result["findings"]:
        tested = left_out.get(found["method"])
        if tested and found["lr_bound"]:
            made.append(_tested(found["method"], tested, found["lr_bound"]))
    if fused := _fused(result):
        made.append(_tested(TOGETHER, fused, fused["lr_bound"]))
    return made


def together(result: Mapping[str, Any]) -> str:
    """The one ratio of several methods in words; empty where the population supports none."""
    fused = _fused(result)
    if fused is None:
        return ""
    low, high = fused["lr_bound"]
    return words.FUSED.format(
        methods=", ".join(fused["methods"]), lr=fused["lr"], low=low, high=high, verbal=fused["verbal"]
    )


def _fused(result: Mapping[str, Any]) -> dict[str, Any] | None:
    return result["manifest"].get("calibration", {}).get("fused") or None


def _tested(method: str, tested: Mapping[str, Any], bounds: Sequence[float]) -> dict[str, Any]:
    return {
        "method": method,
        "plot": tippett(tested["derived_ratios"], tested["independent_ratios"], (bounds[0], bounds[1])),
        "cost": f"{tested['cllr']:.2f}",
        "derived": [f"{ratio:.3g}" for ratio in tested["derived_ratios"]],
        "independent": [f"{ratio:.3g}" for ratio in tested["independent_ratios"]],
    }


def _spoke(propositions: Sequence[Mapping[str, Any]]) -> set[str]:
    return {name for row in propositions for key in ("supported_by", "against") for name in row[key]}


def _drawing(
    found: Mapping[str, Any], null: Sequence[float] | None, derived: Mapping[str, float]
) -> Histogram | None:
    if not null or found["value"] is None:
        return None
    return histogram(found["value"], null, list(derived.values()))


def _why(found: Mapping[str, Any], source: str) -> dict[str, Any]:
    """The method, its null, and what else stands behind the figures of a row."""
    steps = [
        {
            "step": "Method",
            "why": f"{title(found['method'])}. Computed from: {', '.join(NEEDS[found['method']])}.",
        }
    ]
    if found["value"] is None:
        steps.append({"step": "No value", "why": " ".join(found["caveats"])})
    if found["null"] is not None:
        steps.append({"step": "Null", "why": words.AGAINST_NULL.format(**found["null"])})
    if found["p"] is not None:
        ranked = found["null"] and words.RANKED.format(
            lineages=found["null"]["lineages"], more=found["null"]["lineages"] + 1
        )
        steps.append({"step": "p", "why": of_own_test(found) or ranked or ""})
    if found["lr"] is not None:
        said = [one for one in found["caveats"] if one.startswith(words.RATIO.split("{", 1)[0])]
        steps.append({"step": "Ratio", "why": " ".join(said)})
    return {"steps": steps, "source": source}
