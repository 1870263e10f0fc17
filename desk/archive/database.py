"""A consistent dump of the database, taken while others work in it, and the way back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

from core.errors import Unavailable

PROGRAMS = "Install the package postgresql-client, in the server's version or a later one."


def dump(target: Path) -> None:
    """``target`` holds the database as it stood at one moment.

    Raises:
        Unavailable: PostgreSQL's own program is missing or failed.
    """
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", _name())
        return
    with closing(sqlite3.connect(_name())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def is_empty() -> bool:
    """Whether there is no table yet; a SQLite file is not made by asking."""
    if connection.vendor == "sqlite":
        path = Path(_name())
        return not path.exists() or path.stat().st_size == 0
    return not connection.introspection.table_names()


def load(source: Path) -> None:
    """The empty database holds what was dumped; ``source`` is used up."""
    if connection.vendor == "postgresql":
        _run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={_name()}", str(source))
        return
    connection.close()
    target = Path(_name())
    for leftover in (f"{target}-wal", f"{target}-shm"):
        Path(leftover).unlink(missing_ok=True)
    shutil.move(source, target)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise Unavailable(f"The program {program} is not installed.", remedy=PROGRAMS)
    about = connection.settings_dict
    server = {"PGHOST": about["HOST"], "PGPORT": about["PORT"], "PGUSER": about["USER"]}
    secret = {"PGPASSWORD": about["PASSWORD"]}
    given = {name: str(value) for name, value in {**server, **secret}.items() if value}
    ended = subprocess.run(  # noqa: S603 - a fixed program with our own arguments
        [found, *arguments], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise Unavailable(f"{program} failed: {ended.stderr.strip()}", remedy=PROGRAMS)
