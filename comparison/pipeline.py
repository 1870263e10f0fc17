"""Running a registered job: its models and files are found, the engine runs, and its result is kept."""

import logging
import socket
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError
from django.db.models import Q

from comparison.actions import running
from comparison.evaluation import compare
from comparison.evaluation.errors import Cancelled
from comparison.evaluation.job import read_job
from comparison.evaluation.progress import Progress
from comparison.evaluation.record import FILE
from comparison.evaluation.staging import stage
from comparison.model_folders import locate
from comparison.models import Run
from comparison.selectors import UNDER_WAY, stored_files
from core import clock
from core.actor import Actor
from core.errors import AssizeError, Conflict
from core.locks import if_free

log = logging.getLogger(__name__)

PROGRESS_EVERY = 0.5
"""Seconds between two writes of the progress."""
LOST_AFTER = timedelta(minutes=30)
"""A run of another machine that has said nothing for so long is taken over."""


def run(run_id: int, *, by: Actor, root: Path | None = None) -> None:
    """The run has come to its end: its comparison stands, or it stopped and says why.

    One whose worker was lost begins again and takes up every piece that was finished; one that has ended, or
    that another process is busy with, is left alone.

    Args:
        run_id: which.
        by: the worker.
        root: folder below which the models lie; that of the settings where none is given.
    """
    with if_free(settings.VAR / "locks" / f"comparison-{run_id}") as free:
        if not free or not _claimed(run_id):
            return
        asked = Run.objects.select_related("job__case").get(pk=run_id)
        try:
            _compare(asked, by, root or settings.MODELS_ROOT)
        except Cancelled:
            return
        except AssizeError as refusal:
            _fail(by, asked, str(refusal))
        except OperationalError:
            # The database was away; the next sweep tries again.
            raise
        except Exception as fault:
            log.exception("comparison run %s", run_id)
            _fail(by, asked, f"A fault in Assize stopped the run: {type(fault).__name__}: {fault}")


def unfinished() -> list[int]:
    """The runs that have not come to their end."""
    waiting = Run.objects.filter(state__in=UNDER_WAY).order_by("pk")
    return list(waiting.values_list("pk", flat=True))


def _claimed(run_id: int) -> bool:
    """The run is this process's; false where it has ended or another machine is at work on it."""
    here, now = socket.gethostname(), clock.now()
    mine = Q(state=Run.State.WAITING) | Q(state=Run.State.RUNNING, machine=here)
    lost = Q(state=Run.State.RUNNING, changed_at__lt=now - LOST_AFTER)
    claimed = Run.objects.filter(mine | lost, pk=run_id).update(
        state=Run.State.RUNNING, machine=here, changed_at=now, done=0, total=0, what=""
    )
    Run.objects.filter(pk=run_id, begun_at=None).update(begun_at=now)
    return bool(claimed)


def _compare(asked: Run, by: Actor, root: Path | None) -> None:
    job = read_job(asked.job.content.encode())
    progress = _progress_of(asked.pk)
    progress(0, 0, "finding the models")
    models = locate(job, root, settings.VAR / "model-folders.json", progress)
    with tempfile.TemporaryDirectory(prefix="comparison-") as folder:
        spec = stage(job, models, stored_files(job), Path(folder, "job"))
        out = Path(folder, "out")
        compare(spec, out, settings.VAR / "population", progress=progress, job=job)
        running.keep_result(by=by, run=asked, content=(out / FILE).read_bytes())


def _progress_of(run_id: int) -> Progress:
    written = 0.0

    def progress(done: int, total: int, what: str) -> None:
        nonlocal written
        if time.monotonic() - written < PROGRESS_EVERY:
            return
        written = time.monotonic()
        standing = Run.objects.filter(pk=run_id, state=Run.State.RUNNING)
        if not standing.update(done=done, total=total, what=what[:300], changed_at=clock.now()):
            raise Cancelled("The run was cancelled.", remedy="Ask for it again to take it up where it ended.")

    return progress


def _fail(by: Actor, asked: Run, message: str) -> None:
    try:
        running.fail(by=by, run=asked, message=message)
    except Conflict:
        log.warning("comparison run %s ended meanwhile: %s", asked.pk, message)
