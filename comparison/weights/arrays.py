"""Tensors as arrays of single precision, one tensor or some of its rows at a time."""

from typing import Any

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from comparison.weights import refusals
from comparison.weights.errors import WeightsUnreadable
from comparison.weights.tensors import FETCH_AGAIN, Tensor

PIECE = 4 * 1024 * 1024
"""Bytes converted at once; a multiple of every element's size."""
DTYPES: dict[str, Any] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "BF16": np.dtype(ml_dtypes.bfloat16),
}
Matrix = NDArray[np.float32]


def whole(tensor: Tensor) -> Matrix:
    """Every number of the tensor, in its own shape.

    Raises:
        WeightsUnreadable: its numbers are of a type that is not read, or are not finite.
    """
    kind = _kind(tensor)
    values = np.empty(tensor.elements, dtype=np.float32)
    at = 0
    for piece in tensor.pieces(PIECE):
        block = np.frombuffer(piece, dtype=kind)
        values[at : at + block.size] = block
        at += block.size
    return _finite(values.reshape(tensor.shape), tensor)


def rows(tensor: Tensor, numbers: NDArray[np.intp]) -> Matrix:
    """Some rows of a matrix, in the order given; the others are never read.

    Raises:
        WeightsUnreadable: as for ``whole``; or the file ends early.
    """
    kind = _kind(tensor)
    width = tensor.shape[1] * kind.itemsize
    values = np.empty((len(numbers), tensor.shape[1]), dtype=np.float32)
    with tensor.file.open("rb") as source:
        for place, number in enumerate(numbers):
            source.seek(tensor.start + int(number) * width)
            row = source.read(width)
            if len(row) < width:
                raise WeightsUnreadable(refusals.ENDED, remedy=f"It is {tensor.file.name}. {FETCH_AGAIN}")
            values[place] = np.frombuffer(row, dtype=kind)
    return _finite(values, tensor)


def _kind(tensor: Tensor) -> Any:
    if tensor.dtype not in DTYPES:
        raise WeightsUnreadable(
            refusals.OTHER_NUMBERS,
            remedy=f"{tensor.name} is of type {tensor.dtype}. Compare the model as it was before it was "
            "quantised, or by hashes only.",
        )
    return DTYPES[tensor.dtype]


def _finite(values: Matrix, tensor: Tensor) -> Matrix:
    if not np.isfinite(values).all():
        raise WeightsUnreadable(refusals.NOT_FINITE, remedy=f"They are in {tensor.name}. {FETCH_AGAIN}")
    return values
