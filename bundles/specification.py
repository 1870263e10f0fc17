"""From a bundle's rows to what the engine builds from."""

from collections.abc import Sequence
from itertools import groupby
from typing import cast

from bundles.models import Bundle, Entry
from bundles.pdf.contents import OnFailure
from bundles.pdf.spec import BundleSpec, EntrySpec, ExhibitFile, SectionSpec
from evidence.models import Exhibit, Intake, Rendition
from evidence.selectors import best_pdf
from evidence.storage import store

UNFINISHED = (Intake.State.WAITING, Intake.State.RUNNING)


def entries_of(bundle: Bundle) -> list[Entry]:
    """The bundle's entries in the order in which they will be numbered, with all that the engine needs."""
    return list(
        Entry.objects.filter(section__bundle=bundle)
        .select_related("section", "exhibit__intake")
        .prefetch_related("exhibit__renditions")
        .order_by("section__order", "section_id", "order", "pk")
    )


def of(bundle: Bundle, entries: Sequence[Entry] | None = None, *, on_failure: str = "") -> BundleSpec:
    """The specification of a bundle as it stands now, or with the entries given."""
    standing = entries_of(bundle) if entries is None else entries
    sections = tuple(
        SectionSpec(title=section.title, entries=tuple(_entry(entry) for entry in run))
        for section, run in groupby(standing, key=lambda entry: entry.section)
    )
    return BundleSpec(
        title=bundle.title,
        case=bundle.case.title,
        claim_number=bundle.case.claim_number,
        court=bundle.case.court.name,
        hearing_date=bundle.hearing_date,
        profile=bundle.profile,
        on_failure=cast(OnFailure, on_failure or bundle.on_failure),
        sections=sections,
    )


def exhibit_file(exhibit: Exhibit) -> ExhibitFile:
    """The exhibit's PDF; where there is none that may go in, ``failure`` says why and what to do."""
    failure = why_not(exhibit)
    sha256 = exhibit.sha256 if failure else best_pdf(exhibit).sha256
    return ExhibitFile(
        file=store().path(sha256),
        source=exhibit.original_name,
        title=exhibit.title,
        date=exhibit.dated,
        sha256=exhibit.sha256,
        failure=failure,
    )


def why_not(exhibit: Exhibit) -> str | None:
    """Why the exhibit cannot go into a bundle as things stand, with the remedy; None where it can."""
    intake = exhibit.intake
    if exhibit.withdrawn_at:
        because = exhibit.withdrawn_because.rstrip(".")
        return f"It was withdrawn: {because}. Restore it or take it out of the bundle."
    if intake.state in UNFINISHED and "recognise" not in intake.finished_steps:
        return "Its intake has not finished yet. Wait for it and build again."
    try:
        best_pdf(exhibit)
    except Rendition.DoesNotExist:
        return f"{intake.message} {intake.remedy}".strip() or "It has no PDF. Ask for its conversion again."
    return None


def _entry(entry: Entry) -> EntrySpec:
    found = exhibit_file(entry.exhibit)
    return EntrySpec(
        title=entry.title or found.title,
        date=found.date,
        file=found.file,
        source=found.source,
        sha256=found.sha256,
        exhibit_mark=entry.exhibit.mark or None,
        failure=found.failure,
    )
