"""Which tensors of two models are the same bytes, and how configuration and tokenizer differ."""

import re
from collections import defaultdict
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from comparison.evaluation import refusals, words
from comparison.weights.manifest import Manifest, TensorDigest

FLOATS = frozenset(("F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2"))
COMPUTED = re.compile(r"(inv_freq|position_ids|attn\.(masked_)?bias|rotary_emb\..*_cached)$")
"""Names of tables that a configuration fully determines."""
MISSING = object()


class State(StrEnum):
    """How a tensor of one model stands to the other model."""

    IDENTICAL = "identical"
    MOVED = "identical under another name"
    DIFFERENT = "different"
    RESHAPED = "other shape or type"
    REFERENCE_ONLY = "in the reference only"
    SUSPECT_ONLY = "in the suspect only"


@dataclass(frozen=True, slots=True)
class TensorState:
    """One row of the table of tensors.

    Args:
        name: in the suspect where it is there, else in the reference.
        state: how it stands to the other model.
        trained: whether its bytes could only come from training or from a random start.
        elements: numbers in it.
        dtype: its type.
        shape: its shape.
        suspect_sha256: hash in the suspect, empty where it is not there.
        reference_sha256: hash in the reference, empty where it is not there.
        elsewhere: names in the reference under which the same bytes stand.
    """

    name: str
    state: State
    trained: bool
    elements: int
    dtype: str
    shape: tuple[int, ...]
    suspect_sha256: str
    reference_sha256: str
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HashComparison:
    """What the two manifests say of each other.

    Args:
        tensors: every tensor of either model, by name.
        config: keys whose values differ: ``{key: [reference, suspect]}``; None where a side has no such key.
        tokenizer: ``{file: "identical" | "different" | "in the reference only" | "in the suspect only"}``.
    """

    tensors: tuple[TensorState, ...]
    config: dict[str, list[Any]]
    tokenizer: dict[str, str]

    @property
    def share(self) -> float | None:
        """Share (0 to 1) of the suspect's trained parameters that stand in the reference byte for byte.

        None where the suspect has no trained tensor.
        """
        own = [row for row in self.tensors if row.trained and row.state is not State.REFERENCE_ONLY]
        total = sum(row.elements for row in own)
        same = sum(row.elements for row in own if row.state in (State.IDENTICAL, State.MOVED))
        return same / total if total else None

    def count(self, *states: State, trained: bool | None = None) -> int:
        """How many tensors stand so; with ``trained`` only the trained, or only the others."""
        return sum(row.state in states and trained in (None, row.trained) for row in self.tensors)

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        return {
            "tensors": [{**asdict(row), "shape": list(row.shape), "elsewhere": list(row.elsewhere)}
                        for row in self.tensors],
            "config": self.config,
            "tokenizer": self.tokenizer,
        }  # fmt: skip

    def caveats(self) -> list[str]:
        """What must be read with the value, or why there is none."""
        if self.share is None:
            return [refusals.because(refusals.NO_TRAINED_TENSOR), words.UNINFORMATIVE]
        shared = self.count(State.IDENTICAL, State.MOVED, trained=True)
        first = (
            [words.IDENTICAL_TRAINED, words.SHARED_INITIALISATION] if shared else [words.NOTHING_IDENTICAL]
        )
        return [*first, words.UNINFORMATIVE]


def is_trained(tensor: TensorDigest) -> bool:
    """Whether the tensor's bytes are neither constant nor computed from the configuration."""
    return tensor.dtype in FLOATS and not tensor.constant and not COMPUTED.search(tensor.name)


def compare_manifests(reference: Manifest, suspect: Manifest) -> HashComparison:
    """Every tensor, configuration key and tokenizer file of either model is set against the other's."""
    ours = {tensor.name: tensor for tensor in reference.tensors}
    theirs = {tensor.name: tensor for tensor in suspect.tensors}
    by_content: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tensor in reference.tensors:
        by_content[tensor.dtype, tensor.sha256].append(tensor.name)
    rows = [_row(name, ours.get(name), theirs.get(name), by_content) for name in sorted({*ours, *theirs})]
    keys = sorted({*reference.config, *suspect.config})
    return HashComparison(
        tensors=tuple(rows),
        config={
            key: [reference.config.get(key), suspect.config.get(key)]
            for key in keys
            if reference.config.get(key, MISSING) != suspect.config.get(key, MISSING)
        },
        tokenizer={
            name: _presence(reference.tokenizer.get(name), suspect.tokenizer.get(name))
            for name in sorted({*reference.tokenizer, *suspect.tokenizer})
        },
    )


def _row(
    name: str,
    ours: TensorDigest | None,
    theirs: TensorDigest | None,
    by_content: dict[tuple[str, str], list[str]],
) -> TensorState:
    shown = theirs or ours
    if shown is None:
        raise LookupError(name)
    twins = by_content.get((theirs.dtype, theirs.sha256), []) if theirs and is_trained(theirs) else []
    return TensorState(
        name=name,
        state=_state(ours, theirs, bool(twins)),
        trained=is_trained(shown),
        elements=shown.elements,
        dtype=shown.dtype,
        shape=shown.shape,
        suspect_sha256=theirs.sha256 if theirs else "",
        reference_sha256=ours.sha256 if ours else "",
        elsewhere=tuple(twin for twin in twins if twin != name),
    )


def _state(ours: TensorDigest | None, theirs: TensorDigest | None, has_twin: bool) -> State:
    if theirs is None:
        return State.REFERENCE_ONLY
    alike = ours is not None and (ours.shape, ours.dtype) == (theirs.shape, theirs.dtype)
    if ours is not None and alike and ours.sha256 == theirs.sha256:
        return State.IDENTICAL
    if has_twin:
        return State.MOVED
    if ours is None:
        return State.SUSPECT_ONLY
    return State.DIFFERENT if alike else State.RESHAPED


def _presence(ours: str | None, theirs: str | None) -> str:
    if theirs is None:
        return State.REFERENCE_ONLY
    if ours is None:
        return State.SUSPECT_ONLY
    return State.IDENTICAL if ours == theirs else State.DIFFERENT
