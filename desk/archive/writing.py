"""Making an archive."""

import hashlib
import io
import os
import tarfile
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.db import connection

from core import clock
from core.errors import Conflict, IntegrityFailure, InvalidInput
from desk.archive import database, keys
from desk.archive.manifest import DUMPS, KEY, NAME, SEAL, STORE, Manifest, Part
from evidence.storage import store


class _Read:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._digest.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def backup(target: Path, *, with_keys: bool = False) -> Manifest:
    """``target`` holds the whole installation, readable by its owner only; others may work meanwhile.

    The database is dumped before the store is read, so every file that it names is there: nothing is
    ever removed from the store.

    Args:
        target: the archive to make.
        with_keys: whether the key that signs the ledger goes into it.

    Raises:
        Conflict: ``target`` exists.
        InvalidInput: its folder does not exist.
        IntegrityFailure: a stored file is not what was stored; no archive is left.
        Unavailable: the database cannot be dumped.
    """
    if target.exists():
        raise Conflict(f"{target} exists already.", remedy="Name a file that does not exist yet.")
    if not target.absolute().parent.is_dir():
        raise InvalidInput(f"There is no folder {target.absolute().parent}.", remedy="Make it first.")
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".backup-") as folder:
        draft = Path(folder) / "archive.tar"
        draft.touch(mode=0o600)
        with draft.open("wb") as file:
            manifest = _write(file, Path(folder), with_keys)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    return manifest


def _write(file: BinaryIO, folder: Path, with_keys: bool) -> Manifest:
    parts = []
    with tarfile.open(fileobj=file, mode="w") as archive:
        dumped = folder / DUMPS[connection.vendor]
        database.dump(dumped)
        parts.append(_add(archive, dumped.name, dumped))
        for sha256 in store().all():
            part = _add(archive, f"{STORE}{sha256}", store().path(sha256))
            if part.sha256 != sha256:
                raise IntegrityFailure(
                    f"The stored file {sha256} is not what was stored.",
                    remedy="Put it back from an earlier backup before you make the next one.",
                )
            parts.append(part)
        if with_keys and keys.ledger_key().exists():
            parts.append(_add(archive, KEY, keys.ledger_key()))
        manifest = Manifest(clock.now().isoformat(), connection.vendor, keys.fingerprint(), parts)
        text = manifest.text()
        for name, content in ((NAME, text), (SEAL, hashlib.sha256(text).hexdigest().encode())):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return manifest


def _add(archive: tarfile.TarFile, name: str, path: Path) -> Part:
    info = tarfile.TarInfo(name)
    info.size, info.mode = path.stat().st_size, 0o600
    with path.open("rb") as file:
        read = _Read(file)
        archive.addfile(info, read)
    return Part(name, read.sha256, info.size)
