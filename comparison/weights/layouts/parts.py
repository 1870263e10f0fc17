"""The parts of a language model as comparisons need them; nothing is read before it is asked for."""

from dataclasses import dataclass

import numpy as np

from comparison.weights.arrays import Matrix, whole
from comparison.weights.tensors import Tensor


@dataclass(frozen=True, slots=True)
class Part:
    """One projection as ``[outputs, inputs]``.

    Args:
        tensor: in which it lies.
        transposed: stored as ``[inputs, outputs]``.
        outputs: the first output and the one after the last, of a tensor that holds several projections.
        slot: for projections that take turns head by head: the number of heads, its turn, and how many turns.
    """

    tensor: Tensor
    transposed: bool = False
    outputs: tuple[int, int] | None = None
    slot: tuple[int, int, int] | None = None

    @property
    def height(self) -> int:
        """How many outputs it has."""
        if self.outputs:
            return self.outputs[1] - self.outputs[0]
        stored = self.tensor.shape[1 if self.transposed else 0]
        return stored // self.slot[2] if self.slot else stored

    def read(self) -> Matrix:
        """Its numbers."""
        stored = whole(self.tensor)
        values = stored.T if self.transposed else stored
        if self.slot:
            heads, turn, turns = self.slot
            columns = values.shape[1]
            return values.reshape(heads, turns, -1, columns)[:, turn].reshape(-1, columns)
        return values[slice(*self.outputs)] if self.outputs else values


ROLES = ("query", "key", "value", "output")
"""The projections of a layer's attention, as ``Layer`` names them."""


@dataclass(frozen=True, slots=True)
class Mlp:
    """A feed-forward block, or one expert of it; ``gate`` is None where the family has none."""

    name: str
    gate: Part | None
    up: Part
    down: Part


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer; a part is None where the family lacks it."""

    number: int
    attention_norm: Tensor | None
    mlp_norm: Tensor | None
    query: Part | None
    key: Part | None
    value: Part | None
    output: Part | None
    mlps: tuple[Mlp, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole model.

    Args:
        family: in words.
        embeddings: ``[vocabulary, width]``.
        head: likewise; None where the embeddings serve.
        final_norm: before the head.
        layers: from the first to the last.
        heads: of a layer's attention, and how many of them have keys and values of their own; (0, 0) where
            the configuration does not say.
        gain_offset: what the family adds to the numbers stored for a norm.
        unplaced: names of tensors that stand for no known part.
    """

    family: str
    embeddings: Tensor
    head: Tensor | None
    final_norm: Tensor | None
    layers: tuple[Layer, ...]
    heads: tuple[int, int]
    gain_offset: float
    unplaced: tuple[str, ...]

    @property
    def vocabulary(self) -> int:
        """Tokens that have a row in the embeddings and in the head."""
        return min(table.shape[0] for table in (self.embeddings, self.head) if table)

    def gain(self, norm: Tensor | None) -> Matrix:
        """The gains of a norm, one for each axis; ones where there is no norm."""
        if norm is None:
            return np.ones(self.embeddings.shape[1], dtype=np.float32)
        return whole(norm) + np.float32(self.gain_offset)
