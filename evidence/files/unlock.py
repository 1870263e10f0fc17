"""A locked PDF, saved again without its password by a program of its own."""

import sys
from importlib.metadata import version as package_version
from pathlib import Path

import pikepdf

from core.errors import InvalidInput, NotConverted
from evidence.files import isolation
from evidence.files.limits import DEFAULT, Limits

_WRONG, _BROKEN = 3, 4


def version() -> str:
    """The installed version of what opens the PDF."""
    return package_version("pikepdf")


def unlock(source: Path, target: Path, *, password: str, workdir: Path, limits: Limits = DEFAULT) -> None:
    """The target is the PDF without its password, its pages and attachments as they were.

    The password goes through a pipe: it stands in no file, no list of processes and no message.

    Args:
        source: the locked PDF.
        target: where the unlocked one goes.
        password: what opens it, as user or as owner.
        workdir: a folder for temporary files.
        limits: time and memory.

    Raises:
        InvalidInput: the password does not open the PDF.
        NotConverted: the PDF is broken, or it took too long.
    """
    ended = isolation.run_module(
        "evidence.files.unlock",
        [str(source.resolve()), str(target.resolve())],
        workdir=workdir,
        seconds=limits.seconds,
        memory_bytes=limits.memory_bytes,
        output_bytes=limits.output_bytes,
        told=password.encode(),
    )
    if ended.status == _WRONG:
        raise InvalidInput(
            "This password does not open the PDF.",
            remedy="Mind capital letters, and ask the sender whether it is the right one.",
            field="password",
        )
    if ended.status or not target.exists():
        raise NotConverted(
            "The PDF could not be unlocked: it is broken, or it took too long.",
            reason="timeout" if ended.timed_out else "broken",
            remedy="Ask the sender for a copy without a password.",
        )


def _save(source: str, target: str, password: str) -> int:
    try:
        with pikepdf.open(source, password=password) as pdf:
            pdf.save(target, encryption=False, deterministic_id=True)
    except pikepdf.PasswordError:
        return _WRONG
    except (pikepdf.PdfError, ValueError):
        return _BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(_save(sys.argv[1], sys.argv[2], sys.stdin.buffer.read().decode()))
