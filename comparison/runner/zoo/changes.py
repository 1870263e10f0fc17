"""What is done to a trained model's weights; ``rearranging`` holds what leaves its answers as they are."""

from collections.abc import Sequence

import numpy as np

from comparison.runner.zoo.rearranging import Tensors, at, permuted, rescaled, rotated, single
from comparison.runner.zoo.recipe import Shape

PRUNED, NOISE, EXPERT_NOISE, EXPERTS = 0.5, 0.1, 0.02, 3
"""Share of numbers removed; noise as a share of each matrix's spread; experts of a mixture."""


def pruned(model: Tensors) -> Tensors:
    """Without the smaller half of each matrix's numbers."""
    return {
        name: v * (np.abs(v) > np.quantile(np.abs(v), PRUNED)) if v.ndim > 1 else v
        for name, v in model.items()
    }


def quantised(model: Tensors) -> Tensors:
    """In steps of a fifteenth of each row's range, as four bits give."""

    def stepped(values: np.ndarray) -> np.ndarray:
        step = np.maximum(np.abs(values).max(axis=-1, keepdims=True) / 7, 1e-12)
        rounded: np.ndarray = np.round(values / step) * step
        return rounded

    return {name: stepped(v) if v.ndim > 1 else v for name, v in model.items()}


def noised(model: Tensors, random: np.random.Generator, amount: float = NOISE) -> Tensors:
    """Every matrix moved by this share of its spread."""
    return {
        name: v + amount * v.std() * random.normal(size=v.shape) if v.ndim > 1 else v
        for name, v in model.items()
    }


def merged(models: Sequence[Tensors]) -> Tensors:
    """The mean of all."""
    return {name: np.mean([model[name] for model in models], axis=0) for name in models[0]}


def layer_dropped(model: Tensors, shape: Shape) -> tuple[Tensors, Shape]:
    """Without its middle layer."""
    dropped, kept = shape.layers // 2, {}
    for name, values in model.items():
        place = name
        if name.startswith("model.layers."):
            number, rest = name.removeprefix("model.layers.").split(".", 1)
            if int(number) == dropped:
                continue
            place = f"model.layers.{int(number) - (int(number) > dropped)}.{rest}"
        kept[place] = values
    return kept, Shape(shape.width, shape.layers - 1, shape.neurons, shape.heads, shape.key_heads)


def upcycled(model: Tensors, shape: Shape, random: np.random.Generator) -> Tensors:
    """Each feed-forward block has become several, a little apart, named as Mixtral's are."""
    made = {name: values for name, values in model.items() if ".mlp." not in name}
    for layer in range(shape.layers):
        stem = f"model.layers.{layer}.block_sparse_moe"
        made[f"{stem}.gate.weight"] = 0.02 * random.normal(size=(EXPERTS, shape.width))
        for expert in range(EXPERTS):
            for role, short in (("gate_proj", "w1"), ("up_proj", "w3"), ("down_proj", "w2")):
                block = {role: model[at(layer, f"mlp.{role}")]}
                made[f"{stem}.experts.{expert}.{short}.weight"] = noised(block, random, EXPERT_NOISE)[role]
    return made


def changed(
    models: Sequence[Tensors], shape: Shape, names: Sequence[str], random: np.random.Generator
) -> tuple[Tensors, Shape]:
    """The first model (for a merger, all of them) after these changes, one after the other, and its shape."""
    model = models[0]
    for name in names:
        match name:
            case "merged":
                model = merged(models)
            case "layer-dropped":
                model, shape = layer_dropped(model, shape)
            case "upcycled":
                model = upcycled(model, shape, random)
            case "pruned":
                model = pruned(model)
            case "quantised":
                model = quantised(model)
            case "noised":
                model = noised(model, random)
            case _:
                model = {"permuted": permuted, "rotated": rotated, "rescaled": rescaled}[name](
                    model, shape, random
                )
    return single(model), shape
