"""Proving an archive, and putting an installation back from it."""

import hashlib
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from core.errors import Conflict, IntegrityFailure, InvalidInput
from desk.archive import database, keys, manifest
from desk.archive.manifest import DUMPS, KEY, NAME, SEAL, STORE, Manifest
from evidence.storage import store
from search.actions import rebuild

BLOCK = 1024 * 1024


class Archive:
    """An archive open for reading, its manifest proved."""

    def __init__(self, file: tarfile.TarFile) -> None:
        self._file = file
        self._members = {member.name: member for member in file}
        self.manifest = manifest.read(self._text(NAME), self._text(SEAL))

    def open(self, name: str) -> BinaryIO:
        """The named file's content.

        Raises:
            IntegrityFailure: there is no such file in the archive.
        """
        member = self._members.get(name)
        file = self._file.extractfile(member) if member and member.isfile() else None
        if file is None:
            last = next(reversed(self._members), "its beginning")
            raise IntegrityFailure(
                f"{name} is missing: the archive is cut off or damaged after {last}.",
                remedy="Use another backup.",
            )
        return file  # type: ignore[return-value]

    def prove(self) -> None:
        """Every file hashes to what the manifest says.

        Raises:
            IntegrityFailure: names each file that does not.
        """
        altered = []
        for part in self.manifest.parts:
            with self.open(part.name) as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != part.sha256:  # type: ignore[arg-type]
                    altered.append(part.name)
        if altered:
            raise IntegrityFailure(
                f"Altered in the archive: {', '.join(altered)}.",
                remedy="Nothing was restored. Use another backup.",
            )

    def _text(self, name: str) -> bytes:
        with self.open(name) as file:
            return file.read()


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive, closed afterwards.

    Raises:
        InvalidInput: there is no file, or it is no archive at all.
    """
    try:
        with tarfile.open(path, "r:") as file:
            yield Archive(file)
    except FileNotFoundError:
        raise InvalidInput(f"There is no file {path}.", remedy="Check its name.") from None
    except tarfile.TarError as error:
        raise InvalidInput(f"{path} is no archive: {error}.", remedy="Use another backup.") from None


def restore(source: Path, *, without_key: bool = False) -> Manifest:
    """The empty installation holds what the archive holds, its tables those of this version, its index new.

    Nothing is written before every hash has been proved. ``ledger.verification`` ought to run afterwards.

    Args:
        source: an archive.
        without_key: go on although the key that signed the ledger is lost; the ledger's heads then count
            as unsigned.

    Raises:
        Conflict: this installation is not empty, uses another kind of database, or has another key.
        IntegrityFailure: the archive was altered; names each file.
        InvalidInput: it is no archive, or the ledger's key is missing.
    """
    if not database.is_empty() or any(store().all()):
        raise Conflict(
            f"{settings.VAR} and its database are not empty.",
            remedy="Point ASSIZE_VAR, and DATABASE_URL if it is set, at an empty place.",
        )
    with opened(source) as archive:
        told = archive.manifest
        if told.database != connection.vendor:
            raise Conflict(
                f"The archive holds a {told.database} database, this installation uses {connection.vendor}.",
                remedy="Set DATABASE_URL to an empty database of the same kind.",
            )
        archive.prove()
        _check_key(told, without_key)
        _put_back(archive)
    call_command("migrate", verbosity=0, interactive=False)
    rebuild()
    return told


def _check_key(told: Manifest, without_key: bool) -> None:
    in_archive = any(part.name == KEY for part in told.parts)
    present = keys.fingerprint()
    if present is not None and present != told.ledger_key:
        raise Conflict(
            f"{keys.ledger_key()} is not the key that signed this ledger.",
            remedy="Put the right key in its place, or move it away.",
        )
    if told.ledger_key and not (in_archive or present or without_key):
        raise InvalidInput(
            "The key that signed the ledger is not in the archive.",
            remedy=f"Copy the one kept apart to {keys.ledger_key()}, or give --without-key if it is lost.",
        )


def _put_back(archive: Archive) -> None:
    """The database comes last: what was interrupted before it is not taken for a whole installation."""
    for part in archive.manifest.parts:
        if part.name.startswith(STORE):
            with archive.open(part.name) as file:
                store().put(iter(lambda f=file: f.read(BLOCK), b""), limit=part.size)  # type: ignore[misc]
        elif part.name == KEY and not keys.ledger_key().exists():
            with archive.open(part.name) as file:
                keys.ledger_key().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                keys.ledger_key().touch(mode=0o600)
                keys.ledger_key().write_bytes(file.read())
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix=".restore-") as folder:
        dumped = Path(folder) / DUMPS[archive.manifest.database]
        with archive.open(dumped.name) as file, dumped.open("wb") as copy:
            shutil.copyfileobj(file, copy, BLOCK)
        database.load(dumped)
