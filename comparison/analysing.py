"""Running an analysis of logs on an exhibit, in the background."""

import logging
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from comparison.actions import logs as actions
from comparison.evaluation.errors import Cancelled
from comparison.logs.analyse import FILE, analyse_files
from comparison.logs.spec import LogSpec, Settings
from comparison.models import LogRun
from comparison.selectors import LOGS_UNDER_WAY
from core.actor import Actor
from core.errors import AssizeError, Conflict, IntegrityFailure
from core.locks import if_free
from evidence.models import Exhibit
from evidence.storage import store

log = logging.getLogger(__name__)


def run(run_id: int, *, by: Actor) -> None:
    """The run has come to its end: its analysis stands, or it stopped and says why.

    One whose worker was lost begins anew; one that has ended, or that another process is busy with, is left.
    """
    with if_free(settings.VAR / "locks" / f"logs-{run_id}") as free:
        asked = LogRun.objects.select_related("case", "exhibit", "samples").filter(pk=run_id).first()
        if not free or asked is None or asked.state not in LOGS_UNDER_WAY:
            return
        try:
            actions.begin_analysis(asked)
            _analyse(asked, by)
        except Cancelled:
            return
        except AssizeError as refusal:
            _stop(asked, str(refusal))
        except OperationalError:
            # The database was away; the next sweep tries again.
            raise
        except Exception as fault:
            log.exception("analysis of logs %s", run_id)
            _stop(asked, f"A fault in Assize stopped the analysis: {type(fault).__name__}: {fault}")


def unfinished() -> list[int]:
    """The runs that have not come to their end."""
    return list(LogRun.objects.filter(state__in=LOGS_UNDER_WAY).order_by("pk").values_list("pk", flat=True))


def _analyse(asked: LogRun, by: Actor) -> None:
    def tell(done: int, total: int, doing: str) -> None:
        standing = LogRun.objects.filter(pk=asked.pk, state=LogRun.State.RUNNING)
        if not standing.update(what=f"Step {done + 1} of {total}: {doing}"):
            raise Cancelled("The analysis was cancelled.", remedy="Ask for it again.")

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


def _stop(asked: LogRun, message: str) -> None:
    try:
        actions.stop_analysis(asked, message)
    except Conflict:
        log.warning("analysis of logs %s ended meanwhile: %s", asked.pk, message)


def _staged(exhibit: Exhibit, folder: Path) -> Path:
    """The exhibit's file under its own name, and is not duplicated for it."""
    if not store().path(exhibit.sha256).exists():
        raise IntegrityFailure(
            f"{exhibit} is missing from the store.", remedy="Restore it from the latest backup."
        )
    path = folder / f"{exhibit.number}-{Path(exhibit.original_name).name}"
    path = path.with_suffix(path.suffix.lower())
    path.symlink_to(store().path(exhibit.sha256).resolve())
    return path
