"""Checking a file that somebody has put in, in the background."""

import logging
import time
from pathlib import Path

from django.conf import settings

from bundles.actions.checking import beside_of, file_of, folder_of
from bundles.models import FileCheck
from bundles.pdf.check import Progress
from bundles.pdf.check.held import SECONDS, check_held, draw_held
from core.locks import if_free
from core.states import step

log = logging.getLogger(__name__)

PROGRESS_EVERY = 0.5
"""Seconds between two writes of the progress."""


def run(check_id: str, *, seconds: float = SECONDS) -> None:
    """The file's check has come to its end: the answer stands, or why there is none.

    A check whose worker was killed begins anew; one that is gone, finished or being made is left alone.
    """
    with if_free(settings.VAR / "locks" / f"check-{check_id}") as free:
        check = FileCheck.objects.filter(pk=check_id).first()
        if not free or check is None or check.state not in (FileCheck.State.WAITING, FileCheck.State.RUNNING):
            return
        _move(check, FileCheck.State.RUNNING, done=0, total=0)
        try:
            answer = check_held(
                file_of(check),
                profile=check.profile,
                name=check.name,
                seconds=seconds,
                progress=_progress_of(check),
                beside=beside_of(check),
            )
        except Exception as fault:
            log.exception("check %s", check_id)
            message = f"A fault in Assize stopped the check: {type(fault).__name__}: {fault}"
            _move(check, FileCheck.State.STOPPED, message=message)
        else:
            _move(check, FileCheck.State.DONE, answer=answer)


def picture(check: FileCheck, page: int, width: int) -> Path:
    """The picture of one page, drawn once and kept with the file.

    Raises:
        NotConverted: the page cannot be drawn.
    """
    out = folder_of(check) / f"page-{page}.webp"
    if not out.is_file():
        draw_held(file_of(check), page, width=width, out=out)
    return out


def _progress_of(check: FileCheck) -> Progress:
    written = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal written
        if time.monotonic() - written >= PROGRESS_EVERY:
            written = time.monotonic()
            FileCheck.objects.filter(pk=check.pk).update(done=done, total=total)

    return progress


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
