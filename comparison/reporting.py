"""Laying out the report of a comparison, with what the matter knows of it."""

import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Q

from comparison.actions import reports
from comparison.models import Comparison, ExpertReport, ModelArtefact
from comparison.report import Held, Matter, write_report
from core.actor import Actor
from core.errors import AssizeError
from evidence.actions.exhibits import keep
from evidence.files.store import read_chunks
from evidence.storage import store
from ledger.models import Event

MOST_ENTRIES = 200
"""Entries of the ledger that a report lists."""


def lay_out(comparison_id: UUID, *, by: Actor) -> None:
    """The report that is waited for stands in evidence, or its readers are told why not."""
    waiting = ExpertReport.objects.filter(comparison=comparison_id, asked_at__isnull=False)
    kept = waiting.select_related("comparison__case__court").first()
    if kept is None:
        return
    comparison = kept.comparison
    try:
        file = reports.record_of(comparison)
        content = store().path(file.exhibit.sha256).read_bytes() if file else b""
        with tempfile.TemporaryDirectory(prefix="report-") as folder:
            out = write_report(content, Path(folder, "report.pdf"), matter_of(kept))
            stored = keep(read_chunks(out))
    except AssizeError as error:
        reports.report_failed(by=by, comparison=comparison, message=str(error))
        return
    reports.keep_report(by=by, comparison=comparison, stored=stored)


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
        exhibit=str(artefact.exhibit or ""),
    )


def _custody(comparison: Comparison, until: datetime) -> list[tuple[str, str, str]]:
    things = [comparison.reference, comparison.suspect, comparison]
    things += [file.exhibit for file in comparison.signed_files.select_related("exhibit")]
    about = Q()
    for thing in things:
        about |= Q(thing_type=thing._meta.label_lower, thing_id=str(thing.pk))
    events = Event.objects.filter(about, chain__key=comparison.case.chain, at__lt=until).order_by("sequence")
    return [
        (_moment(comparison, event.at), event.actor, f"{event.verb} {event.thing_label}")
        for event in events[:MOST_ENTRIES]
    ]


def _moment(comparison: Comparison, at: datetime) -> str:
    return f"{at.astimezone(comparison.case.court.zone):%-d %B %Y, %H:%M}"
