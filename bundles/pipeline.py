"""Building: the engine is run over a frozen specification and its result becomes a version."""

import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError

from bundles import laying_out, naming, refusals, sources, specification
from bundles.actions.states import move, stop
from bundles.actions.versions import FurtherFile, Made, keep_version
from bundles.models import Build, Entry
from bundles.pdf.build import build
from bundles.pdf.errors import BundleStopped
from bundles.pdf.report import EntryReport, FileReport
from core.actor import Actor
from core.errors import AssizeError
from core.locks import if_free
from evidence.files.limits import DEFAULT
from evidence.files.store import read_chunks
from evidence.storage import store

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
        move(build_id, Build.State.RUNNING, done=0, total=0, what="")
        entries: list[Entry] = []
        try:
            laying_out.lay_out_authorities(asked.bundle)
            entries = sources.entries_of(asked.bundle)
            _build(asked, entries, by)
        except BundleStopped as refusal:
            documents = _documents(refusal.entries, entries, asked.variant, refusal.remedies)
            stop(by=by, asked=asked, message=str(refusal), documents=documents)
        except AssizeError as refusal:
            stop(by=by, asked=asked, message=str(refusal))
        except OperationalError:
            # The database was away or chose this transaction to end a deadlock; the next sweep tries again.
            raise
        except Exception as fault:
            log.exception("build %s", build_id)
            message = f"A fault in Assize stopped the build: {type(fault).__name__}: {fault}"
            stop(by=by, asked=asked, message=message)


def _build(asked: Build, entries: Sequence[Entry], by: Actor) -> None:
    refusals.before_building(asked.bundle, entries, asked.variant, confirmed=asked.privileged_confirmed)
    spec = specification.of(asked.bundle, entries, on_failure=asked.on_failure, variant=asked.variant)
    name = naming.file_name(
        claim_number=spec.claim_number,
        case=spec.case,
        title=naming.full_title(
            spec.title,
            letter=spec.letter,
            redacted=asked.variant == Build.Variant.REDACTED,
            confidential=any(entry.exhibit and sources.redacted_copy(entry.exhibit) for entry in entries),
        ),
        hearing_date=spec.hearing_date,
    )
    with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        out = Path(folder) / name
        report = build(spec, out, progress=_progress_of(asked.pk), kept=_kept())
        made = Made(
            spec=spec,
            name=name,
            stored=store().put(read_chunks(out), limit=DEFAULT.output_bytes),
            report=report.as_json(),
            documents=_documents(report.entries, entries, asked.variant),
            further=tuple(map(_further, report.files)),
        )
    keep_version(by=by, asked=asked, made=made)


def _kept() -> Path:
    """Where the engine keeps what it found of each document, so that a rebuild need not look again."""
    folder: Path = settings.VAR / "prepared"
    folder.mkdir(exist_ok=True)
    return folder


def _further(file: FileReport) -> FurtherFile:
    """A volume or what is new, put into the store."""
    path = Path(file.file)
    stored = store().put(read_chunks(path), limit=DEFAULT.output_bytes)
    return FurtherFile(file.kind, file.number, path.name, stored, file.first_page, file.last_page)


def _progress_of(build_id: int) -> Callable[[int, int, str], None]:
    written = 0.0

    def progress(done: int, total: int, what: str) -> None:
        nonlocal written
        if time.monotonic() - written >= PROGRESS_EVERY or done == total:
            written = time.monotonic()
            Build.objects.filter(pk=build_id).update(done=done, total=total, what=what[:300])

    return progress


def _documents(
    reports: Sequence[EntryReport], entries: Sequence[Entry], variant: str, remedies: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """What became of each document, with the rows it came from and the pages of it that went in.

    ``copy`` is the number of the redacted copy that stood in its place, 0 for none.
    """
    remedy = iter(remedies)
    redacted = variant == Build.Variant.REDACTED
    copies = [
        sources.redacted_copy(entry.exhibit) if redacted and entry.exhibit else None for entry in entries
    ]
    return [
        {
            **asdict(report),
            "entry": entry.pk,
            "key": entry.key,
            "exhibit": str(entry.exhibit_id or ""),
            "authority": entry.authority_id,
            "pages": entry.pages,
            "signpost": entry.signpost,
            "copy": copy.number if copy else 0,
            "remedy": next(remedy, "") if report.status == "failed" else "",
        }
        for report, entry, copy in zip(reports, entries, copies, strict=True)
    ]
