"""Background building: thin callers of the pipeline."""

from celery import current_app, shared_task
from celery.signals import worker_ready
from django.conf import settings

from bundles import alike, checking, pipeline, redacting, selectors
from bundles.actions.checking import forget_old
from bundles.models import Bundle
from core.actor import machine
from core.unused import forget_unused

CACHES = ("prepared", "thumbnails")
"""Folders under ``VAR`` whose files are made again when they are missing."""
UNUSED_DAYS = 90


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


@shared_task(name="bundles.check_file")
def check_file(check_id: str) -> None:
    """The check of a file that somebody put in has come to its end."""
    checking.run(check_id)


@shared_task(name="bundles.forget_checks")
def forget_checks() -> None:
    """Files put in to be checked more than a day ago are gone."""
    forget_old()


@shared_task(name="bundles.forget_unused")
def forget_what_is_unused() -> None:
    """What was found of documents and drawn of pages is gone once no bundle and no page has needed it."""
    for name in CACHES:
        forget_unused(settings.VAR / name, days=UNUSED_DAYS)


@shared_task(name="bundles.sweep")
def sweep() -> None:
    """Every build, redacted copy and check that has not come to its end is asked for again."""
    for build_id in selectors.unfinished():
        build.delay(build_id=build_id)
    for copy_id in redacting.unfinished():
        redact.delay(copy_id=copy_id)
    for check_id in checking.unfinished():
        check_file.delay(check_id=check_id)


@worker_ready.connect
def sweep_on_start(**_: object) -> None:
    """A worker that starts begins with what an earlier one left unfinished."""
    current_app.send_task("bundles.sweep")
