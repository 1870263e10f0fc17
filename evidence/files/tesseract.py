"""Tesseract, the program that reads letters from pictures."""

import re
import shutil
import subprocess
from functools import cache

from core.errors import Unavailable

_PROGRAM = "tesseract"


def available() -> bool:
    """True when the program is installed."""
    return shutil.which(_PROGRAM) is not None


@cache
def version() -> str:
    """The installed version, such as ``5.3.0``.

    Raises:
        Unavailable: the program is not installed.
    """
    match = re.search(r"tesseract v?([\d.]+)", _output("--version"))
    return match[1] if match else "unknown"


@cache
def languages() -> frozenset[str]:
    """The languages it can read, by their three-letter codes."""
    return frozenset(_output("--list-langs").split("\n")[1:]) - {""}


def _output(option: str) -> str:
    program = shutil.which(_PROGRAM)
    if program is None:
        raise Unavailable(
            "Tesseract is not installed, so scans cannot be read.",
            remedy="Install the packages tesseract-ocr and tesseract-ocr-eng.",
        )
    answer = subprocess.run(  # noqa: S603 - a program found on the path, with an option of our own
        [program, option], capture_output=True, text=True, timeout=30, check=False
    )
    return answer.stdout + answer.stderr
