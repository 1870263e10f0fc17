"""A program of its own for each conversion, held to a time and a memory and killed when it exceeds them."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "TESSDATA_PREFIX")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: exit status (negative for a signal), last messages, wall-clock seconds."""

    status: int
    messages: str
    seconds: float
    timed_out: bool

    @property
    def killed_by(self) -> str:
        """The signal that ended the program, such as ``SIGKILL``, or nothing."""
        return signal.Signals(-self.status).name if self.status < 0 else ""


def run_module(
    module: str,
    arguments: Sequence[str],
    *,
    workdir: Path,
    seconds: float,
    memory_bytes: int,
    output_bytes: int,
    watch: Callable[[], None] | None = None,
    told: bytes = b"",
) -> Ended:
    """A Python module has run as a program of its own and is gone, with every process that it started.

    Args:
        module: what ``python -m`` runs.
        arguments: the program's arguments.
        workdir: the folder it runs in and puts its temporary files in.
        seconds: wall-clock time after which it is killed.
        memory_bytes: most address space of each of its processes.
        output_bytes: largest single file that it may write.
        watch: called about five times a second while it runs.
        told: what it reads from its standard input, at most 64 KiB.
    """
    # -P keeps the work folder off the import path: a file named like a module must never run.
    command = [sys.executable, "-P", "-m", module, *arguments]
    started = time.monotonic()
    with tempfile.TemporaryFile() as messages:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            cwd=workdir,
            env=environment(workdir),
            stdin=subprocess.PIPE,
            stdout=messages,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            # Set on the running child: no code between fork and exec, which threads would make unsafe.
            for kind, most in caps(seconds, memory_bytes, output_bytes):
                with suppress(ProcessLookupError):
                    resource.prlimit(child.pid, kind, (most, most))
            _tell(child, told)
            timed_out = not _wait(child, started + seconds, watch)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        said = last_words(messages)
    return Ended(child.returncode, said, time.monotonic() - started, timed_out)


def caps(seconds: float, memory_bytes: int, output_bytes: int) -> tuple[tuple[int, int], ...]:
    """Each resource limit of a program that runs apart, with the most that it may use."""
    return (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, output_bytes),
        # The processor time outlives the wall clock a little, so that it only counts when the caller is gone.
        (resource.RLIMIT_CPU, int(seconds * (os.cpu_count() or 1)) + 5),
        (resource.RLIMIT_CORE, 0),
    )


def last_words(messages: IO[bytes]) -> str:
    """The end of what a program wrote to its output, at most 4,000 bytes."""
    messages.seek(max(0, messages.seek(0, os.SEEK_END) - 4000))
    return messages.read().decode("utf-8", "replace")


def _tell(child: "subprocess.Popen[bytes]", told: bytes) -> None:
    """The child's standard input holds this and has ended; it fits the pipe, so that nobody waits."""
    if child.stdin is not None:
        with suppress(BrokenPipeError), child.stdin as line:
            line.write(told)


def _wait(child: "subprocess.Popen[bytes]", deadline: float, watch: Callable[[], None] | None) -> bool:
    """True when the child ended by itself before the deadline."""
    pause = 0.2 if watch else None
    while (left := deadline - time.monotonic()) > 0:
        try:
            child.wait(min(left, pause or left))
        except subprocess.TimeoutExpired:
            if watch:
                watch()
            continue
        if watch:
            watch()
        return True
    return False


def environment(workdir: Path) -> dict[str, str]:
    """Only what a converter needs: no secrets of the service, and nothing that varies between runs."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {
        "PYTHONPATH": str(_ROOT),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": "315532800",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": str(workdir),
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
