"""Background building: thin callers of the pipeline."""

from celery import current_app, shared_task
from celery.signals import worker_ready

from bundles import alike, pipeline, redacting, selectors
from bundles.models import Bundle
from core.actor import machine


@shared_task(name="bundles.build")
def build(build_id: int) -> None:
    """The build has come to its end."""
    pipeline.run(build_id, by=machine("worker"))


@shared_task(name="bundles.redact")
def redact(copy_id: int) -> None:
    """The redacted copy has come to its end."""
    redacting.run(copy_id, by=machine("worker"))


@shared_task(name="bundles.compare")
def compare(bundle_id: str) -> None:
    """The bundle's documents have been read, so that those alike can be shown."""
    alike.read(Bundle.objects.get(pk=bundle_id))


@shared_task(name="bundles.sweep")
def sweep() -> None:
    """Every build and every redacted copy that has not come to its end is asked for again."""
    for build_id in selectors.unfinished():
        build.delay(build_id=build_id)
    for copy_id in redacting.unfinished():
        redact.delay(copy_id=copy_id)


@worker_ready.connect
def sweep_on_start(**_: object) -> None:
    """A worker that starts begins with what an earlier one left unfinished."""
    current_app.send_task("bundles.sweep")
