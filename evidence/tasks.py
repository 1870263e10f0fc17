"""Background work on exhibits: thin callers of the pipeline."""

from celery import current_app, shared_task
from celery.signals import worker_ready

from core.actor import machine
from evidence import pipeline, selectors


@shared_task(name="evidence.intake")
def intake(exhibit_id: str) -> None:
    """The exhibit's intake has come to its end."""
    pipeline.run(exhibit_id, by=machine("worker"))


@shared_task(name="evidence.sweep")
def sweep() -> None:
    """Every intake that has not come to its end is asked for again; a lost message costs no exhibit."""
    for exhibit_id in selectors.unfinished():
        intake.delay(exhibit_id=exhibit_id)


@worker_ready.connect
def sweep_on_start(**_: object) -> None:
    """A worker that starts begins with what an earlier one left unfinished."""
    current_app.send_task("evidence.sweep")
