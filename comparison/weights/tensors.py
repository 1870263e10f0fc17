"""One safetensors file: its tensors and where their bytes lie. Nothing in the file is ever executed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from comparison.weights import refusals
from comparison.weights.errors import PickleRefused, WeightsMissing, WeightsUnreadable

LENGTH_BYTES = 8
PICKLE_STARTS = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"PK\x03\x04")
"""Pickle protocols 2 to 5, and the zip archive that PyTorch wraps around one."""
PICKLE_REMEDY = (
    "Ask whoever holds the model for its safetensors files, or convert it with the publisher's own tool on "
    "a machine that holds nothing else, and keep both files as exhibits."
)
FETCH_AGAIN = "Fetch the file again from where it was obtained and compare its SHA-256 with the publisher's."


@dataclass(frozen=True, slots=True)
class Tensor:
    """A named array in a file.

    Args:
        name: as the file gives it.
        dtype: the safetensors word (``F32``, ``BF16``, ...).
        shape: elements in each dimension.
        file: where it lies.
        start: offset of its first byte in the file.
        end: offset after its last byte.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    file: Path
    start: int
    end: int

    @property
    def elements(self) -> int:
        """How many numbers it holds; 1 for a scalar."""
        return prod(self.shape)

    def pieces(self, size: int) -> Iterator[bytes]:
        """Its raw bytes in order, at most ``size`` bytes at a time.

        Raises:
            WeightsUnreadable: the file ends early, because it changed while it was read.
        """
        with self.file.open("rb", buffering=0) as source:
            source.seek(self.start)
            left = self.end - self.start
            while left:
                piece = _exactly(source, min(size, left), self.file)
                left -= len(piece)
                yield piece


def _exactly(source: Any, size: int, file: Path) -> bytes:
    """The next ``size`` bytes, however many reads they take."""
    parts = []
    while size:
        part = source.read(size)
        if not part:
            raise WeightsUnreadable(refusals.ENDED, remedy=f"It is {file.name}. {FETCH_AGAIN}")
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_header(file: Path) -> list[Tensor]:
    """The file's tensors in the order of their bytes, which follow each other without a gap to its end.

    Raises:
        WeightsMissing: there is no such file.
        PickleRefused: it is a pickle under another name.
        WeightsUnreadable: it is truncated or no safetensors file.
    """
    if not file.is_file():
        raise WeightsMissing(f"{file.name} is not in the folder {file.parent.name}.", remedy=FETCH_AGAIN)
    with file.open("rb") as source:
        start = source.read(LENGTH_BYTES)
    if start.startswith(PICKLE_STARTS):
        raise PickleRefused(f"{file.name} is a pickle, whatever its name says.", remedy=PICKLE_REMEDY)
    try:
        with safe_open(str(file), framework="np"):
            pass
    except (SafetensorError, OSError) as error:
        raise WeightsUnreadable(
            f"{file.name} is truncated or not a safetensors file ({error}).", remedy=FETCH_AGAIN
        ) from error
    length = int.from_bytes(start, "little")
    with file.open("rb") as source:
        source.seek(LENGTH_BYTES)
        header: dict[str, Any] = json.loads(source.read(length))
    header.pop("__metadata__", None)
    first = LENGTH_BYTES + length
    tensors = [
        Tensor(
            name=name,
            dtype=entry["dtype"],
            shape=tuple(entry["shape"]),
            file=file,
            start=first + entry["data_offsets"][0],
            end=first + entry["data_offsets"][1],
        )
        for name, entry in header.items()
    ]
    return sorted(tensors, key=lambda tensor: (tensor.start, tensor.end))
