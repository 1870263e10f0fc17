"""Background running: thin callers of the pipeline."""

from uuid import UUID

from celery import current_app, shared_task
from celery.signals import worker_ready

from comparison import analysing, pipeline, reporting
from core.actor import machine


@shared_task(name="comparison.run")
def run(run_id: int) -> None:
    """The run has come to its end."""
    pipeline.run(run_id, by=machine("worker"))


@shared_task(name="comparison.analyse_logs")
def analyse_logs(run_id: int) -> None:
    """The analysis has come to its end."""
    analysing.run(run_id, by=machine("worker"))


@shared_task(name="comparison.report")
def report(comparison_id: str) -> None:
    """The report that was asked for is laid out."""
    reporting.lay_out(UUID(comparison_id), by=machine("worker"))


@shared_task(name="comparison.sweep")
def sweep() -> None:
    """Every run, analysis and report that has not come to its end is asked for again."""
    for run_id in pipeline.unfinished():
        run.delay(run_id=run_id)
    for run_id in analysing.unfinished():
        analyse_logs.delay(run_id=run_id)
    for comparison_id in reporting.waiting():
        report.delay(comparison_id=comparison_id)


@worker_ready.connect
def sweep_on_start(**_: object) -> None:
    """A worker that starts begins with what an earlier one left unfinished."""
    current_app.send_task("comparison.sweep")
