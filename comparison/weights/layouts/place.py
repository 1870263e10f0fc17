"""Finding the family whose names a model's tensors bear, and its parts."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from comparison.weights import refusals
from comparison.weights.errors import LayoutUnknown
from comparison.weights.folder import Folder
from comparison.weights.layouts.families import FAMILIES, Family
from comparison.weights.layouts.parts import Layer, Mlp, Part, Parts
from comparison.weights.tensors import Tensor

REMEDY = (
    "LLaMA, Mistral, Qwen, Gemma, GPT-2, GPT-NeoX and BERT are known, with their mixtures of experts. "
    "Compare other models by hashes and raw-weights, which need no layout."
)
SHOWN = 8
"""Names listed in a message."""
Inside = dict[str, Tensor]


@dataclass(slots=True)
class _Placed:
    family: Family
    outside: dict[str, Tensor] = field(default_factory=dict)
    layers: dict[int, dict[str, Inside]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    unplaced: list[str] = field(default_factory=list)


def parts_of(model: Folder) -> Parts:
    """The parts of the model, by the family that leaves the fewest of its tensors without a place.

    Raises:
        LayoutUnknown: no family has embeddings and layers here, or a projection does not have its shape;
            names the tensors that could not be placed.
    """
    placed = min((_place(model, family) for family in FAMILIES), key=lambda one: len(one.unplaced))
    if "embeddings" not in placed.outside or not placed.layers:
        raise _unknown(model, placed.unplaced or sorted(model.tensors))
    embeddings = placed.outside["embeddings"]
    for role in ("embeddings", "head"):
        _part(model, placed.family, placed.outside.get(role))
    sizes = _Sizes.of(model.config)
    numbers = sorted(placed.layers)
    return Parts(
        family=placed.family.name,
        embeddings=embeddings,
        head=placed.outside.get("head"),
        final_norm=placed.outside.get("final_norm"),
        layers=tuple(_layer(model, placed.family, n, placed.layers[n], sizes) for n in numbers),
        heads=(sizes.heads, sizes.key_heads),
        gain_offset=1.0 if str(model.config.get("model_type", "")) in GAINS_FROM_ZERO else 0.0,
        unplaced=tuple(placed.unplaced),
    )


GAINS_FROM_ZERO = {"gemma", "gemma2", "gemma3", "gemma3_text"}
"""Types of configuration whose norms multiply by one more than what is stored."""


@dataclass(frozen=True, slots=True)
class _Sizes:
    heads: int
    key_heads: int

    @classmethod
    def of(cls, config: dict[str, object]) -> "_Sizes":
        inner = config.get("text_config")
        known = {**(inner if isinstance(inner, dict) else {}), **config}
        heads = _whole(known.get("num_attention_heads", known.get("n_head")))
        return cls(heads, _whole(known.get("num_key_value_heads")) or heads)


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _place(model: Folder, family: Family) -> _Placed:
    placed = _Placed(family)
    for name, tensor in model.tensors.items():
        found = re.search(family.layer, name)
        if found:
            for pattern, part in family.inside.items():
                if match := re.fullmatch(pattern, found.group(2)):
                    group = match.groupdict().get("expert") or match.groupdict().get("shared") or ""
                    if part:
                        placed.layers[int(found.group(1))][group][part] = tensor
                    break
            else:
                placed.unplaced.append(name)
            continue
        for pattern, part in family.outside.items():
            if re.search(rf"(?:^|\.)(?:{pattern})$", name):
                if part:
                    placed.outside[part] = tensor
                break
        else:
            placed.unplaced.append(name)
    return placed


def _layer(model: Folder, family: Family, number: int, groups: dict[str, Inside], sizes: _Sizes) -> Layer:
    dense = groups.get("", {})
    query, key, value = _attention(model, family, dense, sizes)
    output = _part(model, family, dense.get("output"))
    mlps = [_mlp(model, family, f"layer {number}", dense)] if {"up", "gate_up"} & set(dense) else []
    mlps += [
        _mlp(
            model,
            family,
            f"layer {number}, {f'expert {group}' if group.isdigit() else 'shared expert'}",
            inside,
        )
        for group, inside in sorted(groups.items(), key=lambda item: (len(item[0]), item[0]))
        if group
    ]
    if not mlps:
        raise _unknown(model, [tensor.name for tensor in dense.values()])
    return Layer(
        number=number,
        attention_norm=dense.get("attention_norm"),
        mlp_norm=dense.get("mlp_norm", dense.get("norm_between")),
        query=query, key=key, value=value, output=output, mlps=tuple(mlps),
    )  # fmt: skip


def _mlp(model: Folder, family: Family, name: str, inside: Inside) -> Mlp:
    down = _part(model, family, inside.get("down"))
    gate, up = _part(model, family, inside.get("gate")), _part(model, family, inside.get("up"))
    if both := inside.get("gate_up"):
        half = both.shape[0] // 2
        gate, up = Part(both, outputs=(0, half)), Part(both, outputs=(half, 2 * half))
    if up is None or down is None:
        raise _unknown(model, [tensor.name for tensor in inside.values()])
    return Mlp(name, gate, up, down)


def _attention(
    model: Folder, family: Family, inside: Inside, sizes: _Sizes
) -> tuple[Part | None, Part | None, Part | None]:
    fused = inside.get("query_key_value")
    if fused is None:
        query, key, value = (_part(model, family, inside.get(role)) for role in ("query", "key", "value"))
        return query, key, value
    _part(model, family, fused)
    if family.interleaved:
        if not sizes.heads or fused.shape[0] % (3 * sizes.heads):
            raise _unknown(model, [fused.name])
        query, key, value = (Part(fused, slot=(sizes.heads, turn, 3)) for turn in range(3))
        return query, key, value
    outputs = fused.shape[1 if family.transposed else 0]
    shares = (sizes.heads, sizes.key_heads, sizes.key_heads) if sizes.heads else (1, 1, 1)
    if outputs % sum(shares):
        raise _unknown(model, [fused.name])
    size = outputs // sum(shares)
    ends = [size * sum(shares[:count]) for count in range(4)]
    query, key, value = (
        Part(fused, family.transposed, outputs=(ends[turn], ends[turn + 1])) for turn in range(3)
    )
    return query, key, value


def _part(model: Folder, family: Family, tensor: Tensor | None) -> Part | None:
    if tensor is None:
        return None
    if len(tensor.shape) != 2:
        raise _unknown(model, [tensor.name])
    return Part(tensor, family.transposed)


def _unknown(model: Folder, names: list[str]) -> LayoutUnknown:
    shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    return LayoutUnknown(
        refusals.NO_LAYOUT.format(tensors=len(names)),
        remedy=f"In {model.path.resolve().name}, these tensors have no place: {shown}. {REMEDY}",
    )
