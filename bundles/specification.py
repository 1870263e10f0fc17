"""From a bundle's rows to what the engine builds from."""

from bundles.models import Bundle, Entry
from bundles.pdf.spec import BundleSpec, EntrySpec, SectionSpec
from evidence.models import Exhibit, Intake, Rendition
from evidence.selectors import best_pdf
from evidence.storage import store


def of(bundle: Bundle) -> BundleSpec:
    """The specification of a bundle as it stands now."""
    sections = []
    for section in bundle.sections.prefetch_related("entries__exhibit__renditions", "entries__exhibit__intake"):
        entries = tuple(_entry(entry) for entry in section.entries.all())
        if entries:
            sections.append(SectionSpec(title=section.title, entries=entries))
    return BundleSpec(
        title=bundle.title,
        case=bundle.case.title,
        claim_number=bundle.case.claim_number,
        court=bundle.case.court.name,
        hearing_date=bundle.hearing_date,
        profile=bundle.profile,
        on_failure=bundle.on_failure,
        sections=tuple(sections),
    )


def _entry(entry: Entry) -> EntrySpec:
    exhibit = entry.exhibit
    try:
        sha256, failure = best_pdf(exhibit).sha256, None
    except Rendition.DoesNotExist:
        sha256, failure = exhibit.sha256, _why_not(exhibit)
    return EntrySpec(
        title=entry.title or exhibit.title,
        date=exhibit.dated,
        file=store().path(sha256),
        source=exhibit.original_name,
        sha256=exhibit.sha256,
        exhibit_mark=exhibit.mark or None,
        failure=failure,
    )


def _why_not(exhibit: Exhibit) -> str:
    intake = exhibit.intake
    if intake.state in (Intake.State.WAITING, Intake.State.RUNNING):
        return "Its intake has not finished yet. Wait for it and build again."
    return f"{intake.message} {intake.remedy}".strip()
