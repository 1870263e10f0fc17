"""The check of a file that nobody answers for, in a program of its own held to a time and a memory."""

import json
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bundles.pdf.check import unopened
from bundles.pdf.check.reading import ALONE, Beside, Progress, silent
from bundles.pdf.profile import load
from core.errors import NotConverted, NotFound
from evidence.files.isolation import Ended, run_module

log = logging.getLogger(__name__)

MODULE = "bundles.pdf.check.apart"
SECONDS, PICTURE_SECONDS = 300.0, 30.0
MEMORY = 3 * 2**30
OUTPUT = 64 * 2**20
TOO_LONG = "The file takes longer than five minutes to read. Split it, or save it anew in a PDF program."
FELL_OVER = (
    "The file makes a PDF reader stop: it is damaged, or was made to do so. Save it anew in a PDF program."
)


def check_held(
    path: Path,
    *,
    profile: str = "ew-2021",
    name: str = "",
    seconds: float = SECONDS,
    progress: Progress = silent,
    beside: Beside = ALONE,
) -> dict[str, Any]:
    """The answer of ``check`` as plain values, whatever the file does to the program that reads it.

    A file that the program does not survive, or not in time, breaks the rule that it can be opened.

    Args:
        path: of anybody's PDF.
        profile: the name of the requirements.
        name: under which the file will be delivered, where that is not its present name.
        seconds: after which the program is killed.
        progress: told how many of how many pages are read, a few times a second.
        beside: the files that it is checked together with.

    Raises:
        InvalidInput: there is no such profile.
        NotFound: there is no such file.
    """
    asked = load(profile)
    further = (beside.delivered, beside.redacted)
    for file in (path, *filter(None, further)):
        if not file.is_file():
            raise NotFound(f"There is no file {file}.", remedy="Check the path.")
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        out = Path(folder) / "answer.json"
        note = out.with_name(f"{out.name}.progress")

        def watch() -> None:
            counts = note.read_text(encoding="ascii").split() if note.is_file() else []
            if len(counts) == 2:
                progress(int(counts[0]), int(counts[1]))

        arguments = ["check", str(path.resolve()), profile, name or path.name, str(out)]
        arguments += [str(file.resolve()) if file else "" for file in further]
        ended = _program(arguments, Path(folder), seconds, path, watch)
        if ended.status == 0:
            answer: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
            return answer
    log.warning("the check of %s ended with %s: %s", path.name, ended.status, ended.messages)
    return unopened(asked, TOO_LONG if ended.timed_out else FELL_OVER).as_json()


def draw_held(path: Path, page: int, *, width: int, out: Path) -> None:
    """The picture of one page stands at ``out``.

    Raises:
        NotConverted: the page cannot be drawn, or not in time.
    """
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        draft = Path(folder) / "page.webp"
        arguments = ["picture", str(path.resolve()), str(page), str(width), str(draft)]
        if _program(arguments, Path(folder), PICTURE_SECONDS, path, None).status != 0:
            raise NotConverted(
                f"Page {page} cannot be drawn.",
                reason="broken",
                remedy="Open the PDF itself to see the page.",
            )
        part = out.with_name(f".{out.name}.{draft.parent.name}")
        part.write_bytes(draft.read_bytes())
        part.replace(out)


def _program(
    arguments: list[str], folder: Path, seconds: float, path: Path, watch: Callable[[], None] | None
) -> Ended:
    return run_module(
        MODULE,
        arguments,
        workdir=folder,
        seconds=seconds,
        # The file itself is mapped into the program's memory.
        memory_bytes=MEMORY + path.stat().st_size,
        output_bytes=OUTPUT,
        watch=watch,
    )
