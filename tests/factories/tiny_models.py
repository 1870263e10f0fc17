"""Very small models in Hugging Face's layout, the same bytes on every run: two layers, width 32."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

Tensors = dict[str, NDArray[Any]]
WIDTH, LAYERS, WORDS = 32, 2, 96
CONFIG: dict[str, Any] = {
    "model_type": "llama",
    "hidden_size": WIDTH,
    "num_hidden_layers": LAYERS,
    "vocab_size": WORDS,
    "auto_map": {"AutoModel": "modeling.Never"},
}
BF16 = np.dtype(ml_dtypes.bfloat16)


def independent(seed: int) -> Tensors:
    """A model of its own: random matrices, norm gains near 1, one constant norm and a computed table."""
    random = np.random.default_rng(seed)
    tensors: Tensors = {
        "model.embed_tokens.weight": random.normal(0, 0.02, (WORDS, WIDTH)).astype(np.float32),
        "model.norm.weight": np.ones(WIDTH, dtype=np.float32),
        "lm_head.weight": random.normal(0, 0.02, (WORDS, WIDTH)).astype(np.float32),
    }
    for layer in range(LAYERS):
        stem = f"model.layers.{layer}"
        for role in ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj"):
            tensors[f"{stem}.{role}.weight"] = random.normal(0, 0.02, (WIDTH, WIDTH)).astype(np.float32)
        tensors[f"{stem}.mlp.up_proj.weight"] = random.normal(0, 0.02, (4 * WIDTH, WIDTH)).astype(np.float32)
        tensors[f"{stem}.mlp.down_proj.weight"] = random.normal(0, 0.02, (WIDTH, 4 * WIDTH)).astype(
            np.float32
        )
        tensors[f"{stem}.input_layernorm.weight"] = (1 + random.normal(0, 0.02, WIDTH)).astype(np.float32)
        tensors[f"{stem}.self_attn.rotary_emb.inv_freq"] = (
            10000.0 ** -np.linspace(0, 1, 16, endpoint=False)
        ).astype(np.float32)
    return tensors


def fine_tuned(parent: Mapping[str, NDArray[Any]], seed: int = 99) -> Tensors:
    """The parent with its second layer and its head trained a little further; the rest untouched."""
    random = np.random.default_rng(seed)
    moved = ("model.layers.1.", "lm_head.")
    return {
        name: (values + random.normal(0, 0.002, values.shape).astype(values.dtype))
        if name.startswith(moved) and not name.endswith("inv_freq")
        else values
        for name, values in parent.items()
    }


def write(
    folder: Path,
    tensors: Mapping[str, NDArray[Any]],
    *,
    shards: int = 1,
    config: Mapping[str, Any] = CONFIG,
    tokenizer: str = '{"version": "1.0"}',
) -> Path:
    """The model stands in the folder, with an index when it has several shards."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(dict(config)))
    (folder / "tokenizer.json").write_text(tokenizer)
    if shards == 1:
        save_file(dict(tensors), folder / "model.safetensors")
        return folder
    names, places = sorted(tensors), {}
    for number in range(shards):
        file = f"model-{number + 1:05}-of-{shards:05}.safetensors"
        part = {name: tensors[name] for name in names[number::shards]}
        save_file(part, folder / file)
        places.update(dict.fromkeys(part, file))
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": places}))
    return folder
