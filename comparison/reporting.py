"""Laying out the report of a comparison, with what the matter knows of it."""

import logging
import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import OperationalError
from django.db.models import Model, Q

from comparison.actions import reports
from comparison.models import Comparison, ExpertReport, ModelArtefact
from comparison.report import Held, Matter, write_report
from core.actor import Actor
from core.errors import AssizeError, IntegrityFailure
from evidence.access import CLOSED
from evidence.actions.exhibits import keep
from evidence.files.store import read_chunks
from evidence.models import Exhibit
from evidence.storage import store
from ledger.models import Event

log = logging.getLogger(__name__)

MOST_ENTRIES = 200
"""Entries of the ledger that a report lists."""
NOT_NAMED = "An exhibit that this report does not name"
"""Stands for one that is privileged, or shown in redacted form only."""


def lay_out(comparison_id: UUID, *, by: Actor) -> None:
    """The report that is waited for stands in evidence, or its readers are told why not."""
    waiting = ExpertReport.objects.filter(comparison=comparison_id, asked_at__isnull=False)
    kept = waiting.select_related("comparison__case__court").first()
    if kept is None or kept.asked_at is None:
        return
    comparison, asked_at = kept.comparison, kept.asked_at
    try:
        with tempfile.TemporaryDirectory(prefix="report-") as folder:
            out = write_report(_record(comparison), Path(folder, "report.pdf"), matter_of(kept))
            stored = keep(read_chunks(out))
    except AssizeError as error:
        message = str(error)
    except OperationalError:
        # The database was away; the next sweep tries again.
        raise
    except Exception as fault:
        log.exception("report of comparison %s", comparison_id)
        message = f"A fault in Assize stopped the report: {type(fault).__name__}: {fault}"
    else:
        reports.keep_report(by=by, comparison=comparison, stored=stored, asked_at=asked_at)
        return
    reports.report_failed(by=by, comparison=comparison, message=message, asked_at=asked_at)


def _record(comparison: Comparison) -> bytes:
    """The record of the run, as it was kept."""
    file = reports.record_of(comparison)
    if file is None:
        return b""
    if not store().verify(file.exhibit.sha256):
        raise IntegrityFailure(
            f"{file.exhibit} is missing from the store, or is not as it was kept.",
            remedy="Restore it from the latest backup.",
        )
    return store().path(file.exhibit.sha256).read_bytes()


def waiting() -> list[str]:
    """The comparisons whose report is waited for."""
    return [
        str(one) for one in ExpertReport.objects.filter(asked_at__isnull=False).values_list("pk", flat=True)
    ]


def matter_of(kept: ExpertReport) -> Matter:
    """What the matter adds to the record; its day is that on which the report was asked for."""
    comparison = kept.comparison
    case = comparison.case
    asked = kept.asked_at or comparison.made_at
    return Matter(
        case=case.title,
        court=case.court.name,
        claim_number=case.claim_number,
        reference=_held(comparison.reference),
        suspect=_held(comparison.suspect),
        made=f"{_moment(comparison, comparison.made_at)}, by {comparison.made_by}",
        dated=asked.isoformat(timespec="seconds"),
        date=_moment(comparison, asked),
        custody=_custody(comparison, asked),
        expert=kept.parts,
    )


def _held(artefact: ModelArtefact) -> Held:
    obtained = [artefact.obtained_how]
    if artefact.obtained_on:
        obtained.append(f"{artefact.obtained_on:%-d %B %Y}")
    return Held(
        label=str(artefact),
        access=artefact.get_access_display(),
        licence=artefact.licence,
        obtained=", ".join(text for text in obtained if text),
        released=artefact.released,
        exhibit=_named(artefact.exhibit),
    )


def _named(exhibit: Exhibit | None) -> str:
    """The exhibit as a report may name it, which whoever receives the report reads."""
    if exhibit is None:
        return ""
    return NOT_NAMED if Exhibit.objects.filter(CLOSED, pk=exhibit.pk).exists() else str(exhibit)


def _custody(comparison: Comparison, until: datetime) -> list[tuple[str, str, str]]:
    things: list[Model] = [comparison.reference, comparison.suspect, comparison]
    things += Exhibit.objects.filter(signed_file__comparison=comparison).exclude(CLOSED)
    about = Q()
    for thing in things:
        about |= Q(thing_type=thing._meta.label_lower, thing_id=str(thing.pk))
    events = Event.objects.filter(about, chain__key=comparison.case.chain, at__lt=until).order_by("sequence")
    entries = [
        (_moment(comparison, event.at), event.actor, f"{event.verb} {event.thing_label}")
        for event in events[:MOST_ENTRIES]
    ]
    if more := events.count() - len(entries):
        entries.append(("Later", "", f"{more:,} more, which only the matter's ledger lists"))
    return entries


def _moment(comparison: Comparison, at: datetime) -> str:
    return f"{at.astimezone(comparison.case.court.zone):%-d %B %Y, %H:%M}"
