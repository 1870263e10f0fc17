"""The cosine between two tensors, read side by side in blocks, so that neither is ever held whole."""

from dataclasses import asdict, dataclass
from math import isfinite, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.weights.arrays import DTYPES
from comparison.weights.folder import Folder
from comparison.weights.tensors import Tensor

BLOCK = 1024 * 1024
"""Elements read at once."""
STRETCH = 64 * 1024
"""Elements summed in single precision before the sums are carried on in double."""


@dataclass(frozen=True, slots=True)
class TensorCosine:
    """Two tensors of one name.

    Args:
        name: of both.
        elements: numbers in each.
        matrix: whether it has two dimensions or more.
        cosine: -1 to 1; None where there is none, for the reason given.
        reason: why there is none, else empty.
    """

    name: str
    elements: int
    matrix: bool
    cosine: float | None
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The row as plain JSON values."""
        return asdict(self)


def cosines(reference: Folder, suspect: Folder) -> list[TensorCosine]:
    """One row for each name that both models have."""
    names = [name for name in suspect.tensors if name in reference.tensors]
    return [_row(reference.tensors[name], suspect.tensors[name]) for name in names]


def mean_over_matrices(rows: list[TensorCosine]) -> float | None:
    """The mean cosine of the matrices, each weighed by its elements; None where there are none.

    Scaling any tensor by a positive number leaves it unchanged.
    """
    found = [(row.cosine, row.elements) for row in rows if row.matrix and row.cosine is not None]
    total = sum(elements for _, elements in found)
    return sum(cosine * elements for cosine, elements in found) / total if total else None


def _row(ours: Tensor, theirs: Tensor) -> TensorCosine:
    def row(cosine: float | None, reason: str = "") -> TensorCosine:
        return TensorCosine(theirs.name, theirs.elements, len(theirs.shape) > 1, cosine, reason)

    if ours.shape != theirs.shape:
        return row(None, "the shapes differ")
    if unread := sorted({ours.dtype, theirs.dtype} - set(DTYPES)):
        return row(None, f"numbers of type {unread[0]} are not read")
    value = cosine(ours, theirs)
    return row(value, "" if value is not None else "a tensor is zero, or holds numbers that are not finite")


def cosine(ours: Tensor, theirs: Tensor) -> float | None:
    """The cosine of two tensors of equal shape; None where one is zero or not finite throughout."""
    for precision in (np.float32, np.float64):
        product, first, second = _sums(ours, theirs, precision)
        if all(map(isfinite, (product, first, second))) and first > 0 and second > 0:
            return max(-1.0, min(1.0, product / sqrt(first) / sqrt(second)))
    return None


def _sums(ours: Tensor, theirs: Tensor, precision: type[np.floating[Any]]) -> tuple[float, float, float]:
    """Sum of products, and of the squares of each; float32 falls short only beyond its range."""
    product = first = second = 0.0
    kind, other = DTYPES[ours.dtype], DTYPES[theirs.dtype]
    blocks = zip(ours.pieces(BLOCK * kind.itemsize), theirs.pieces(BLOCK * other.itemsize), strict=True)
    with np.errstate(over="ignore", invalid="ignore"):
        for left, right in blocks:
            one, two = np.frombuffer(left, dtype=kind), np.frombuffer(right, dtype=other)
            for begin in range(0, one.size, STRETCH):
                x = _wide(one[begin : begin + STRETCH], precision)
                y = _wide(two[begin : begin + STRETCH], precision)
                product += float(x @ y)
                first += float(x @ x)
                second += float(y @ y)
    return product, first, second


def _wide(values: NDArray[Any], precision: type[np.floating[Any]]) -> NDArray[Any]:
    return values.astype(precision, copy=False)
