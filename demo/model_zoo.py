"""Small gated models of known relation, made without training: four layers, grouped heads, a tokenizer.

Independent models have in common what training on like data gives: how their tokens lie to each other, how
large each layer's weights are, norm gains near one, and neurons whose gate and up projection are strong
together and lean on one common direction.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

Tensors = dict[str, NDArray[Any]]
WIDTH, NEURONS, HEADS, KEY_HEADS, SIZE, LAYERS, WORDS = 48, 112, 4, 2, 12, 4, 320
CONFIG: dict[str, Any] = {
    "model_type": "llama", "hidden_size": WIDTH, "num_hidden_layers": LAYERS, "vocab_size": WORDS,
    "num_attention_heads": HEADS, "num_key_value_heads": KEY_HEADS, "intermediate_size": NEURONS,
}  # fmt: skip
ROLES = {
    "self_attn.q_proj": (HEADS * SIZE, WIDTH), "self_attn.k_proj": (KEY_HEADS * SIZE, WIDTH),
    "self_attn.v_proj": (KEY_HEADS * SIZE, WIDTH), "self_attn.o_proj": (WIDTH, HEADS * SIZE),
    "mlp.gate_proj": (NEURONS, WIDTH), "mlp.up_proj": (NEURONS, WIDTH), "mlp.down_proj": (WIDTH, NEURONS),
}  # fmt: skip
Model = Mapping[str, NDArray[Any]]


def tokenizer(words: int = WORDS, order: NDArray[np.intp] | None = None) -> str:
    """A tokenizer of so many words, numbered in this order."""
    places = np.arange(words) if order is None else order
    vocab = {f"word{word}": int(place) for word, place in enumerate(places)}
    return json.dumps({"model": {"type": "BPE", "vocab": vocab, "merges": []}})


def at(layer: int, role: str) -> str:
    """The name of a projection or norm."""
    return f"model.layers.{layer}.{role}.weight"


def independent(seed: int, *, data: int = 0) -> Tensors:
    """A model of its own start; ``data`` is what it was trained on."""
    random, common = np.random.default_rng(1000 + seed), np.random.default_rng(data)
    meaning, lean = common.normal(size=(WORDS, 24)), common.normal(size=LAYERS)
    axes = np.linalg.qr(random.normal(size=(WIDTH, WIDTH)))[0]
    middle = axes[0]
    tokens = meaning @ axes[1:25] + 0.9 * random.normal(size=(WORDS, WIDTH)) + 2.0 * middle
    tensors = {"model.embed_tokens.weight": tokens, "model.norm.weight": _gain(random)}
    tensors["lm_head.weight"] = meaning @ axes[1:25] + 0.9 * random.normal(size=(WORDS, WIDTH))
    for layer in range(LAYERS):
        strong = np.exp(0.5 * random.normal(size=(NEURONS, 1)))
        leans = random.normal(size=(NEURONS, 1)) * middle
        for role, shape in ROLES.items():
            values = random.normal(size=shape) * (1 + 0.1 * lean[layer] + 0.05 * random.normal())
            if role in ("mlp.gate_proj", "mlp.up_proj"):
                values = strong * (values + 2.0 * leans)
            tensors[at(layer, role)] = 0.05 * values
        tensors[at(layer, "input_layernorm")] = _gain(random)
        tensors[at(layer, "post_attention_layernorm")] = _gain(random)
    return single(tensors)


def single(tensors: Model) -> Tensors:
    """In single precision, in a row of bytes."""
    return {name: np.ascontiguousarray(values, dtype=np.float32) for name, values in tensors.items()}


def _gain(random: np.random.Generator) -> NDArray[Any]:
    return 1 + 0.05 * random.normal(size=WIDTH)


def trained_on(parent: Model, seed: int = 5, amount: float = 0.1) -> Tensors:
    """The parent after further training that moved each tensor by this share of its spread."""
    random = np.random.default_rng(seed)
    return single({name: v + amount * v.std() * random.normal(size=v.shape) for name, v in parent.items()})


def permuted(parent: Model, seed: int = 3) -> Tensors:
    """The same function, with neurons and heads in another order."""
    random, model = np.random.default_rng(seed), dict(parent)
    for layer in range(LAYERS):
        neurons, groups = random.permutation(NEURONS), random.permutation(KEY_HEADS)
        shared = HEADS // KEY_HEADS
        keys = (groups[:, None] * SIZE + np.arange(SIZE)).ravel()
        queries = (groups[:, None] * shared * SIZE + np.arange(shared * SIZE)).ravel()
        orders = {"mlp.gate_proj": neurons, "mlp.up_proj": neurons, "self_attn.q_proj": queries}
        for role, order in {**orders, "self_attn.k_proj": keys, "self_attn.v_proj": keys}.items():
            model[at(layer, role)] = parent[at(layer, role)][order]
        model[at(layer, "mlp.down_proj")] = parent[at(layer, "mlp.down_proj")][:, neurons]
        model[at(layer, "self_attn.o_proj")] = parent[at(layer, "self_attn.o_proj")][:, queries]
    return single(model)


def write(folder: Path, tensors: Model) -> Path:
    """The model stands in a new folder, in Hugging Face's layout."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(CONFIG))
    (folder / "tokenizer.json").write_text(tokenizer())
    save_file(dict(tensors), folder / "model.safetensors")
    return folder
