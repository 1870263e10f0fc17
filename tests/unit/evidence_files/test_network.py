"""A conversion cannot reach the internet, nor can a program that it starts."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
_REACH = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
_CODE = f"""
import os, socket, subprocess, sys
from evidence.files import network
if not network.cut_off():
    sys.exit(7)
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family)
    except PermissionError:
        continue
    sys.exit("a socket of family %s opened" % family)
near, far = socket.socketpair()
near.sendall(b"x")
assert far.recv(1) == b"x", "sockets within the machine still work"
started = subprocess.run([sys.executable, "-c", {_REACH!r}], capture_output=True, text=True)
assert "PermissionError" in started.stderr, started.stderr
"""


def test_nothing_reaches_the_internet() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _CODE], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    if ended.returncode == 7:
        pytest.skip("this processor or kernel has no filter of system calls")
    assert ended.returncode == 0, ended.stderr
