"""Checking a file that somebody has put in: in a program of its own, held to a time and a memory."""

import json
import logging
import time
from pathlib import Path

from django.conf import settings

from bundles.actions.checking import file_of, folder_of
from bundles.models import FileCheck
from core.errors import NotConverted
from core.locks import if_free
from core.states import step
from evidence.files.isolation import Ended, run_module

log = logging.getLogger(__name__)

MODULE = "bundles.pdf.check.apart"
SECONDS, PICTURE_SECONDS = 300.0, 30.0
MEMORY = 3 * 2**30
OUTPUT = 64 * 2**20
PROGRESS_EVERY = 0.5
"""Seconds between two writes of the progress."""
TOO_LONG = (
    "The file took longer than five minutes to check, so the check was stopped. Split it and try again."
)
FELL_OVER = (
    "The file made the checker stop: it is damaged, or was made to do so. Open it in a PDF program, save it "
    "anew, and try again."
)


def run(check_id: str) -> None:
    """The file's check has come to its end: the answer stands, or why there is none.

    A check whose worker was killed begins anew; one that is gone, finished or being made is left alone.
    """
    with if_free(settings.VAR / "locks" / f"check-{check_id}") as free:
        check = FileCheck.objects.filter(pk=check_id).first()
        if not free or check is None or check.state not in (FileCheck.State.WAITING, FileCheck.State.RUNNING):
            return
        _move(check, FileCheck.State.RUNNING, done=0, total=0)
        out = folder_of(check) / "answer.json"
        ended = _program(
            check, ["check", str(file_of(check)), check.profile, check.name, str(out)], SECONDS, out
        )
        if ended.status == 0:
            _move(check, FileCheck.State.DONE, answer=json.loads(out.read_text(encoding="utf-8")))
            return
        log.warning("check %s ended with %s: %s", check_id, ended.status, ended.messages)
        _move(check, FileCheck.State.STOPPED, message=TOO_LONG if ended.timed_out else FELL_OVER)


def picture(check: FileCheck, page: int, width: int) -> Path:
    """The picture of one page, drawn once and kept with the file.

    Raises:
        NotConverted: the page cannot be drawn.
    """
    out = folder_of(check) / f"page-{page}.webp"
    if not out.is_file():
        draft = out.with_suffix(f".{time.monotonic_ns()}")
        ended = _program(
            check, ["picture", str(file_of(check)), str(page), str(width), str(draft)], PICTURE_SECONDS, None
        )
        if ended.status != 0:
            raise NotConverted(
                f"Page {page} cannot be drawn.",
                reason="broken",
                remedy="Open the PDF itself to see the page.",
            )
        draft.replace(out)
    return out


def _program(check: FileCheck, arguments: list[str], seconds: float, out: Path | None) -> Ended:
    written = 0.0

    def watch() -> None:
        nonlocal written
        if out is None or time.monotonic() - written < PROGRESS_EVERY:
            return
        written = time.monotonic()
        note = out.with_name(f"{out.name}.progress")
        counts = note.read_text(encoding="ascii").split() if note.is_file() else []
        if len(counts) == 2:
            FileCheck.objects.filter(pk=check.pk).update(done=int(counts[0]), total=int(counts[1]))

    return run_module(
        MODULE,
        arguments,
        workdir=folder_of(check),
        seconds=seconds,
        memory_bytes=MEMORY,
        output_bytes=OUTPUT,
        watch=watch,
    )


def _move(check: FileCheck, state: FileCheck.State, **fields: object) -> None:
    now = FileCheck.objects.filter(pk=check.pk).values_list("state", flat=True).first()
    if now is None:  # deleted meanwhile
        return
    allowed = step(FileCheck.TRANSITIONS, now=FileCheck.State(now), then=state)
    FileCheck.objects.filter(pk=check.pk).update(state=allowed, **fields)


def unfinished() -> list[str]:
    """Every check that has not come to its end."""
    waiting = FileCheck.objects.filter(state__in=(FileCheck.State.WAITING, FileCheck.State.RUNNING))
    return [str(key) for key in waiting.values_list("pk", flat=True)]
