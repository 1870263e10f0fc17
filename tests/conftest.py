"""Every test run lives in a folder of its own and reaches nothing but this machine."""

import atexit
import importlib.util
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Here and not in pyproject.toml: Django reads its settings once, and must find the folder already named.
os.environ["ASSIZE_VAR"] = tempfile.mkdtemp(prefix="assize-test-")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
atexit.register(shutil.rmtree, os.environ["ASSIZE_VAR"], ignore_errors=True)
# Runs side by side must not work off each other's messages.
run = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
for place, name in enumerate(("BROKER_URL", "CACHE_URL")):
    if os.environ.get(name, "").startswith("redis:"):
        os.environ[name] = f"{os.environ[name].rpartition('/')[0]}/{2 * run + place}"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from core.actor import Actor
from jurisdictions import actions as law
from search import actions as search_actions
from tests.databases import lift_refusals, restore_refusals

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
WORKER = all(importlib.util.find_spec(name) for name in ("torch", "transformers"))
RUNNER_TESTS = "comparison_runner"
"""Every folder of this name holds tests that run models, and is left out without the worker's extra."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without the evaluation worker its tests are left out; the end of the run says so."""
    return True if not WORKER and RUNNER_TESTS in collection_path.parts else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line says which tests were left out, and how to add them."""
    if not WORKER:
        files = sum(1 for _ in (ROOT / "tests").rglob(f"{RUNNER_TESTS}/**/test_*.py"))
        terminalreporter.write_line(
            f"Left out: {files} files of tests that run models, because PyTorch is not installed. "
            "Add them: make setup WORKER=1"
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """A node that inherits the settings' name reads them before it has a folder and servers of its own."""
    os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no node is left alone with it in the end."""
    items.sort(key=lambda item: "worker" not in item.path.parts)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A connection to anywhere but this machine fails the test that tried it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:  # type: ignore[index]
            raise OSError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite is a file, as in use, so that other processes can open it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        suffix = os.environ.get("PYTEST_XDIST_WORKER", "")
        database["TEST"]["NAME"] = str(settings.VAR / f"test{suffix}.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The law that ships with Assize is in the database before the first test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        law.load()


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """As pytest-django's own, which cannot empty tables that refuse it and leaves no law behind."""
    with django_db_blocker.unblock():
        yield
        statements = lift_refusals()
        call_command("flush", verbosity=0, interactive=False)
        restore_refusals(statements)
        law.load()
        connection.close()


@pytest.fixture
def committed(transactional_db: None) -> None:
    """A database that other processes see too."""


@pytest.fixture
def other_process(committed: None) -> dict[str, str]:
    """The environment in which another process works on this test's database and folder."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    paths = {"DATABASE_URL": url, "ASSIZE_VAR": str(settings.VAR), "PYTHONPATH": str(ROOT)}
    return {**os.environ, **paths, "DJANGO_SETTINGS_MODULE": "config.settings"}


@pytest.fixture
def empty_index() -> None:
    """The search index holds nothing of earlier tests, whose rows are long rolled back."""
    search_actions.backend().clear()


@pytest.fixture
def actor() -> Actor:
    """Somebody who acts in a test."""
    return Actor(label="Priya Nair", origin="command")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the project; the test is skipped where it is absent."""
    if not SHARED.exists():
        pytest.skip("the shared material is not beside this checkout")
    return SHARED
