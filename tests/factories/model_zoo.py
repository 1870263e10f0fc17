"""The demonstration's small gated models, and what else can be done to one without training."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demo.model_zoo import (
    CONFIG,
    HEADS,
    KEY_HEADS,
    LAYERS,
    NEURONS,
    SIZE,
    WIDTH,
    WORDS,
    Model,
    at,
    independent,
    permuted,
    single,
    tokenizer,
    trained_on,
)
from tests.factories.tiny_models import Tensors

__all__ = [
    "CONFIG",
    "HEADS",
    "KEY_HEADS",
    "LAYERS",
    "NEURONS",
    "SIZE",
    "TRANSFORMS",
    "WIDTH",
    "WORDS",
    "at",
    "independent",
    "permuted",
    "single",
    "tokenizer",
    "trained_on",
]


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
