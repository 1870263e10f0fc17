"""The weights in an ONNX file, read as the protocol buffers they are: names, shapes and numbers."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.factories.tiny_models import Tensors

GRAPH, INITIALIZER = 7, 5
SHAPE, TYPE, NAME, CONTENT = 1, 2, 8, 9
DTYPES = {1: "<f4", 2: "u1", 3: "i1"}
Field = int | memoryview


def weights(file: Path) -> Tensors:
    """Every array of a type that is read, by its name."""
    found: Tensors = {}
    for graph in _of(_fields(memoryview(file.read_bytes())), GRAPH):
        for tensor in _of(_fields(graph), INITIALIZER):
            fields = list(_fields(tensor))
            kind = next((value for number, value in fields if number == TYPE), 0)
            content = next(_of(fields, CONTENT), None)
            if isinstance(kind, int) and kind in DTYPES and content is not None:
                shape = [size for number, value in fields if number == SHAPE for size in _sizes(value)]
                name = bytes(next(_of(fields, NAME))).decode()
                found[name] = np.frombuffer(content, DTYPES[kind]).reshape(shape)
    return found


def _of(fields: "Iterator[tuple[int, Field]] | list[tuple[int, Field]]", wanted: int) -> Iterator[memoryview]:
    return (value for number, value in fields if number == wanted and isinstance(value, memoryview))


def _sizes(value: Field) -> list[int]:
    if isinstance(value, int):
        return [value]
    sizes, at = [], 0
    while at < len(value):
        size, at = _number(value, at)
        sizes.append(size)
    return sizes


def _fields(message: memoryview) -> Iterator[tuple[int, Field]]:
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        match key & 7:
            case 0:
                value, at = _number(message, at)
                yield key >> 3, value
            case 2:
                length, at = _number(message, at)
                yield key >> 3, message[at : at + length]
                at += length
            case kind:
                at += {1: 8, 5: 4}[kind]


def _number(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
