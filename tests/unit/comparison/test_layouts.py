"""Every family's tensors end up as the same parts, whatever they are called and however they are stored."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from comparison.weights.errors import LayoutUnknown, WeightsUnreadable
from comparison.weights.folder import open_folder
from comparison.weights.layouts import Parts, parts_of
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import BF16, Tensors, write

PARENT = zoo.independent(1)
QKV = ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")


def full_heads() -> Tensors:
    """The parent with as many keys and values as queries, as families without grouped heads have."""
    model = dict(PARENT)
    for layer in range(zoo.LAYERS):
        for role in QKV[1:]:
            model[zoo.at(layer, role)] = np.vstack([PARENT[zoo.at(layer, role)]] * 2)
    return zoo.single(model)


def gpt2(model: Tensors) -> Tensors:
    found = {
        "transformer.wte.weight": model["model.embed_tokens.weight"],
        "transformer.wpe.weight": np.ones((8, zoo.WIDTH)),
        "transformer.ln_f.weight": model["model.norm.weight"],
    }
    for layer in range(zoo.LAYERS):
        stem = f"transformer.h.{layer}."
        found |= {
            stem + "attn.c_attn.weight": np.vstack([model[zoo.at(layer, role)] for role in QKV]).T,
            stem + "attn.c_attn.bias": np.ones(3 * zoo.WIDTH),
            stem + "attn.c_proj.weight": model[zoo.at(layer, "self_attn.o_proj")].T,
            stem + "mlp.c_fc.weight": model[zoo.at(layer, "mlp.up_proj")].T,
            stem + "mlp.c_proj.weight": model[zoo.at(layer, "mlp.down_proj")].T,
            stem + "ln_1.weight": model[zoo.at(layer, "input_layernorm")],
            stem + "ln_2.weight": model[zoo.at(layer, "post_attention_layernorm")],
        }
    return zoo.single(found)


def neox(model: Tensors) -> Tensors:
    found = {
        "gpt_neox.embed_in.weight": model["model.embed_tokens.weight"],
        "embed_out.weight": model["lm_head.weight"],
        "gpt_neox.final_layer_norm.weight": model["model.norm.weight"],
    }
    for layer in range(zoo.LAYERS):
        stem = f"gpt_neox.layers.{layer}."
        by_head = [model[zoo.at(layer, role)].reshape(zoo.HEADS, zoo.SIZE, zoo.WIDTH) for role in QKV]
        found |= {
            stem + "attention.query_key_value.weight": np.stack(by_head, axis=1).reshape(-1, zoo.WIDTH),
            stem + "attention.dense.weight": model[zoo.at(layer, "self_attn.o_proj")],
            stem + "mlp.dense_h_to_4h.weight": model[zoo.at(layer, "mlp.up_proj")],
            stem + "mlp.dense_4h_to_h.weight": model[zoo.at(layer, "mlp.down_proj")],
            stem + "input_layernorm.weight": model[zoo.at(layer, "input_layernorm")],
            stem + "post_attention_layernorm.weight": model[zoo.at(layer, "post_attention_layernorm")],
        }
    return zoo.single(found)


def fused(model: Tensors) -> Tensors:
    """As Phi-3 stores a LLaMA model."""
    found = dict(model)
    for layer in range(zoo.LAYERS):
        for name, roles in (
            ("self_attn.qkv_proj", QKV),
            ("mlp.gate_up_proj", ("mlp.gate_proj", "mlp.up_proj")),
        ):
            found[zoo.at(layer, name)] = np.vstack([found.pop(zoo.at(layer, role)) for role in roles])
    return zoo.single(found)


def gemma(model: Tensors) -> Tensors:
    """Gains are stored less one, and a norm stands between attention and what the MLP's own norm reads."""
    found = dict(model)
    for layer in range(zoo.LAYERS):
        found[zoo.at(layer, "pre_feedforward_layernorm")] = found.pop(
            zoo.at(layer, "post_attention_layernorm")
        )
    found = {name: values - 1 if values.ndim == 1 else values for name, values in found.items()}
    for layer in range(zoo.LAYERS):
        found[zoo.at(layer, "post_attention_layernorm")] = np.full(zoo.WIDTH, 7.0)
    return zoo.single(found)


def parts(folder: Path, model: Tensors, **config: Any) -> Parts:
    return parts_of(open_folder(write(folder, model, config={**zoo.CONFIG, **config})))


@pytest.mark.parametrize(
    ("store", "config", "gated", "grouped"),
    [
        (zoo.single, {}, True, True),
        (fused, {"model_type": "phi3"}, True, True),
        (gemma, {"model_type": "gemma2"}, True, True),
        (gpt2, {"model_type": "gpt2", "num_key_value_heads": None}, False, False),
        (neox, {"model_type": "gpt_neox", "num_key_value_heads": None}, False, False),
    ],
    ids=["llama", "phi", "gemma", "gpt2", "neox"],
)
def test_each_family_gives_the_same_parts(
    tmp_path: Path, store: Callable[[Tensors], Tensors], config: dict[str, Any], gated: bool, grouped: bool
) -> None:
    model = PARENT if grouped else full_heads()
    found = parts(tmp_path / "model", store(model), **config)
    assert found.unplaced == ()
    assert found.heads == (zoo.HEADS, zoo.KEY_HEADS if grouped else zoo.HEADS)
    assert len(found.layers) == zoo.LAYERS
    for layer in found.layers:
        wanted = {
            "query": "self_attn.q_proj", "key": "self_attn.k_proj", "value": "self_attn.v_proj",
            "output": "self_attn.o_proj",
        }  # fmt: skip
        for part, role in wanted.items():
            same(getattr(layer, part).read(), model[zoo.at(layer.number, role)])
        (mlp,) = layer.mlps
        same(mlp.up.read(), model[zoo.at(layer.number, "mlp.up_proj")])
        same(mlp.down.read(), model[zoo.at(layer.number, "mlp.down_proj")])
        assert mlp.up.height == zoo.NEURONS
        assert (mlp.gate is not None) == gated
        if mlp.gate:
            same(mlp.gate.read(), model[zoo.at(layer.number, "mlp.gate_proj")])
        same(found.gain(layer.attention_norm), model[zoo.at(layer.number, "input_layernorm")])
        same(found.gain(layer.mlp_norm), model[zoo.at(layer.number, "post_attention_layernorm")])


def same(one: NDArray[Any], other: NDArray[Any]) -> None:
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_experts_are_blocks_of_their_layer(tmp_path: Path) -> None:
    found = parts(tmp_path / "model", zoo.upcycled(PARENT), model_type="mixtral")
    assert found.unplaced == ()
    assert [mlp.name for mlp in found.layers[2].mlps] == [f"layer 2, expert {n}" for n in range(3)]


def test_a_multimodal_model_is_read_by_its_text_part(tmp_path: Path) -> None:
    wrapped = {f"language_model.{name}": values for name, values in PARENT.items()}
    folder = write(tmp_path / "model", wrapped, config={"text_config": zoo.CONFIG})
    assert parts_of(open_folder(folder)).heads == (zoo.HEADS, zoo.KEY_HEADS)


@pytest.mark.parametrize("tower", ["vision_tower.encoder", "audio_tower"])
def test_a_tower_that_sees_or_hears_is_not_taken_for_the_text(tmp_path: Path, tower: str) -> None:
    text = {f"language_model.{name}": values for name, values in PARENT.items()}
    beside = {
        name.replace("model.", f"{tower}.", 1): np.ones((5, 5), dtype=np.float32)
        for name in PARENT
        if "self_attn" in name or "norm" in name
    }
    alone = parts(tmp_path / "alone", text)
    found = parts(tmp_path / "both", {**beside, **text})
    assert set(found.unplaced) == set(beside)
    assert found.final_norm is not None
    assert found.final_norm.name == "language_model.model.norm.weight"
    for ours, theirs in zip(alone.layers, found.layers, strict=True):
        assert ours.query is not None
        assert theirs.query is not None
        same(ours.query.read(), theirs.query.read())
        same(alone.gain(ours.attention_norm), found.gain(theirs.attention_norm))


def test_a_number_too_long_for_a_layer_is_none(tmp_path: Path) -> None:
    name = f"model.layers.{'9' * 5000}.mlp.up_proj.weight"
    found = parts(tmp_path / "model", {**PARENT, name: np.ones((2, 2), dtype=np.float32)})
    assert found.unplaced == (name,)


def test_an_unknown_layout_names_what_has_no_place(tmp_path: Path) -> None:
    strange = {name.replace(".", "/"): values for name, values in PARENT.items()}
    with pytest.raises(LayoutUnknown, match=r"lm_head/weight.* and 31 more") as refusal:
        parts(tmp_path / "model", strange)
    assert "GPT-NeoX" in refusal.value.remedy


def test_what_a_known_model_carries_besides_is_listed(tmp_path: Path) -> None:
    extra = {**PARENT, "model.layers.0.self_attn.adapter.weight": np.ones((2, 2), dtype=np.float32)}
    assert parts(tmp_path / "model", extra).unplaced == ("model.layers.0.self_attn.adapter.weight",)


def test_half_precision_reads_as_single_and_others_are_refused(tmp_path: Path) -> None:
    half = {name: values.astype(BF16) for name, values in PARENT.items()}
    layer = parts(tmp_path / "half", half).layers[1]
    assert layer.query is not None
    np.testing.assert_array_equal(layer.query.read(), half[zoo.at(1, "self_attn.q_proj")].astype(np.float32))
    whole = {**PARENT, zoo.at(1, "self_attn.q_proj"): np.ones((zoo.HEADS * zoo.SIZE, zoo.WIDTH), np.int8)}
    layer = parts(tmp_path / "int8", whole).layers[1]
    assert layer.query is not None
    with pytest.raises(WeightsUnreadable, match="type I8"):
        layer.query.read()
