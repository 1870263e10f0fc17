"""The site as it is served: gunicorn and a Celery worker on one folder."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CELERY = ("celery", "--app", "config", "worker", "--loglevel", "WARNING", "--concurrency", "2")
PREPARE = "import django; django.setup(); from tests.browser.prepared import main; main()"


@dataclass(frozen=True)
class Site:
    """Where it answers, and a value for each part of its addresses."""

    root: str
    values: dict[str, Any]


def environment(folder: Path) -> dict[str, str]:
    """Everything of Assize in this folder, whatever server the tests around it use."""
    servers = ("DATABASE_URL", "BROKER_URL", "CACHE_URL")
    inherited = {name: value for name, value in os.environ.items() if name not in servers}
    return inherited | {
        "ASSIZE_VAR": str(folder),
        "ASSIZE_MODELS": str(folder / "demo" / "models"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


@contextmanager
def running(folder: Path, *module: str, sockets: tuple[int, ...] = ()) -> Iterator[None]:
    """A Python module at work in a process group of its own; what it says goes to a file in the folder."""
    with (folder / f"{module[0]}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            env=environment(folder),
            cwd=ROOT,
            stdout=log,
            stderr=log,
            pass_fds=sockets,
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def prepare(folder: Path) -> None:
    """The demonstration is loaded and worked through by a real worker; ``values.json`` says where it is."""
    folder.mkdir()
    for command in (["manage.py", "migrate", "--verbosity", "0"], ["manage.py", "load_law"]):
        subprocess.run(
            [sys.executable, *command], env=environment(folder), cwd=ROOT, check=True, capture_output=True
        )
    with running(folder, *CELERY):
        made = subprocess.run(
            [sys.executable, "-c", PREPARE],
            env=environment(folder),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if made.returncode:
        raise RuntimeError(made.stderr + (folder / "celery.log").read_text())
    (folder / "values.json").write_text(made.stdout)


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """The prepared site answers on a port of its own, with its worker."""
    values = json.loads((folder / "values.json").read_text())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, bound = listening.getsockname()[1], f"fd://{listening.fileno()}"
        server = ("gunicorn", "config.wsgi", "--bind", bound, "--workers", "1", "--threads", "4")
        with running(folder, *server, sockets=(listening.fileno(),)), running(folder, *CELERY):
            yield Site(f"http://127.0.0.1:{port}", values)
