"""A model runs only as its folder holds it: nothing executed, nothing invented, nothing left over."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from comparison.runner.errors import RemoteCodeRefused, RunnerRefused
from comparison.runner.loading import load
from comparison.weights.errors import LayoutUnknown, PickleRefused
from comparison.weights.folder import open_folder
from tests.factories import running_models as models


def loaded(folder: Path) -> Any:
    return load(open_folder(folder))


def changed(folder: Path, change: Any) -> Path:
    file = folder / "model.safetensors"
    tensors = load_file(file)
    change(tensors)
    save_file(tensors, file, metadata={"format": "pt"})
    return folder


@pytest.mark.parametrize("family", models.CONFIGS)
def test_every_family_is_loaded_and_its_marks_are_known(tmp_path: Path, family: str) -> None:
    running = loaded(models.save(tmp_path / family, family))
    assert (running.vocabulary, running.longest) == (models.WORDS, models.LONGEST)
    assert (running.begin, running.ends) == (0, {1})
    assert running.dtype == "float32"


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_read_and_run_in_single(tmp_path: Path, dtype: torch.dtype) -> None:
    running = loaded(models.save(tmp_path / "half", dtype=dtype))
    assert running.dtype == "float32"
    stored = load_file(tmp_path / "half" / "model.safetensors")["lm_head.weight"]
    assert stored.dtype == dtype
    assert torch.equal(running.model.lm_head.weight.cpu(), stored.float())


def test_shards_make_one_model(tmp_path: Path) -> None:
    whole = loaded(models.save(tmp_path / "whole"))
    parts = loaded(models.save(tmp_path / "parts", max_shard_size="20KB"))
    assert len(parts.folder.weights) > 1
    ours, theirs = whole.model.state_dict(), parts.model.state_dict()
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_a_missing_tensor_is_not_made_up(tmp_path: Path) -> None:
    folder = changed(
        models.save(tmp_path / "holed"), lambda tensors: tensors.pop("model.layers.1.self_attn.k_proj.weight")
    )
    with pytest.raises(LayoutUnknown, match=r"no tensor for model\.layers\.1\.self_attn\.k_proj\.weight"):
        loaded(folder)


def test_a_tensor_without_a_place_is_named(tmp_path: Path) -> None:
    folder = changed(
        models.save(tmp_path / "more"),
        lambda tensors: tensors.update({"model.layers.0.adapter.weight": torch.ones(3)}),
    )
    with pytest.raises(LayoutUnknown, match=r"no place for model\.layers\.0\.adapter\.weight"):
        loaded(folder)


def test_an_unknown_layout_says_which_tensors_it_could_not_place(tmp_path: Path) -> None:
    def rename(tensors: dict[str, torch.Tensor]) -> None:
        for name in list(tensors):
            tensors[name.replace("model.", "net/")] = tensors.pop(name)

    with pytest.raises(LayoutUnknown, match=r"these tensors have no place: .*net/layers\.0"):
        loaded(changed(models.save(tmp_path / "strange"), rename))


def test_code_that_comes_with_a_model_is_never_run(tmp_path: Path) -> None:
    folder = models.save(tmp_path / "remote")
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {"AutoModelForCausalLM": "modeling.Harmful"}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "modeling.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(RemoteCodeRefused, match=r"modeling\.Harmful"):
        loaded(folder)
    assert not (tmp_path / "ran").exists()


def test_a_pickle_is_refused_before_anything_reads_it(tmp_path: Path) -> None:
    folder = models.save(tmp_path / "pickled")
    (folder / "model.safetensors").unlink()
    torch.save({"lm_head.weight": torch.ones(2)}, folder / "pytorch_model.bin")
    with pytest.raises(PickleRefused):
        loaded(folder)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"model_type": "of-tomorrow"}, "cannot run odd"),
        ({"num_attention_heads": 0}, "cannot run odd"),
        ({"eos_token_id": {"a": 1}}, "cannot run odd"),
        ({"pad_token_id": 10**9}, "cannot run odd"),
        ({"num_hidden_layers": 10**9}, "states 1000000000 layers"),
        ({"quantization_config": {"quant_method": "bitsandbytes", "load_in_8bit": True}}, "cannot run odd"),
    ],
)
def test_what_transformers_cannot_run_is_said(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    folder = models.save(tmp_path / "odd")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | change))
    with pytest.raises(RunnerRefused, match=words):
        loaded(folder)


def test_no_weights_run_but_those_that_were_hashed(tmp_path: Path) -> None:
    ours, theirs = (models.save(tmp_path / str(seed), seed=seed) for seed in (0, 1))
    theirs_runs = loaded(theirs).model.lm_head.weight
    beside = models.save(tmp_path / "beside")
    shutil.copy(theirs / "model.safetensors", beside / "part.safetensors")
    places = dict.fromkeys(open_folder(theirs).tensors, "part.safetensors")
    (beside / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": places}))
    assert [file.name for file in open_folder(beside).weights] == ["part.safetensors"]
    assert torch.equal(loaded(beside).model.lm_head.weight, theirs_runs)
    shutil.copy(theirs / "model.safetensors", ours / "hidden.safetensors")
    config = json.loads((ours / "config.json").read_text())
    (ours / "config.json").write_text(json.dumps({**config, "transformers_weights": "hidden.safetensors"}))
    with pytest.raises(RunnerRefused):
        loaded(ours)


@pytest.mark.parametrize("asked", ["modeling.py", ["modeling.py"]])
def test_code_is_refused_however_it_is_asked_for(tmp_path: Path, asked: object) -> None:
    folder = models.save(tmp_path / "coded")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "auto_map": asked}))
    with pytest.raises(RemoteCodeRefused, match=r"modeling\.py"):
        loaded(folder)
