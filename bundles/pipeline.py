"""Building: the engine is run over a frozen specification and its result becomes a version."""

import logging
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from bundles import naming, specification
from bundles.models import Build, Bundle, Version
from bundles.pdf.build import BuildReport, build
from core import clock
from core.actor import Actor
from core.errors import AssizeError
from core.locks import if_free
from evidence.files.limits import DEFAULT
from evidence.files.store import Stored, read_chunks
from evidence.storage import store
from ledger.actions import record

log = logging.getLogger(__name__)


def run(build_id: int, *, by: Actor) -> None:
    """The build has come to its end: a new version stands, or it stopped and says why.

    A build whose worker was killed begins anew; a finished one is left alone.
    """
    with if_free(settings.VAR / "locks" / f"build-{build_id}") as free:
        asked = Build.objects.select_related("bundle__case__court").get(pk=build_id)
        if not free or asked.state not in (Build.State.WAITING, Build.State.RUNNING):
            return
        Build.objects.filter(pk=build_id).update(state=Build.State.RUNNING)
        try:
            _build(asked, by)
        except AssizeError as refusal:
            _stop(asked, str(refusal))
        except Exception as fault:
            log.exception("build %s", build_id)
            _stop(asked, f"A fault in Assize stopped the build: {type(fault).__name__}: {fault}")


def _build(asked: Build, by: Actor) -> None:
    def progress(done: int, total: int, what: str) -> None:
        Build.objects.filter(pk=asked.pk).update(done=done, total=total, what=what[:300])

    with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        out = Path(folder) / naming.file_name(asked.bundle)
        report = build(specification.of(asked.bundle), out, progress=progress)
        kept = store().put(read_chunks(out), limit=DEFAULT.output_bytes)
    _add_version(asked, report, kept, by)


@transaction.atomic
def _add_version(asked: Build, report: BuildReport, kept: Stored, by: Actor) -> None:
    bundle = Bundle.objects.select_for_update().get(pk=asked.bundle_id)
    last = bundle.versions.aggregate(last=Max("number"))["last"] or 0
    answer = report.as_json()
    version = Version.objects.create(
        bundle=bundle,
        build=asked,
        number=last + 1,
        built_at=clock.now(),
        file_name=naming.file_name(bundle),
        sha256=kept.sha256,
        size=kept.size,
        pages=answer["pages"],
        report={**answer, "file": naming.file_name(bundle)},
        passed=answer["check"]["passed"],
    )
    Build.objects.filter(pk=asked.pk).update(state=Build.State.BUILT)
    facts = {"sha256": kept.sha256, "pages": version.pages, "asked_by": asked.asked_by}
    record(chain=bundle.case.chain, by=by, verb="built", thing=version, facts=facts)


def _stop(asked: Build, message: str) -> None:
    Build.objects.filter(pk=asked.pk).update(state=Build.State.STOPPED, message=message)
