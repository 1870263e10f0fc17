"""Asking for a registered job to be run, and the steps of its run."""

from typing import Any

from django.db import transaction

from comparison.actions.importing import import_record
from comparison.actions.signatures import keep_signed, own_signature
from comparison.evaluation.record import FILE
from comparison.models import Comparison, ComparisonJob, Run, SignedFile
from comparison.selectors import UNDER_WAY
from core import clock
from core.actor import Actor
from core.errors import Conflict
from core.queue import enqueue
from core.states import step
from evidence.actions.exhibits import keep
from evidence.files.store import Stored
from ledger.actions import record


@transaction.atomic
def ask_to_run(*, by: Actor, job: ComparisonJob) -> Run:
    """The job's run waits for the worker, or is under way; one that stopped is taken up where it ended.

    Raises:
        Conflict: the job is a draft, or has run.
    """
    job = ComparisonJob.objects.select_for_update(of=("self",), no_key=True).get(pk=job.pk)
    if not job.registered:
        raise Conflict(
            "Only a registered comparison can run.", remedy="Register it; it is never changed after that."
        )
    run = Run.objects.filter(job=job).first()
    if run is not None and run.state in UNDER_WAY:
        return run
    if run is None:
        run = Run.objects.create(job=job, asked_at=clock.now(), asked_by=by.label)
    else:
        move(run.pk, Run.State.WAITING, asked_at=clock.now(), asked_by=by.label, message="", ended_at=None)
        run.refresh_from_db()
    record(chain=job.case.chain, by=by, verb="asked to run", thing=job, facts={"sha256": job.sha256})
    enqueue("comparison.run", run_id=run.pk)
    return run


@transaction.atomic
def cancel(*, by: Actor, run: Run) -> Run:
    """The run is stopped; what it had finished is kept for when it is asked for again.

    Raises:
        Conflict: it has come to its end.
    """
    move(run.pk, Run.State.CANCELLED, ended_at=clock.now())
    record(chain=run.job.case.chain, by=by, verb="cancelled the run of", thing=run.job)
    run.refresh_from_db()
    return run


@transaction.atomic
def move(run_id: int, state: Run.State, **fields: Any) -> None:
    """The run is in this state, with these fields; Conflict where it cannot come to it."""
    now = Run.objects.select_for_update(no_key=True).get(pk=run_id).state
    allowed = step(Run.TRANSITIONS, now=Run.State(now), then=state)
    Run.objects.filter(pk=run_id).update(state=allowed, changed_at=clock.now(), **fields)


@transaction.atomic
def fail(*, by: Actor, run: Run, message: str) -> None:
    """The run has stopped and says why."""
    move(run.pk, Run.State.FAILED, message=message, ended_at=clock.now())
    record(
        chain=run.job.case.chain, by=by, verb="could not finish", thing=run.job, facts={"because": message}
    )


def keep_result(*, by: Actor, run: Run, content: bytes) -> Comparison:
    """The run is done and its comparison stands in the matter, its findings worked out again.

    The record is kept as an exhibit, signed by this installation.

    Args:
        by: the worker.
        run: under way.
        content: the file ``comparison.json`` that it wrote.

    Raises:
        Conflict: the run is not under way: somebody cancelled it, or it has its comparison.
        RecordInvalid, InvalidInput: as ``import_record``.
    """
    return _keep_stored(by, run, content, keep([content]))


@transaction.atomic
def _keep_stored(by: Actor, run: Run, content: bytes, stored: Stored) -> Comparison:
    if Run.objects.select_for_update(no_key=True).get(pk=run.pk).state != Run.State.RUNNING:
        raise Conflict("This run is not under way.", remedy="Ask for it again.")
    case = run.job.case
    made = case.comparisons.filter(detail__record_sha256=stored.sha256, run=None).first()
    if made is None:
        made = import_record(by=by, case=case, content=content)
        signature = own_signature(by=by, case=case, sha256=stored.sha256).text
        kind = SignedFile.Kind.RECORD
        keep_signed(by=by, comparison=made, kind=kind, stored=stored, name=FILE, signature=signature)
    move(run.pk, Run.State.DONE, comparison=made, ended_at=clock.now())
    facts = {"sha256": run.job.sha256, "comparison": made.pk, "record_sha256": stored.sha256}
    record(chain=case.chain, by=by, verb="finished the run of", thing=run.job, facts=facts)
    return made
