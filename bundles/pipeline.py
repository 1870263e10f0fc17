"""Building: the engine is run over a frozen specification and its result becomes a version."""

import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Max

from bundles import naming, selectors, sources, specification
from bundles.models import Build, Bundle, Entry, Version
from bundles.pdf import profile
from bundles.pdf.build import build
from bundles.pdf.contents import BundleSpec
from bundles.pdf.errors import BundleStopped
from bundles.pdf.report import BuildReport, EntryReport
from core import clock
from core.actor import Actor
from core.errors import AssizeError
from core.locks import if_free
from core.states import step
from evidence.files.limits import DEFAULT
from evidence.files.store import Stored, read_chunks
from evidence.storage import store
from ledger.actions import record

log = logging.getLogger(__name__)

PROGRESS_EVERY = 0.5
"""Seconds between two writes of the progress, so that a thousand documents are not a thousand writes."""


def run(build_id: int, *, by: Actor) -> None:
    """The build has come to its end: a new version stands, or it stopped and says why.

    A build whose worker was killed begins anew; a finished one is left alone, and so is one that another
    process is busy with.
    """
    with if_free(settings.VAR / "locks" / f"build-{build_id}") as free:
        asked = Build.objects.select_related("bundle__case__court").get(pk=build_id)
        if not free or asked.state not in (Build.State.WAITING, Build.State.RUNNING):
            return
        _move(build_id, Build.State.RUNNING, done=0, total=0, what="")
        entries = sources.entries_of(asked.bundle)
        try:
            _build(asked, entries, by)
        except BundleStopped as refusal:
            _stop(asked, str(refusal), by, _documents(refusal.entries, entries, refusal.remedies))
        except AssizeError as refusal:
            _stop(asked, str(refusal), by)
        except OperationalError:
            # The database was away or chose this transaction to end a deadlock; the next sweep tries again.
            raise
        except Exception as fault:
            log.exception("build %s", build_id)
            _stop(asked, f"A fault in Assize stopped the build: {type(fault).__name__}: {fault}", by)


@transaction.atomic
def _move(build_id: int, state: Build.State, **fields: Any) -> None:
    """The build is in this state, with these fields; Conflict where it cannot come to it."""
    now = Build.objects.select_for_update(no_key=True).get(pk=build_id).state
    allowed = step(Build.TRANSITIONS, now=Build.State(now), then=state)
    Build.objects.filter(pk=build_id).update(state=allowed, **fields)


def _build(asked: Build, entries: Sequence[Entry], by: Actor) -> None:
    if not asked.privileged_confirmed:
        selectors.refuse_privileged(entries)
    spec = specification.of(asked.bundle, entries, on_failure=asked.on_failure)
    with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        out = Path(folder) / _file_name(spec)
        report = build(spec, out, progress=_progress_of(asked.pk))
        kept = store().put(read_chunks(out), limit=DEFAULT.output_bytes)
    _add_version(asked, spec, report, kept, _documents(report.entries, entries, ()), by)


def _progress_of(build_id: int) -> Callable[[int, int, str], None]:
    written = 0.0

    def progress(done: int, total: int, what: str) -> None:
        nonlocal written
        if time.monotonic() - written >= PROGRESS_EVERY or done == total:
            written = time.monotonic()
            Build.objects.filter(pk=build_id).update(done=done, total=total, what=what[:300])

    return progress


@transaction.atomic
def _add_version(
    asked: Build,
    spec: BundleSpec,
    report: BuildReport,
    kept: Stored,
    documents: list[dict[str, Any]],
    by: Actor,
) -> None:
    bundle = Bundle.objects.select_for_update(no_key=True).get(pk=asked.bundle_id)
    last = bundle.versions.aggregate(last=Max("number"))["last"] or 0
    answer = report.as_json()
    name = _file_name(spec)
    version = Version.objects.create(
        bundle=bundle,
        build=asked,
        number=last + 1,
        built_at=clock.now(),
        file_name=name,
        sha256=kept.sha256,
        size=kept.size,
        pages=answer["pages"],
        report={**answer, "file": name, "settings": _settings(spec)},
        passed=answer["check"]["passed"],
    )
    _move(asked.pk, Build.State.BUILT, documents=documents)
    facts = {"sha256": kept.sha256, "pages": version.pages, "asked_by": asked.asked_by}
    record(chain=bundle.case.chain, by=by, verb="built", thing=version, facts=facts)


def _settings(spec: BundleSpec) -> dict[str, Any]:
    """What the version was built from and checked against, kept with it since both may change later."""
    return {
        "title": spec.title,
        "case": spec.case,
        "claim_number": spec.claim_number,
        "court": spec.court,
        "hearing_date": spec.hearing_date.isoformat() if spec.hearing_date else None,
        "profile": spec.profile,
        "on_failure": spec.on_failure,
        "sections": [{"title": part.title, "documents": len(part.entries)} for part in spec.sections],
        "rules": [asdict(rule) for rule in profile.load(spec.profile).rules],
    }


def _documents(
    reports: Sequence[EntryReport], entries: Sequence[Entry], remedies: Sequence[str]
) -> list[dict[str, Any]]:
    remedy = iter(remedies)
    return [
        {
            **asdict(report),
            "key": entry.key,
            "exhibit": str(entry.exhibit_id or ""),
            "authority": entry.authority_id,
            "remedy": next(remedy, "") if report.status == "failed" else "",
        }
        for report, entry in zip(reports, entries, strict=True)
    ]


@transaction.atomic
def _stop(asked: Build, message: str, by: Actor, documents: Sequence[dict[str, Any]] = ()) -> None:
    _move(asked.pk, Build.State.STOPPED, message=message, documents=list(documents))
    bundle, facts = asked.bundle, {"build": asked.pk, "because": message}
    record(chain=bundle.case.chain, by=by, verb="stopped building", thing=bundle, facts=facts)


def _file_name(spec: BundleSpec) -> str:
    return naming.file_name(
        claim_number=spec.claim_number, case=spec.case, title=spec.title, hearing_date=spec.hearing_date
    )
