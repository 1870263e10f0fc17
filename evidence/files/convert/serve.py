"""The side of the warm converter that stays clean: it loads the libraries, and forks for each request."""

import gc
import json
import os
import resource
import select
import sys
import tempfile
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from evidence.files import isolation, warm
from evidence.files.convert import CONVERTERS
from evidence.files.limits import Limits

Main = Callable[[dict[str, Any]], None]


def serve(main: Main) -> None:
    """Each request on standard input has been converted by a fork of its own, up to the input's end.

    This process has one thread, never touches a document, and starts nothing that a fork could inherit.
    """
    caller = os.dup(0)
    with Path(os.devnull).open("r+b") as null:
        os.dup2(null.fileno(), 0)
        os.dup2(null.fileno(), 1)
    for converter in sorted({*CONVERTERS.values(), "office"}):
        import_module(f"evidence.files.convert.{converter}")
    gc.collect()
    gc.freeze()
    with os.fdopen(caller, "rb") as lines:
        for line in lines:
            pid = os.fork()
            if not pid:
                os.close(caller)
                _convert(main, json.loads(line))
            _say(caller, pid)
            _say(caller, _status(pid, caller))


def _convert(main: Main, request: dict[str, Any]) -> NoReturn:
    status = 1
    try:
        _confine(request)
        main(request)
        status = 0
    except BaseException:  # noqa: BLE001 - nothing may reach the code that forks
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _confine(request: dict[str, Any]) -> None:
    """The fork leads its own session, writes to its own messages and folder, and has its limits."""
    os.setsid()
    messages = os.open(request["messages"], os.O_WRONLY)
    os.dup2(messages, 1)
    os.dup2(messages, 2)
    os.close(messages)
    limits = Limits(**request["limits"])
    for kind, most in isolation.caps(limits.seconds, limits.memory_bytes, limits.output_bytes):
        resource.setrlimit(kind, (most, most))
    workdir = Path(request["answer"]).parent
    os.chdir(workdir)
    os.environ["TMPDIR"], tempfile.tempdir = str(workdir), None


def _status(pid: int, caller: int) -> int:
    """The exit status of the fork once it is gone; when the caller goes first, it is killed."""
    ended = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.register(caller, select.POLLIN)
    poll.poll()
    os.close(ended)
    warm.kill(pid)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _say(caller: int, number: int) -> None:
    os.write(caller, number.to_bytes(8, "big", signed=True))
