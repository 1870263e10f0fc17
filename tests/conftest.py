"""Every test run lives in a folder of its own and reaches nothing but this machine."""

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["ASSIZE_VAR"] = tempfile.mkdtemp(prefix="assize-test-")
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from core.actor import Actor

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


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
