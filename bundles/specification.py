"""From a bundle's rows to what the engine builds from."""

from collections.abc import Sequence
from itertools import groupby
from typing import cast

from bundles import sources
from bundles.models import Bundle, Entry
from bundles.pdf.contents import OnFailure
from bundles.pdf.spec import BundleSpec, EntrySpec, ExhibitFile, SectionSpec
from evidence.models import Exhibit
from evidence.storage import store


def of(bundle: Bundle, entries: Sequence[Entry] | None = None, *, on_failure: str = "") -> BundleSpec:
    """The specification of a bundle as it stands now, or with the entries given."""
    standing = sources.entries_of(bundle) if entries is None else entries
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
    source = sources.of_exhibit(exhibit)
    return ExhibitFile(
        file=store().path(source.stored or exhibit.sha256),
        source=source.name,
        title=source.title,
        date=source.dated,
        sha256=source.sha256,
        failure=source.missing or None,
    )


def _entry(entry: Entry) -> EntrySpec:
    source = sources.of(entry)
    return EntrySpec(
        title=entry.title or source.title,
        date=source.dated,
        file=store().path(source.stored or source.sha256),
        source=source.name,
        sha256=source.sha256,
        exhibit_mark=(entry.exhibit.mark if entry.exhibit else "") or None,
        failure=source.missing or None,
        pages=source.pages,
        signpost=entry.signpost,
    )
