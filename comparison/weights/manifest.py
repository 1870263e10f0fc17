"""What a model consists of, as hashes: enough to say which tensors are the same bytes."""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from comparison.weights.folder import Folder, open_folder
from comparison.weights.tensors import Tensor

FORMAT = "assize-model-manifest-1"
PIECE = 4 * 1024 * 1024
"""Bytes read at once; a multiple of every element's size."""
WORDS = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}


@dataclass(frozen=True, slots=True)
class TensorDigest:
    """One tensor by its hash.

    Args:
        name: as the file gives it.
        dtype: the safetensors word.
        shape: elements in each dimension.
        file: name of the file it lies in.
        sha256: of its raw bytes, in hexadecimal.
        constant: whether all its elements are the same, as in an untrained norm or an empty tensor.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    file: str
    sha256: str
    constant: bool

    @property
    def elements(self) -> int:
        """How many numbers it holds."""
        return int(np.prod(self.shape, dtype=object))


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file of the folder: its size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything of a model that its comparison by hashes needs.

    Args:
        folder: the folder's own name.
        parameters: elements over all tensors.
        config: content of ``config.json``.
        config_sha256: of the bytes of ``config.json``.
        tokenizer: SHA-256 of each tokenizer file, by name.
        files: the weights' files.
        tensors: by name.
    """

    folder: str
    parameters: int
    config: dict[str, Any]
    config_sha256: str
    tokenizer: dict[str, str]
    files: tuple[FileDigest, ...]
    tensors: tuple[TensorDigest, ...]

    def as_json(self) -> dict[str, Any]:
        """The manifest as plain JSON values, which ``reading.read_manifest`` reads back."""
        plain: dict[str, Any] = json.loads(json.dumps({"format": FORMAT, **asdict(self)}))
        return plain

    @property
    def text(self) -> str:
        """The one JSON text of this manifest: sorted keys, no spaces."""
        return json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def sha256(self) -> str:
        """The hash of the whole manifest: names, shapes, hashes and configuration."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def content_sha256(self) -> str:
        """The hash of what the model is: configuration, tokenizer and tensors, however they are filed."""
        tensors = [(one.name, one.dtype, one.shape, one.sha256) for one in self.tensors]
        content = json.dumps([self.config_sha256, self.tokenizer, tensors], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def manifest(folder: Path) -> Manifest:
    """Every tensor and file of the model is hashed, each byte read once, a few megabytes at a time.

    Args:
        folder: holds ``config.json`` and one or more safetensors files.

    Raises:
        WeightsMissing, WeightsUnreadable, PickleRefused: as for ``folder.open_folder``.
    """
    return manifest_of(open_folder(folder))


def manifest_of(model: Folder) -> Manifest:
    """As ``manifest``, of a folder that is already open."""
    files, tensors = [], []
    for file in model.weights:
        inside = [tensor for tensor in model.tensors.values() if tensor.file == file]
        digest, found = _read_once(file, sorted(inside, key=lambda tensor: (tensor.start, tensor.end)))
        files.append(digest)
        tensors.extend(found)
    return Manifest(
        folder=model.path.resolve().name,
        parameters=sum(tensor.elements for tensor in tensors),
        config=model.config,
        config_sha256=sha256_of(model.path / "config.json"),
        tokenizer={file.name: sha256_of(file) for file in model.tokenizer},
        files=tuple(files),
        tensors=tuple(sorted(tensors, key=lambda tensor: tensor.name)),
    )


def sha256_of(file: Path) -> str:
    """SHA-256 (hex) of a file, read in pieces."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces in order; the next is being read while one is worked on."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = reader.submit(next, pieces, None)
            yield piece


def _read_once(file: Path, inside: list[Tensor]) -> tuple[FileDigest, list[TensorDigest]]:
    """The hash of a file and of each tensor in it; tensors follow the header without a gap."""
    whole = hashlib.sha256()
    with file.open("rb") as source:
        whole.update(source.read(inside[0].start if inside else file.stat().st_size))
    tensors = []
    with ThreadPoolExecutor(1) as beside:
        for tensor in inside:
            digest, constant = hashlib.sha256(), _Constancy(tensor)
            for piece in ahead(tensor.pieces(PIECE)):
                other = beside.submit(whole.update, piece)
                digest.update(piece)
                constant.see(piece)
                other.result()
            tensors.append(
                TensorDigest(
                    name=tensor.name,
                    dtype=tensor.dtype,
                    shape=tensor.shape,
                    file=file.name,
                    sha256=digest.hexdigest(),
                    constant=constant.holds,
                )
            )
    return FileDigest(name=file.name, size=file.stat().st_size, sha256=whole.hexdigest()), tensors


class _Constancy:
    """Whether all elements seen so far have the same bytes; stops looking at the first that differs."""

    def __init__(self, tensor: Tensor) -> None:
        size = (tensor.end - tensor.start) // max(tensor.elements, 1)
        self.word = WORDS.get(size, np.uint8)
        self.first: Any = None
        self.holds = True

    def see(self, piece: bytes) -> None:
        if self.holds:
            words = np.frombuffer(piece, dtype=self.word)
            self.first = words[0] if self.first is None else self.first
            self.holds = bool((words == self.first).all())
