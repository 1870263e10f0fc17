"""The converter that a process keeps ready, its libraries loaded, so that a conversion starts at once.

It reads a request a line and answers each with eight bytes that are the conversion's process, and, once that
has ended, eight that are its exit status. ``evidence.files.convert.serve`` is the other side.
"""

import atexit
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from evidence.files import isolation

log = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-P", "-m", "evidence.files.convert", "--serve")
_LOADING = 60.0  # seconds that the libraries may take
_ENDING = 5.0  # seconds between a kill and its report


class _Program:
    """The running program and the caller's end of the line to it."""

    def __init__(self) -> None:
        folder = tempfile.gettempdir()
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                _COMMAND,
                cwd=folder,
                env=isolation.environment(Path(folder)),
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def answer(self, seconds: float) -> int | None:
        """The next number that the program says; nothing when it says none in time."""
        self.line.settimeout(seconds)
        try:
            said = self.line.recv(8, socket.MSG_WAITALL)
        except TimeoutError:
            return None
        if len(said) < 8:
            raise BrokenPipeError("it has ended")
        return int.from_bytes(said, "big", signed=True)


class WarmConverter:
    """At most one program, started when first needed, that is this process's own and ends with it."""

    def __init__(self) -> None:
        self.busy = Lock()
        self._program: _Program | None = None

    def run(self, request: dict[str, Any], *, seconds: float) -> isolation.Ended | None:
        """The conversion has run apart, in time or killed; nothing where the program cannot be used now.

        Args:
            request: what ``evidence.files.convert.__main__.main`` takes.
            seconds: wall-clock time after which the conversion is killed.
        """
        if not self.busy.acquire(blocking=False):
            return None
        ended = None
        try:
            ended = self._run(request, seconds)
        except OSError as fault:
            log.warning("the warm converter failed, a fresh one is started: %s", fault)
        finally:
            if ended is None:
                self.close()
            self.busy.release()
        return ended

    def close(self) -> None:
        """The program has ended, and with it a conversion that still ran."""
        program, self._program = self._program, None
        if program is None:
            return
        program.line.close()
        with suppress(subprocess.TimeoutExpired):
            program.process.wait(_ENDING)
        program.process.kill()
        program.process.wait()

    def forget(self) -> None:
        """A process that has just been forked holds nothing of its parent's program."""
        if self._program is not None:
            self._program.line.close()
            self._program.process.returncode = 0  # Another process's child: not this one's to wait for.
        self.busy, self._program = Lock(), None

    def _run(self, request: dict[str, Any], seconds: float) -> isolation.Ended:
        program = self._started()
        with tempfile.NamedTemporaryFile() as messages:
            program.line.settimeout(_LOADING)
            program.line.sendall(json.dumps(request | {"messages": messages.name}).encode() + b"\n")
            pid = program.answer(_LOADING)
            if pid is None:
                raise TimeoutError(f"it did not start within {_LOADING:g} seconds")
            started = time.monotonic()
            try:
                status = program.answer(seconds)
                if timed_out := status is None:
                    kill(pid)
                    status = program.answer(_ENDING)
                if status is None:
                    raise TimeoutError("it does not say that the conversion has ended")
            except BaseException:
                kill(pid)
                raise
            said = isolation.last_words(messages.file)
        return isolation.Ended(status, said, time.monotonic() - started, timed_out)

    def _started(self) -> _Program:
        if self._program is None or self._program.process.poll() is not None:
            self.close()
            self._program = _Program()
        return self._program


def kill(pid: int) -> None:
    """A conversion and every process that it started are gone."""
    # By itself too: just forked it may not lead its group yet.
    for send in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            send(pid, signal.SIGKILL)


CONVERTER = WarmConverter()
"""The one that this process keeps."""

atexit.register(CONVERTER.close)
os.register_at_fork(after_in_child=CONVERTER.forget)
