"""Installations in folders and databases of their own, which commands work on in other processes."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[3]
SERVER = os.environ.get("DATABASE_URL", "")


class Place:
    """An installation: on the server where tests run on one, in its folder otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"sqlite:///{folder / 'assize.sqlite3'}"
        if SERVER:
            self.name = f"assize_place_{uuid4().hex}"
            self.address = urlunsplit(urlsplit(SERVER)._replace(path=f"/{self.name}"))
            _on_server(f"CREATE DATABASE {self.name}")
        paths = {"ASSIZE_VAR": str(folder), "PYTHONPATH": str(ROOT), "DATABASE_URL": self.address}
        self.environment = {**os.environ, **paths, "DJANGO_SETTINGS_MODULE": "config.settings"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("manage.py", *arguments)

    def files(self) -> dict[str, bytes]:
        """What stands in the store, by hash."""
        return {path.name: path.read_bytes() for path in (self.folder / "store").glob("*/*/*")}

    def has_database(self) -> bool:
        """Whether anything was ever written to its database."""
        if not SERVER:
            return (self.folder / "assize.sqlite3").exists()
        with closing(psycopg.connect(self.address)) as connection:
            found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone()
        return found is not None

    def remove(self) -> None:
        """Its database is gone; its folder is the test's."""
        if SERVER:
            _on_server(f"DROP DATABASE {self.name}")


def _on_server(statement: str) -> None:
    with closing(psycopg.connect(SERVER, autocommit=True)) as connection:
        connection.execute(statement)
