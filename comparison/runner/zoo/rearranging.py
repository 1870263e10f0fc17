"""Rearrangements of a model's weights after which it gives the same answers to everything."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.runner.zoo.recipe import Shape

Tensors = Mapping[str, NDArray[Any]]
READERS = {
    "input_layernorm": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "post_attention_layernorm": ("mlp.gate_proj", "mlp.up_proj"),
}
"""For each norm of a layer, the projections that read what it gives."""
WRITERS = ("self_attn.o_proj", "mlp.down_proj")


def at(layer: int, role: str) -> str:
    """The name of a projection or norm."""
    return f"model.layers.{layer}.{role}.weight"


def single(model: Tensors) -> dict[str, NDArray[Any]]:
    """In single precision, in a row of bytes."""
    return {name: np.ascontiguousarray(values, dtype=np.float32) for name, values in model.items()}


def permuted(model: Tensors, shape: Shape, random: np.random.Generator) -> Tensors:
    """Neurons, groups of heads and the heads of each group in another order, with the matching inverse."""
    made, shared = dict(model), shape.heads // shape.key_heads
    for layer in range(shape.layers):
        neurons, groups = random.permutation(shape.neurons), random.permutation(shape.key_heads)
        heads = np.concatenate([group * shared + random.permutation(shared) for group in groups])
        queries, keys = (_axes(order, shape.size) for order in (heads, groups))
        orders = {"mlp.gate_proj": neurons, "mlp.up_proj": neurons, "self_attn.q_proj": queries,
                  "self_attn.k_proj": keys, "self_attn.v_proj": keys}  # fmt: skip
        for role, order in orders.items():
            made[at(layer, role)] = model[at(layer, role)][order]
        made[at(layer, "mlp.down_proj")] = model[at(layer, "mlp.down_proj")][:, neurons]
        made[at(layer, "self_attn.o_proj")] = model[at(layer, "self_attn.o_proj")][:, queries]
    return made


def _axes(order: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    axes: NDArray[np.intp] = (order[:, None] * size + np.arange(size)).ravel()
    return axes


def rotated(model: Tensors, shape: Shape, random: np.random.Generator) -> Tensors:
    """The stream rotated; gains were multiplied into what reads them first."""
    turn = np.linalg.qr(random.normal(size=(shape.width, shape.width)))[0]
    made = dict(model)
    made["model.embed_tokens.weight"] = model["model.embed_tokens.weight"] @ turn
    made["lm_head.weight"] = model["lm_head.weight"] * model["model.norm.weight"] @ turn
    made["model.norm.weight"] = np.ones(shape.width)
    for layer in range(shape.layers):
        for norm, readers in READERS.items():
            for role in readers:
                made[at(layer, role)] = model[at(layer, role)] * model[at(layer, norm)] @ turn
            made[at(layer, norm)] = np.ones(shape.width)
        for role in WRITERS:
            made[at(layer, role)] = turn.T @ model[at(layer, role)]
    return made


def rescaled(model: Tensors, shape: Shape, random: np.random.Generator) -> Tensors:
    """Gains multiplied and their readers divided; likewise what each neuron brings up and writes down."""
    made = dict(model)
    for layer in range(shape.layers):
        for norm, readers in READERS.items():
            scale = np.exp(random.normal(size=shape.width))
            made[at(layer, norm)] = model[at(layer, norm)] * scale
            for role in readers:
                made[at(layer, role)] = model[at(layer, role)] / scale
        scale = np.exp(random.normal(size=shape.neurons))
        made[at(layer, "mlp.up_proj")] = made[at(layer, "mlp.up_proj")] * scale[:, None]
        made[at(layer, "mlp.down_proj")] = model[at(layer, "mlp.down_proj")] / scale
    return made
