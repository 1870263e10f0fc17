"""Analyses of API logs: imported, or run by the worker on an exhibit."""

import hashlib
from collections.abc import Mapping

from django.db import transaction

from cases.models import Case
from comparison.logs.errors import LogRecordInvalid
from comparison.logs.record import read_log_record
from comparison.logs.spec import FORMATS, ROLES
from comparison.models import LogAnalysis, LogRun
from comparison.selectors import LOGS_UNDER_WAY
from comparison.storable import storable
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.queue import enqueue
from core.states import step
from evidence.models import Exhibit
from ledger.actions import record


@transaction.atomic
def import_logs(
    *,
    by: Actor,
    case: Case,
    content: bytes,
    exhibit: Exhibit | None = None,
    samples: Exhibit | None = None,
) -> LogAnalysis:
    """The analysis stands in the matter, its marks worked out again from its figures.

    Args:
        by: who imports it.
        case: the matter.
        content: the file ``logs.json`` of ``manage.py analyse_logs``.
        exhibit: the logs, where they are an exhibit.
        samples: the published samples, likewise.

    Raises:
        LogRecordInvalid: it is no such file.
        Conflict: this file was imported already.
    """
    found = read_log_record(content)
    if not storable(found):
        raise LogRecordInvalid(
            "A text of it can neither be kept nor shown.", remedy="Analyse the logs anew.", field="content"
        )
    sha256 = hashlib.sha256(content).hexdigest()
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if case.log_analyses.filter(record_sha256=sha256).exists():
        raise Conflict("This analysis was imported already.", remedy="Open it in the list of analyses.")
    analysis = LogAnalysis.objects.create(
        case=case, exhibit=exhibit, samples=samples, title=found["title"], record=found, record_sha256=sha256,
        made_at=clock.now(), made_by=by.label,
    )  # fmt: skip
    facts = {
        "record_sha256": sha256,
        "exchanges": found["exchanges"],
        "files": [file["sha256"] for file in found["files"]],
    }
    record(chain=case.chain, by=by, verb="imported", thing=analysis, facts=facts)
    return analysis


@transaction.atomic
def ask_to_analyse(
    *,
    by: Actor,
    case: Case,
    exhibit: Exhibit,
    title: str = "",
    samples: Exhibit | None = None,
    fields: Mapping[str, str] | None = None,
) -> LogRun:
    """The exhibit's logs wait for the worker to analyse them; asked for twice, they are analysed once.

    Args:
        by: who asks.
        case: the matter.
        exhibit: JSON lines or Parquet.
        title: of the analysis; the exhibit's where empty.
        samples: the suspect's published samples.
        fields: names of the fields for each of ``spec.ROLES``, where they differ from those.

    Raises:
        InvalidInput: an exhibit of another matter, no file of logs, or logs that are their own samples.
    """
    if samples == exhibit:
        raise InvalidInput(
            "These are the logs themselves.", remedy="Choose the suspect’s samples, or none.", field="samples"
        )
    for field, thing in (("exhibit", exhibit), ("samples", samples)):
        if thing is None:
            continue
        if thing.case_id != case.pk:
            raise InvalidInput("The exhibit is of another matter.", remedy="Choose one of this.", field=field)
        if not thing.original_name.lower().endswith(FORMATS):
            raise InvalidInput(
                f"{thing.original_name} is not a file of logs.",
                remedy=f"Its name must end in {', '.join(FORMATS)}.",
                field=field,
            )
    asked = {
        "case": case, "exhibit": exhibit, "samples": samples, "title": (title.strip() or exhibit.title)[:300],
        "fields": {role: (fields or {}).get(role, "").strip() or role for role in ROLES},
    }  # fmt: skip
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    run = LogRun.objects.filter(**asked, state__in=LOGS_UNDER_WAY).first()
    if run is not None:
        return run
    run = LogRun.objects.create(**asked, asked_at=clock.now(), asked_by=by.label)
    record(chain=case.chain, by=by, verb="asked to analyse", thing=exhibit, facts={"fields": run.fields})
    enqueue("comparison.analyse_logs", run_id=run.pk)
    return run


@transaction.atomic
def keep_analysis(*, by: Actor, run: LogRun, content: bytes) -> LogAnalysis:
    """The run is done, and its analysis stands in the matter; Conflict where it is not under way."""
    _move(run, LogRun.State.DONE)
    analysis = import_logs(by=by, case=run.case, content=content, exhibit=run.exhibit, samples=run.samples)
    LogRun.objects.filter(pk=run.pk).update(state=LogRun.State.DONE, analysis=analysis)
    return analysis


@transaction.atomic
def begin_analysis(run: LogRun) -> None:
    """The run is under way; Conflict where it has ended."""
    LogRun.objects.filter(pk=run.pk).update(state=_move(run, LogRun.State.RUNNING))


@transaction.atomic
def cancel_analysis(*, by: Actor, run: LogRun) -> None:
    """The run is stopped and leaves nothing behind; Conflict where it has come to its end."""
    LogRun.objects.filter(pk=run.pk).update(state=_move(run, LogRun.State.CANCELLED))
    record(chain=run.case.chain, by=by, verb="cancelled the analysis of", thing=run.exhibit)


@transaction.atomic
def stop_analysis(run: LogRun, message: str) -> None:
    """The run has stopped and says why; Conflict where it has ended."""
    LogRun.objects.filter(pk=run.pk).update(state=_move(run, LogRun.State.FAILED), message=message)


def _move(run: LogRun, then: LogRun.State) -> LogRun.State:
    now = LogRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk).state
    return step(LogRun.TRANSITIONS, now=LogRun.State(now), then=then)
