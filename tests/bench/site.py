"""An installation of its own in a temporary folder, for as long as one measurement takes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
_CHILD = "tests.bench.child"
_LONGEST = 600  # seconds
_OURS = (
    "DATABASE_URL",
    "BROKER_URL",
    "CACHE_URL",
    "ASSIZE_DEBUG",
    "ASSIZE_HTTPS",
    "ASSIZE_HOSTS",
    "EMAIL_URL",
)


@contextmanager
def installation() -> Iterator[dict[str, str]]:
    """The environment of a migrated installation with its law; its folder is gone afterwards."""
    with TemporaryDirectory(prefix="assize-bench-") as folder:
        inherited = {name: value for name, value in os.environ.items() if name not in _OURS}
        environment = {**inherited, "ASSIZE_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        call(environment, "tests.bench.fresh")
        yield environment


def call(environment: dict[str, str], module: str, *arguments: str) -> Any:
    """What the module's ``main`` answered, run as a program of its own in that installation."""
    command = [sys.executable, "-m", _CHILD, module, *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


def start(environment: dict[str, str], module: str, *arguments: str) -> "subprocess.Popen[str]":
    """The same, to be told and heard line by line; the answer is its last line."""
    return subprocess.Popen(
        [sys.executable, "-m", _CHILD, module, *arguments],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
