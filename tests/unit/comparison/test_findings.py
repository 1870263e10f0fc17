"""What the page says of controls, rivals and propositions follows from the stored figures."""

from typing import Any

import pytest

from comparison.evaluation import words
from comparison.findings import propositions, rivals, rows
from comparison.findings.controls import controls


def found(method: str, value: float | None, **more: object) -> dict[str, Any]:
    blank: dict[str, Any] = dict.fromkeys(("null", "p", "log10_p", "lr", "lr_bound", "verbal", "holm"))
    return {"method": method, "value": value, "caveats": [], **blank, **more}


def known(method: str, values: dict[str, float], *, derived: bool = False, stratum: str = "same-data") -> Any:
    parent = "reference" if derived else None
    return [
        {"method": method, "lineage": name, "stratum": stratum, "derived_from": parent, "value": value}
        for name, value in values.items()
    ]


def calibrated(**left_out: object) -> dict[str, Any]:
    return {"stratum": "same-data", "alpha": 0.001, "left_out": left_out}


def test_a_method_with_a_test_of_its_own_is_judged_by_it() -> None:
    population = known("match", {"a": 40.0, "b": 1.0}, derived=True) + known("match", {"c": 0.2, "d": 9.0})
    (control,) = controls([found("match", 50.0, caveats=[words.OWN_TEST])], population, calibrated())
    assert control.derived is not None
    assert control.independent is not None
    assert (control.derived.right, control.derived.total, control.derived.wrong) == (1, 2, ("b",))
    assert (control.independent.right, control.independent.wrong) == (1, ("d",))
    assert "0.001" in control.rule
    assert not control.all_right


def test_a_method_with_ratios_is_judged_by_those_left_out() -> None:
    tested = {"derived_ratios": [0.5, 3.0], "independent_ratios": [0.2, 1.0, 4.0]}
    population = known("huref", {"a": 0.9}, derived=True)
    (control,) = controls([found("huref", 0.9)], population, calibrated(huref=tested))
    assert control.derived is not None
    assert control.independent is not None
    assert (control.derived.right, control.independent.right) == (1, 2)


def test_a_method_with_neither_is_judged_by_rank_and_one_without_models_not_at_all() -> None:
    population = known("awm", {"a": 0.9, "b": 0.1}, derived=True) + known("awm", {"c": 0.2})
    (control,) = controls([found("awm", 0.9), found("csu", 1.0)], population, calibrated())
    assert control.derived is not None
    assert (control.derived.wrong, control.independent) == (("b",), None)


def test_the_suspect_is_set_beside_each_stratum_its_own_first() -> None:
    population = known("awm", {"a": 0.1, "b": 0.5}) + known("awm", {"c": 0.01}, stratum="other-domain")
    (one,) = rivals.tested([found("awm", 0.3), found("csu", None)], population, "same-data")
    assert [(row.stratum, row.stands) for row in one.ranges] == [
        ("same-data", "above 1 of 2"),
        ("other-domain", "above all 1"),
    ]
    (low,) = rivals.tested([found("awm", 0.0)], population, "same-data")
    assert low.ranges[0].stands == "not above any of 2"


def a_result(stratum: str = "same-data") -> dict[str, Any]:
    weighed = found("huref", 0.9, lr=7.0, lr_bound=[0.2, 7.0], verbal="weak support")
    return {
        "findings": [weighed, found("match", 40.0)],
        "propositions": [
            {
                "id": key,
                "supported_by": ["match"] if key == "H1" else [],
                "against": ["match"] if key == "H3" else [],
                "undecided": ["huref"],
            }
            for key in words.PROPOSITIONS
        ],
        "manifest": {"calibration": calibrated() | {"stratum": stratum}},
    }


def test_a_proposition_shows_what_bears_on_it_and_what_is_not_told_apart() -> None:
    view = propositions.view("H1", a_result())
    assert view is not None
    assert [(row.method, row.speaks) for row in view.bearing] == [
        ("huref", "Leaves it open"),
        ("match", "Would be expected"),
    ]
    against = {pair.second: pair for pair in view.pairings}
    assert [method for method, _ in against["H3"].ratios] == ["huref"]
    assert against["H3'"].ratios == ()
    assert against["H3'"].reason == words.NOT_TOLD_APART["H1 v H3'"]
    outputs = propositions.view("H2", a_result())
    assert outputs is not None
    assert outputs.silent == ("match",)
    assert outputs.pairings[0].ratios == ()
    assert propositions.view("H9", a_result()) is None


def test_with_models_of_the_same_seed_the_ratio_is_against_a_shared_ancestor() -> None:
    view = propositions.view("H1", a_result("same-seed"))
    assert view is not None
    against = {pair.second: bool(pair.ratios) for pair in view.pairings}
    assert against == {"H3": False, "H3'": True}


def test_a_value_near_one_is_not_rounded_up_to_it() -> None:
    assert (rows.number(0.99996), rows.number(1.0), rows.number(0.123456)) == ("0.99996", "1", "0.1235")


def test_the_ratio_of_several_methods_stands_in_words_and_among_those_tested() -> None:
    fused = {
        "methods": ["huref", "embedding-gram"], "lr": 8.94, "lr_bound": [0.12, 8.94],
        "verbal": "weak support", "derived": 2, "independent": 2, "cllr": 0.24, "derived_ratios": [4.0, 8.94],
        "independent_ratios": [0.12, 0.3],
    }  # fmt: skip
    result = {"manifest": {"calibration": {**calibrated(), "fused": fused}}, "findings": []}
    said = rows.together(result)
    assert all(part in said for part in ("huref, embedding-gram", "8.94", "0.12", "weak support"))
    (row,) = rows.tippett_rows(result)
    assert (row["method"], row["cost"], row["plot"] is not None) == ("several together", "0.24", True)
    none = {"manifest": {"calibration": calibrated()}, "findings": []}
    assert (rows.together(none), rows.tippett_rows(none)) == ("", [])


@pytest.mark.parametrize(
    ("method", "said"), [("logged-output", words.LOGGED_TEST), ("palimpsest", words.ORDER_TEST)]
)
def test_every_test_of_its_own_is_judged_and_explained_by_its_p(method: str, said: str) -> None:
    null = {"stratum": "same-data", "min": 0.1, "max": 9.0, "mean": 1.0, "lineages": 2}
    one = found(method, 50.0, p=1e-50, holm=1e-50, null=null, caveats=[said])
    population = known(method, {"a": 40.0}, derived=True) + known(method, {"c": 0.2, "d": 9.0})
    (control,) = controls([one], population, calibrated())
    assert control.independent is not None
    assert control.independent.wrong == ("d",)
    result = {"findings": [one], "propositions": []}
    (row,) = rows.finding_rows(result, {}, "the file")
    assert {step["step"]: step["why"] for step in row["why"]["steps"]}["p"] == said
