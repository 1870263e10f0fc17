"""The zoo is what its list says, the same on every run, and its rearranged models answer as before."""

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from comparison.evaluation.measures import Model
from comparison.evaluation.spec import read_spec
from comparison.runner.loading import load
from comparison.runner.scoring import likelihoods
from comparison.runner.zoo.keeping import zoo as zoo_of
from comparison.runner.zoo.listing import FILE, Zoo
from comparison.runner.zoo.making import make_model
from comparison.runner.zoo.papers import write_papers
from comparison.runner.zoo.recipe import CLAIMANT, RECIPES
from comparison.runner.zoo.specification import specification
from comparison.runner.zoo.texts import HARVEST, LOGGED
from comparison.weights.folder import open_folder

RECIPE = {one.name: one for one in RECIPES}
SAME = ("permuted", "rotated", "rescaled")


def test_every_kind_of_relation_is_there(zoo: Zoo) -> None:
    kinds = {one.kind for one in zoo.models.values()}
    assert kinds >= {
        "claimant", "independent", "other data", "other domain", "niche", "other width", "other depth",
        "fine-tuned", "continued", "pruned", "quantised", "noised", "permuted", "rotated", "rescaled",
        "merged", "layer-dropped", "upcycled", "distilled from logits", "distilled from text",
        "same seed, other order", "same order, other seed", "made from another",
    }  # fmt: skip
    assert len(zoo.population("disguised")) >= 20
    assert sum(one.independent and one.stratum == "same-data" for one in zoo.models.values()) >= 12


def test_models_are_read_by_the_weights_room_and_are_not_copies(zoo: Zoo) -> None:
    models = {name: Model.at(one.folder) for name, one in zoo.models.items()}
    assert len({model.content_sha256 for model in models.values()}) == len(models)
    assert not any(model.parts.unplaced for model in models.values())
    assert len(models["upcycled"].parts.layers[0].mlps) == 3


def test_the_same_bytes_come_about_again(zoo: Zoo, tmp_path: Path) -> None:
    again = ("fine-tuned-1", "merged", "permuted", "upcycled")
    (tmp_path / "models").mkdir()
    for name in (CLAIMANT, "fine-tuned-3", "independent-01", "independent-02"):
        shutil.copytree(zoo.models[name].folder, tmp_path / "models" / name)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for name in again:
            pool.submit(make_model, tmp_path, zoo.seed, RECIPE[name]).result()
        pool.submit(write_papers, tmp_path, zoo.seed).result()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) > 20
    for file in files:
        assert file.read_bytes() == (zoo.folder / file.relative_to(tmp_path)).read_bytes(), file.name


def test_a_zoo_that_stands_is_not_trained_again(zoo: Zoo) -> None:
    made = (zoo.folder / FILE).stat().st_mtime_ns
    assert zoo_of(zoo.seed, zoo.folder) == zoo
    assert (zoo.folder / FILE).stat().st_mtime_ns == made


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Madam")
    with pytest.raises(FileExistsError, match="no zoo"):
        zoo_of(0, tmp_path)
    assert (tmp_path / "letter.txt").is_file()


def test_logs_hold_what_the_student_learnt_and_what_it_never_saw(zoo: Zoo) -> None:
    rows = [json.loads(line) for line in (zoo.folder / "served.jsonl").read_text().splitlines()]
    accounts = [row["account"] for row in rows]
    assert accounts.count("harvester") == accounts.count("others") == LOGGED
    assert HARVEST > LOGGED
    texts = {tuple(row["prompt"] + row["output"]) for row in rows}
    assert len(texts) > 190


@pytest.mark.parametrize("name", SAME)
def test_a_rearranged_model_gives_the_same_answers(zoo: Zoo, name: str) -> None:
    texts = list(np.load(zoo.folder / "probe-general.npy"))
    prompts = [text[:8] for text in texts]
    outputs = [text[8:] for text in texts]
    found, before = (
        likelihoods(load(open_folder(zoo.models[one].folder)), prompts, outputs) for one in (name, CLAIMANT)
    )
    assert np.allclose(found, before, atol=1e-4)


def test_a_specification_leaves_out_whatever_shares_weights_with_the_suspect(
    zoo: Zoo, tmp_path: Path
) -> None:
    file = tmp_path / "spec.toml"
    file.write_text(specification(zoo, "merged"))
    members = {one.lineage: one for one in read_spec(file).population}
    assert not {"merged", "fine-tuned-1", "fine-tuned-3", CLAIMANT} & set(members)
    assert members["fine-tuned-2"].derived_from == zoo.models[CLAIMANT].folder
    assert members["independent-01"].derived_from is None
    assert {one.stratum for one in members.values()} == {"same-data"}
