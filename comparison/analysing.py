"""Running an analysis of logs on an exhibit, in the background."""

import logging
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from comparison.actions import logs as actions
from comparison.logs.analyse import FILE, analyse_files
from comparison.logs.spec import LogSpec, Settings
from comparison.models import LogRun
from core.actor import Actor
from core.errors import AssizeError
from core.locks import if_free
from evidence.models import Exhibit
from evidence.storage import store

log = logging.getLogger(__name__)
UNDER_WAY = (LogRun.State.WAITING, LogRun.State.RUNNING)


def run(run_id: int, *, by: Actor) -> None:
    """The run has come to its end: its analysis stands, or it stopped and says why.

    One whose worker was lost begins anew; one that has ended, or that another process is busy with, is left.
    """
    with if_free(settings.VAR / "locks" / f"logs-{run_id}") as free:
        asked = LogRun.objects.select_related("case", "exhibit", "samples").filter(pk=run_id).first()
        if not free or asked is None or asked.state not in UNDER_WAY:
            return
        actions.begin_analysis(asked)
        try:
            _analyse(asked, by)
        except AssizeError as refusal:
            actions.stop_analysis(asked, str(refusal))
        except OperationalError:
            # The database was away; the next sweep tries again.
            raise
        except Exception as fault:
            log.exception("analysis of logs %s", run_id)
            message = f"A fault in Assize stopped the analysis: {type(fault).__name__}: {fault}"
            actions.stop_analysis(asked, message)


def unfinished() -> list[int]:
    """The runs that have not come to their end."""
    return list(LogRun.objects.filter(state__in=UNDER_WAY).order_by("pk").values_list("pk", flat=True))


def _analyse(asked: LogRun, by: Actor) -> None:
    def tell(done: int, total: int, doing: str) -> None:
        LogRun.objects.filter(pk=asked.pk).update(what=f"Step {done + 1} of {total}: {doing}")

    with tempfile.TemporaryDirectory(prefix="logs-", dir=settings.VAR) as folder:
        spec = LogSpec(
            title=asked.title,
            files=(_staged(asked.exhibit, Path(folder)),),
            fields=asked.fields,
            samples=(_staged(asked.samples, Path(folder)),) if asked.samples else (),
            sample_field=asked.fields["output"],
            settings=Settings(),
        )
        out = Path(folder, "out")
        analyse_files(spec, out, progress=tell)
        actions.keep_analysis(by=by, run=asked, content=(out / FILE).read_bytes())


def _staged(exhibit: Exhibit, folder: Path) -> Path:
    """The exhibit's file under its own name, and is not duplicated for it."""
    path = folder / f"{exhibit.number}-{Path(exhibit.original_name).name}"
    path = path.with_suffix(path.suffix.lower())
    path.symlink_to(store().path(exhibit.sha256).resolve())
    return path
