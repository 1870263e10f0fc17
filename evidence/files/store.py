"""Originals and renditions, kept once each under their SHA-256 and never rewritten."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.errors import InvalidInput, NotFound, TooLarge

_DIGEST = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store holds after a ``put``: ``new`` is false when the content was there already."""

    sha256: str
    size: int
    new: bool


class ContentStore:
    """A folder of files named by their content, ``ab/cd/<sha256>``, each read-only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, chunks: Iterable[bytes], *, limit: int) -> Stored:
        """The content lies in the store under its hash, safely on disk.

        Args:
            chunks: the content in order.
            limit: most bytes accepted.

        Raises:
            TooLarge: the content is longer than ``limit``; nothing is left behind.
        """
        incoming = self.root / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=incoming)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                sha256, size = _copy(chunks, file, limit)
                os.fchmod(file.fileno(), 0o444)
                file.flush()
                os.fsync(file.fileno())
            return Stored(sha256, size, self._place(temporary, sha256))
        finally:
            temporary.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the content with this hash lies, whether or not it has been stored."""
        if not _DIGEST.fullmatch(sha256):
            raise InvalidInput(
                f"“{sha256}” is not a SHA-256 hash.", remedy="Give 64 hexadecimal digits in lower case."
            )
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def open(self, sha256: str) -> BinaryIO:
        """The stored content, open for reading.

        Raises:
            NotFound: nothing is stored under this hash.
        """
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError as error:
            raise NotFound(
                f"The stored file {sha256} is missing.", remedy="Restore it from the latest backup."
            ) from error

    def verify(self, sha256: str) -> bool:
        """True when the stored bytes still hash to their name; false when they differ or are missing."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def all(self) -> Iterator[str]:
        """The hashes of everything stored, in order."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if _DIGEST.fullmatch(path.name):
                yield path.name

    def _place(self, temporary: Path, sha256: str) -> bool:
        """The temporary file stands at its final name; false when the same content was there first."""
        target = self.path(sha256)
        for folder in (target.parent.parent, target.parent):
            with suppress(FileExistsError):
                folder.mkdir()
                _sync_folder(folder.parent)
        try:
            # A hard link fails where the name exists: two writers cannot both believe they were first.
            os.link(temporary, target)
        except FileExistsError:
            new = False
        else:
            new = True
        _sync_folder(target.parent)
        return new


def _copy(chunks: Iterable[bytes], file: BinaryIO, limit: int) -> tuple[str, int]:
    """The chunks are written; their SHA-256 and length in bytes are known."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(
                f"The file is larger than the {limit / 1_000_000:,.1f} MB that may be stored.",
                remedy="Split it, or ask the administrator to raise the limit.",
            )
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest(), size


def read_chunks(path: Path) -> Iterator[bytes]:
    """The content of a file in blocks of one mebibyte, ready for ``ContentStore.put``."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
