"""A comparison against a reference population, from the specification to the findings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.evaluation import compare, job, words
from comparison.evaluation.errors import SpecInvalid
from comparison.evaluation.measures import FROM_OBSERVATIONS, Measured, Model, Pair, measure
from comparison.evaluation.population import Kept
from comparison.evaluation.result import ALPHA, SPEAKING_RATIO
from comparison.evaluation.spec import REFERENCE
from comparison.evaluation.strength import strength
from comparison.statistics.calibration.population import Pair as Known
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import Tensors, write

STRANGERS = range(1, 14)
CHANGES = ("fine-tuned", "continued", "pruned", "quantised", "merged", "permuted")


@dataclass(frozen=True)
class Zoo:
    """A folder with the models and the values kept of them."""

    folder: Path

    def add(self, name: str, tensors: Tensors) -> None:
        write(self.folder / name, tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())

    def compare(
        self,
        out: Path,
        suspect: str,
        *,
        stratum: str = "same-data",
        members: Sequence[str],
        methods: str = '["all"]',
    ) -> dict[str, Any]:
        spec = self.folder / f"{out.name}.toml"
        stated = f'stratum = "{stratum}"\n' if stratum else ""
        spec.write_text(
            f'[comparison]\ntitle = "t"\nreference = "parent"\nsuspect = "{suspect}"\nmethods = {methods}\n'
            f"seed = 7\n{stated}" + "".join(members)
        )
        return compare(spec, out, self.folder / "kept")


def member(name: str, *, stratum: str = "same-data", lineage: str = "", parent: str = "") -> str:
    made = f'derived_from = "{parent}"\n' if parent else ""
    return f'[[population]]\nmodel = "{name}"\nlineage = "{lineage or name}"\nstratum = "{stratum}"\n{made}'


MEMBERS = (
    *(member(f"stranger-{n}") for n in STRANGERS),
    *(member(f"child-{n}", parent=REFERENCE) for n in range(len(CHANGES))),
)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Zoo:
    made = Zoo(tmp_path_factory.mktemp("population"))
    parent = zoo.independent(0)
    made.add("parent", parent)
    for n in STRANGERS:
        made.add(f"stranger-{n}", zoo.independent(n))
    for n, change in enumerate(CHANGES):
        made.add(f"child-{n}", zoo.TRANSFORMS[change](zoo.trained_on(parent, 20 + n, 0.2)))
    made.add("suspect", zoo.permuted(zoo.trained_on(parent, 77, 0.3)))
    for seed in (31, 32, 33):
        made.add(f"innocent-{seed}", zoo.independent(seed))
    return made


@pytest.fixture(scope="module")
def answer(models: Zoo, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return models.compare(tmp_path_factory.mktemp("answer"), "suspect", members=MEMBERS)


def by_method(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {found["method"]: found for found in answer["findings"]}


def standing(answer: dict[str, Any], proposition: str) -> dict[str, list[str]]:
    return next(row for row in answer["propositions"] if row["id"] == proposition)


def test_a_derived_suspect_stands_out_and_every_figure_is_bounded(answer: dict[str, Any]) -> None:
    found = by_method(answer)
    least = 1 / (len(STRANGERS) + 1)
    for method, finding in found.items():
        if method in FROM_OBSERVATIONS:
            assert finding["value"] is None, "nothing was shown to the models"
            assert "Write [" in finding["caveats"][1]
            continue
        assert finding["null"]["lineages"] == finding["null"]["n"] == len(STRANGERS)
        assert finding["null"]["stratum"] == "same-data"
        assert finding["holm"] >= finding["p"]
        if method in ("match", "csu"):
            assert (finding["lr"], finding["lr_bound"], finding["verbal"]) == (None, None, None)
        else:
            assert finding["p"] >= least
            low, high = finding["lr_bound"]
            assert 1 / 10 <= low <= finding["lr"] <= high <= len(STRANGERS) + 1
            assert "proposition" in finding["verbal"] or "no support" in finding["verbal"]
    assert found["match"]["log10_p"] < -12
    assert found["csu"]["p"] > 1e-4, "the neurons were permuted"
    for method in ("embedding-gram", "huref"):
        assert found[method]["p"] == pytest.approx(least)
        assert found[method]["lr"] > 5


def test_the_propositions_say_no_more_than_the_findings(answer: dict[str, Any]) -> None:
    assert "match" in standing(answer, "H1")["supported_by"]
    assert standing(answer, "H1")["supported_by"] == standing(answer, "H3'")["supported_by"]
    assert "match" in standing(answer, "H3")["against"]
    assert "match" in standing(answer, "H2")["undecided"]
    assert any("shared public ancestor or seed" in c for c in by_method(answer)["match"]["caveats"])


def test_what_the_strengths_rest_on_is_in_the_result(answer: dict[str, Any]) -> None:
    calibration = answer["manifest"]["calibration"]
    assert calibration["stratum"] == "same-data"
    assert calibration["verbal_scale"][1] == {"from": 2.0, "words": "weak support"}
    tested = calibration["left_out"]["huref"]
    assert (tested["derived"], tested["independent"]) == (len(CHANGES), len(STRANGERS))
    assert tested["cllr"] < 0.5
    low, high = tested["false_positive_rate"]
    assert low <= tested["false_positives"] / len(STRANGERS) <= high
    assert high > 0.1, "thirteen models without an error do not show that there is none"
    assert any("false-positive rate" in caveat for caveat in by_method(answer)["huref"]["caveats"])
    assert "population.json" in answer["files"]


def test_methods_are_fused_into_one_bounded_ratio(answer: dict[str, Any]) -> None:
    fused = answer["manifest"]["calibration"]["fused"]
    assert {"match", "csu"}.isdisjoint(fused["methods"])
    assert {"huref", "embedding-gram", "awm"} <= {*fused["methods"]}
    assert (fused["derived"], fused["independent"]) == (len(CHANGES), len(STRANGERS))
    low, high = fused["lr_bound"]
    assert 1 / 10 <= low <= fused["lr"] <= high <= len(STRANGERS) + 1
    assert fused["lr"] > 5
    assert fused["cllr"] < 0.6


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_no_innocent_is_accused(models: Zoo, tmp_path: Path, seed: int) -> None:
    answer = models.compare(tmp_path / f"out-{seed}", f"innocent-{seed}", members=MEMBERS)
    for finding in answer["findings"]:
        assert finding["holm"] is None or finding["holm"] > ALPHA
        assert finding["lr"] is None or finding["lr"] < SPEAKING_RATIO
    for proposition in ("H1", "H2", "H3'"):
        assert standing(answer, proposition)["supported_by"] == []
    assert standing(answer, "H3")["against"] == []
    assert by_method(answer)["raw-norm"]["value"] > 0.99


@pytest.mark.parametrize(
    ("stratum", "members", "words"),
    [
        ("other-domain", MEMBERS, "no independent model of the stratum other-domain"),
        ("", MEMBERS, "does not say how like the reference population the suspect is"),
        ("same-data", (), "No strength of evidence is stated"),
        (
            "same-data",
            (member("child-0", parent=REFERENCE),),
            "no independent model of the stratum same-data",
        ),
    ],
    ids=["empty stratum", "unstated stratum", "no population", "derived only"],
)
def test_what_is_missing_is_said_and_no_ratio_given(
    models: Zoo, tmp_path: Path, stratum: str, members: Sequence[str], words: str
) -> None:
    found = by_method(
        models.compare(
            tmp_path / "out", "suspect", stratum=stratum, members=members, methods='["match", "huref"]'
        )
    )
    for finding in found.values():
        assert (finding["null"], finding["lr"], finding["verbal"]) == (None, None, None)
        assert any(words in caveat for caveat in finding["caveats"])
    assert found["huref"]["p"] is None
    assert found["match"]["log10_p"] < -12
    assert any("not by theorem, and no population" in caveat for caveat in found["match"]["caveats"])


def test_a_population_of_another_domain_is_flagged(models: Zoo, tmp_path: Path) -> None:
    members = [member(f"stranger-{n}", stratum="other-domain") for n in STRANGERS]
    found = by_method(models.compare(tmp_path / "out", "suspect", stratum="other-domain", members=members))
    assert any("understates what chance gives" in caveat for caveat in found["embedding-gram"]["caveats"])
    assert found["embedding-gram"]["lr"] is None
    assert any("0 derived" in caveat for caveat in found["embedding-gram"]["caveats"])


def test_a_shared_seed_gives_a_small_p_and_is_not_told_from_derivation(models: Zoo, tmp_path: Path) -> None:
    start = zoo.independent(60)
    models.add("seed-a", zoo.trained_on(start, 1, 0.8))
    models.add("seed-b", zoo.trained_on(start, 2, 0.8))
    spec = tmp_path / "spec.toml"
    spec.write_text(
        f'[comparison]\ntitle = "t"\nreference = "{models.folder / "seed-a"}"\nmethods = ["match"]\n'
        f'suspect = "{models.folder / "seed-b"}"\n'
    )
    answer = compare(spec, tmp_path / "out")
    assert by_method(answer)["match"]["log10_p"] < -12
    assert standing(answer, "H1")["supported_by"] == standing(answer, "H3'")["supported_by"] == ["match"]
    assert any("shared public ancestor or seed" in c for c in by_method(answer)["match"]["caveats"])


def test_models_of_one_lineage_count_once(models: Zoo, tmp_path: Path) -> None:
    members = [member(f"stranger-{n}", lineage="one family") for n in STRANGERS]
    found = by_method(models.compare(tmp_path / "out", "suspect", members=members, methods='["huref"]'))
    assert found["huref"]["null"]["n"] == 1
    assert found["huref"]["p"] == 0.5


def test_children_of_other_parents_are_compared_with_their_own(models: Zoo, tmp_path: Path) -> None:
    models.add("grandchild", zoo.trained_on(zoo.independent(1)))
    members = (*MEMBERS, member("grandchild", parent="stranger-1"))
    models.compare(tmp_path / "out", "suspect", members=members, methods='["raw-weights"]')
    rows = json.loads((tmp_path / "out" / "population.json").read_text())["models"]
    last = rows[-1]
    assert (last["model"], last["derived_from"]) == ("grandchild", "stranger-1")
    assert last["value"] > 0.9


def test_a_test_that_fails_on_the_population_is_not_believed() -> None:
    found = Measured(50.0, log10_p=-50.0)
    strangers = [Known(v, frozenset({REFERENCE, str(n)}), "same-data") for n, v in enumerate([0.2, 9.0, 0.5])]
    given = strength("match", found, strangers, "same-data")
    assert given.log10_p == pytest.approx(np.log10(1 / 4))
    assert "too small for chance, down to 10 to the power -9.0" in given.caveats[0]
    trusted = strength("match", found, strangers[::2], "same-data")
    assert trusted.log10_p == -50.0


def test_no_ratio_speaks_for_independence_of_a_value_above_all_strangers() -> None:
    """A child that was retrained for long, among children of which most are hardly changed."""
    strangers = [
        Known(0.02 + 0.001 * n, frozenset({REFERENCE, f"stranger-{n}"}), "same-data") for n in range(12)
    ]
    children = [
        Known(value, frozenset({REFERENCE, f"child-{n}"}), "same-data", derived=True)
        for n, value in enumerate((0.99, 0.98, 0.97, 0.99, 0.96, 0.15))
    ]
    between = strength("huref", Measured(0.1), [*strangers, *children], "same-data")
    assert (between.lr, between.verbal) == (None, None)
    assert between.bounds is not None, "they are the population's, and how it fared is drawn within them"
    assert between.p == pytest.approx(1 / 13)
    assert words.BETWEEN in between.caveats
    assert between.validation is not None
    below = strength("huref", Measured(0.025), [*strangers, *children], "same-data")
    assert below.lr is not None
    assert below.lr < 1
    above = strength("huref", Measured(0.98), [*strangers, *children], "same-data")
    assert above.lr is not None
    assert above.lr > 1


def test_models_said_to_share_a_seed_are_ranked_among_such_models() -> None:
    found = Measured(50.0, log10_p=-50.0)
    siblings = [
        Known(v, frozenset({REFERENCE, str(n)}), "same-seed") for n, v in enumerate([34.0, 60.0, 41.0])
    ]
    given = strength("match", found, siblings, "same-seed")
    assert given.p == 0.5
    assert "presumes that they do not" in given.caveats[0]
    alone = strength("match", found, [], "same-seed")
    assert (alone.p, alone.null) == (None, None)


def test_what_was_measured_once_is_not_measured_again(models: Zoo, tmp_path: Path) -> None:
    ran: list[str] = []

    def counted(method: str, pair: Pair) -> Measured:
        ran.append(method)
        return measure(method, pair)

    kept = Kept(tmp_path, "code", counted)
    parent, child = (Model.at(models.folder / name) for name in ("parent", "child-0"))
    first = kept.of("huref", Pair(parent, child, 7))
    write(tmp_path / "moved", zoo.single(zoo.independent(1)), config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    moved = Pair(parent, Model.at(tmp_path / "moved"), 7)
    stranger = kept.of("huref", Pair(parent, Model.at(models.folder / "stranger-1"), 7))
    assert kept.of("huref", moved) == stranger, "the same content under another name"
    assert kept.of("huref", Pair(parent, child, 7)) == first
    assert len(ran) == 2
    kept.of("huref", Pair(parent, child, 8))
    Kept(tmp_path, "other code", counted).of("huref", Pair(parent, child, 7))
    assert len(ran) == 4
    for file in tmp_path.glob("*/*.json"):
        if file.parent.name != "moved":
            file.write_text("{")
    assert kept.of("huref", Pair(parent, child, 7)) == first
    assert len(ran) == 5


def test_a_refusal_is_not_kept(models: Zoo, tmp_path: Path) -> None:
    ran: list[str] = []

    def counted(method: str, pair: Pair) -> Measured:
        ran.append(method)
        return measure(method, pair)

    tensors = {name: v for name, v in zoo.independent(1).items() if "gate_proj" not in name}
    write(tmp_path / "ungated", tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    kept, parent = Kept(tmp_path / "kept", "code", counted), Model.at(models.folder / "parent")
    for _ in range(2):
        found = kept.of("match", Pair(parent, Model.at(tmp_path / "ungated"), 7))
        assert found.value is None
    assert len(ran) == 2


def test_values_of_other_libraries_are_not_taken(
    models: Zoo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.compare(tmp_path / "first", "suspect", members=MEMBERS[:1], methods='["raw-weights"]')
    before = {*(models.folder / "kept").rglob("*.json")}
    monkeypatch.setattr(job, "version", lambda _: "99.0")
    models.compare(tmp_path / "second", "suspect", members=MEMBERS[:1], methods='["raw-weights"]')
    assert len({*(models.folder / "kept").rglob("*.json")} - before) == 2


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ('[[population]]\nmodel = "x"\n', "gives no lineage"),
        (member("x", stratum="near"), "no stratum 'near'"),
        (member("x", lineage="reference"), "of the reference's own lineage"),
        (member("x") + "age = 3\n", "age is not known"),
        ('[population]\nmodel = "x"\n', "not a list of tables"),
    ],
)
def test_a_wrong_population_is_named(models: Zoo, tmp_path: Path, members: str, words: str) -> None:
    with pytest.raises(SpecInvalid, match=words):
        models.compare(tmp_path / "out", "suspect", members=[members])
