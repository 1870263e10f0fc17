"""A zoo of gated models of known lineage, made without training: four layers, grouped heads, a tokenizer.

Independent models have in common what training on like data gives: how their tokens lie to each other, how
large each layer's weights are, norm gains near one, and neurons whose gate and up projection are strong
together and lean on one common direction.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.factories.tiny_models import Tensors

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


def continued(parent: Model) -> Tensors:
    """The parent after training as long as the first."""
    return trained_on(parent, amount=0.8)


def pruned(parent: Model) -> Tensors:
    """The parent without the smaller 40% of each matrix's numbers."""
    return single(
        {
            name: v * (np.abs(v) > np.quantile(np.abs(v), 0.4)) if v.ndim > 1 else v
            for name, v in parent.items()
        }
    )


def quantised(parent: Model) -> Tensors:
    """The parent in steps of a fifteenth of each row's range, as four bits give."""
    steps = {name: np.abs(v).max(axis=-1, keepdims=True) / 7 for name, v in parent.items()}
    return single(
        {name: np.round(v / steps[name]) * steps[name] if v.ndim > 1 else v for name, v in parent.items()}
    )


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


def shuffled(parent: Model, seed: int = 4) -> Tensors:
    """The same function, with the axes of the stream in another order and some turned round."""
    random = np.random.default_rng(seed)
    order, signs = random.permutation(WIDTH), random.choice([-1.0, 1.0], WIDTH)
    turn = np.zeros((WIDTH, WIDTH))
    turn[order, np.arange(WIDTH)] = signs
    return _turned(parent, turn)


def rotated(parent: Model, seed: int = 4) -> Tensors:
    """The same function, with the stream rotated; gains were multiplied into what reads them."""
    return _turned(parent, np.linalg.qr(np.random.default_rng(seed).normal(size=(WIDTH, WIDTH)))[0])


def _turned(parent: Model, turn: NDArray[Any]) -> Tensors:
    model = dict(parent)
    model["model.embed_tokens.weight"] = parent["model.embed_tokens.weight"] @ turn
    model["lm_head.weight"] = parent["lm_head.weight"] * parent["model.norm.weight"] @ turn
    model["model.norm.weight"] = np.ones(WIDTH)
    for layer in range(LAYERS):
        for norm, readers in READERS.items():
            for role in readers:
                model[at(layer, role)] = parent[at(layer, role)] * parent[at(layer, norm)] @ turn
            model[at(layer, norm)] = np.ones(WIDTH)
        for role in ("self_attn.o_proj", "mlp.down_proj"):
            model[at(layer, role)] = turn.T @ parent[at(layer, role)]
    return single(model)


READERS = {
    "input_layernorm": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "post_attention_layernorm": ("mlp.gate_proj", "mlp.up_proj"),
}


def rescaled(parent: Model, seed: int = 6) -> Tensors:
    """The same function, with every gain multiplied and what reads it divided."""
    random, model = np.random.default_rng(seed), dict(parent)
    for layer in range(LAYERS):
        for norm, readers in READERS.items():
            scale = np.exp(random.normal(size=WIDTH))
            model[at(layer, norm)] = parent[at(layer, norm)] * scale
            for role in readers:
                model[at(layer, role)] = parent[at(layer, role)] / scale
    return single(model)


def merged(parent: Model) -> Tensors:
    """The mean of two models that were made from the parent."""
    one, other = trained_on(parent, 11, 0.5), trained_on(parent, 12, 0.5)
    return single({name: (one[name] + other[name]) / 2 for name in one})


def shortened(parent: Model) -> Tensors:
    """The parent without its second layer."""
    model = {}
    for name, values in parent.items():
        if name.startswith("model.layers."):
            number, rest = name.removeprefix("model.layers.").split(".", 1)
            if number == "1":
                continue
            name = f"model.layers.{int(number) - (int(number) > 1)}.{rest}"
        model[name] = values
    return single(trained_on(model, 8, 0.1))


def upcycled(parent: Model, experts: int = 3) -> Tensors:
    """Each feed-forward block has become several experts, named as Mixtral does."""
    model: dict[str, NDArray[Any]] = {}
    for name, values in parent.items():
        role = next((role for role in ("gate_proj", "up_proj", "down_proj") if f"mlp.{role}" in name), None)
        if role is None:
            model[name] = values
            continue
        stem, short = name.split("mlp.")[0], {"gate_proj": "w1", "up_proj": "w3", "down_proj": "w2"}[role]
        for expert in range(experts):
            model[f"{stem}block_sparse_moe.experts.{expert}.{short}.weight"] = values
    for layer in range(LAYERS):
        model[f"model.layers.{layer}.block_sparse_moe.gate.weight"] = np.ones((experts, WIDTH))
    return trained_on(model, 9, 0.2)


TRANSFORMS: dict[str, Callable[[Model], Tensors]] = {
    "fine-tuned": trained_on,
    "continued": continued,
    "pruned": pruned,
    "quantised": quantised,
    "permuted": permuted,
    "axes shuffled": shuffled,
    "rotated": rotated,
    "gains rescaled": rescaled,
    "merged": merged,
    "shortened": shortened,
    "upcycled": upcycled,
}
