"""A population is as large as the models in it differ, and holds neither of those that are compared."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.evaluation import compare
from comparison.evaluation.bench import Bench
from comparison.evaluation.errors import SpecInvalid
from comparison.evaluation.fusing import fused
from comparison.evaluation.inputs import Exchange, Inputs, Logs, Texts
from comparison.evaluation.measures import Measured, Model, Pair, measure
from comparison.evaluation.observations import Observed
from comparison.evaluation.population import Population, Row
from comparison.evaluation.record import read_record
from comparison.evaluation.spec import REFERENCE, Member
from tests.factories import comparison_records as records
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("counted")
    for name, seed in (("parent", 0), ("suspect", 9), ("stranger", 1), ("another", 2)):
        write(made / name, zoo.independent(seed), config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    shutil.copytree(made / "stranger", made / "stranger-again")
    (made / "stranger-again" / "config.json").write_text('{"model_type": "llama", "renamed": true}')
    return made


def compared(folder: Path, out: Path, *members: tuple[str, str, str]) -> dict[str, Any]:
    spec = folder / f"{out.name}.toml"
    spec.write_text(
        '[comparison]\ntitle = "t"\nreference = "parent"\nsuspect = "suspect"\nmethods = ["raw-norm"]\n'
        'stratum = "same-data"\n'
        + "".join(
            f'[[population]]\nmodel = "{name}"\nlineage = "{lineage}"\nstratum = "same-data"\n{made}'
            for name, lineage, made in members
        )
    )
    return compare(spec, out)


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (("suspect", "x", ""), "suspect of the population is one of the two models"),
        (("suspect", "x", 'derived_from = "reference"\n'), "suspect of the population is one of the two"),
        (("parent", "x", ""), "parent of the population is one of the two models"),
        (("stranger-again", "x", ""), "stranger-again is in the population under the lineages s and x"),
    ],
)
def test_a_model_is_counted_once(
    folder: Path, tmp_path: Path, member: tuple[str, str, str], words: str
) -> None:
    with pytest.raises(SpecInvalid, match=words):
        compared(folder, tmp_path / "out", ("stranger", "s", ""), member)
    assert not (tmp_path / "out").exists()


def test_a_family_may_hold_a_model_twice(folder: Path, tmp_path: Path) -> None:
    answer = compared(folder, tmp_path / "out", ("stranger", "s", ""), ("stranger-again", "s", ""))
    assert answer["findings"][0]["null"]["n"] == 1


def test_what_is_no_number_is_no_value(folder: Path, tmp_path: Path) -> None:
    tensors = {name: v * 0 if "norm" in name else v for name, v in zoo.independent(5).items()}
    write(tmp_path / "zero", tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    pair = Pair(Model.at(folder / "parent"), Model.at(tmp_path / "zero"), 7)
    assert measure("raw-norm", pair).value is None
    chances = np.full((1, 20, 2), -1.0)
    sides = [
        Model(
            tmp_path / f"{number}.npz",
            None,
            Observed(
                logprobs=np.full((1, 20), -1.0),
                top_tokens=np.tile([3, 4], (1, 20, 1)),
                top_logprobs=chances * gap,
            ),
        )
        for number, gap in enumerate((1.0, np.nan))
    ]
    found = measure("capa", Pair(sides[0], sides[1], 7, Bench(Inputs(), 7, None, folder / "parent", (), {})))
    assert found.value is None
    assert "makes no number" in found.caveats[0]


def test_an_answer_that_stands_in_the_log_often_is_one_draw(tmp_path: Path) -> None:
    random, ranks = np.random.default_rng(4), []
    served = [Exchange(f"prompt {n}", "answer") for n in range(10) for _ in range(8)]
    logs = Logs(tuple(served), (), 19, None, 1.0, 1.0, "")
    for _ in range(100):
        liked, fresh = random.normal(size=10) - 9, random.normal(size=(80, 19)) - 9
        model = Model(tmp_path / "seen.npz", None, Observed(served=np.repeat(liked, 8), fresh=fresh))
        bench = Bench(Inputs(logs=logs), 7, None, model.path, (), {model.path: model})
        model.__dict__["content_sha256"] = "a"
        found = measure("logged-output", Pair(model, model, 7, bench))
        assert found.detail["prompts"] == 10
        ranks.append(found.log10_p or 0.0)
    assert sum(p < -2 for p in ranks) <= 4


def test_models_in_folders_of_one_name_are_fused_as_the_models_that_they_are() -> None:
    random, rows = np.random.default_rng(6), []
    for number in range(24):
        parent = Path(REFERENCE) if number >= 12 else None
        member = Member(Path(f"{number}/hf"), f"family {number // 2}", "same-data", parent)
        for method in ("huref", "awm"):
            value = random.normal() + 1.5 * (parent is not None)
            rows.append(Row(member, method, value, "", f"{number:064}"))
    measured = {method: Measured(1.0) for method in ("huref", "awm")}
    population = Population(tuple(rows), {Path(REFERENCE): REFERENCE})
    kept = json.loads(records.record(measured, rows, "same-data"))
    assert fused(measured, read_record(kept).population, "same-data") == fused(
        measured, population, "same-data"
    )


def test_likelihoods_of_other_texts_are_not_set_beside_each_other(tmp_path: Path) -> None:
    texts = Texts(tuple(Exchange("", f"text {n}") for n in range(8)), tuple(map(float, range(8))), "a")
    inputs = Inputs(authors={REFERENCE: texts, "other": texts}, training=texts)
    shapes = {"reference": (2, 8), "suspect": (2, 8), "alike": (2, 8), "third": (2, 8), "short": (2, 5)}
    models = {
        Path(name): Model(
            Path(name), None, Observed(authors=np.full(shape, -2.0), training=np.full(shape[1], -2.0))
        )
        for name, shape in (*shapes.items(), ("odd", (1, 8)))
    }
    for path, model in models.items():
        model.__dict__["content_sha256"] = path.name
    members = tuple(Member(Path(name), name, "same-data", None) for name in ("alike", "third", "short"))
    bench = Bench(inputs, 7, None, Path("reference"), members, models)
    pair = Pair(models[Path("reference")], models[Path("suspect")], 7, bench)
    assert measure("cross-likelihood", pair).detail["models"] == 3
    assert measure("palimpsest", pair).detail["controls"] == 2
    odd = measure("cross-likelihood", Pair(pair.reference, models[Path("odd")], 7, bench))
    assert "texts by 1 authors, and the comparison names 2" in odd.caveats[0]
