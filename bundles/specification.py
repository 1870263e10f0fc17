"""From a bundle's rows to what the engine builds from."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import cast

from bundles import masters, sources, standing
from bundles.models import Build, Bundle, Entry
from bundles.pdf.contents import Bates, FrontSheet, OnFailure
from bundles.pdf.spec import BundleSpec, EntrySpec, ExhibitFile, SectionSpec
from evidence.models import Exhibit
from evidence.storage import store

References = Callable[[Entry, sources.Source], tuple[str, ...]]


def of(
    bundle: Bundle,
    entries: Sequence[Entry] | None = None,
    *,
    on_failure: str = "",
    variant: str = Build.Variant.FULL,
) -> BundleSpec:
    """The specification of a bundle as it stands now, or with the entries given.

    Args:
        bundle: what is built.
        entries: its documents in order, as ``sources.entries_of`` reads them.
        on_failure: what to do about a document that cannot go in; the bundle's own way when empty.
        variant: whether redacted copies take their originals' place.

    Raises:
        Conflict: a core bundle's page is no longer in its main bundle.
    """
    now = sources.entries_of(bundle) if entries is None else entries
    redacted = variant == Build.Variant.REDACTED
    referring = _references(bundle)
    sections = tuple(
        SectionSpec(title=section.title, entries=tuple(_entry(entry, redacted, referring) for entry in run))
        for section, run in groupby(now, key=lambda entry: entry.section)
    )
    held = standing.delivered(bundle)
    return BundleSpec(
        title=bundle.title,
        case=bundle.case.title,
        claim_number=bundle.case.claim_number,
        court=bundle.case.court.name,
        hearing_date=bundle.hearing_date,
        profile=bundle.profile,
        on_failure=cast(OnFailure, on_failure or bundle.on_failure),
        sections=_with_front(bundle, sections),
        letter=bundle.letter,
        bates=Bates(bundle.bates_prefix, bundle.bates_start) if bundle.bates_prefix else None,
        largest_mib=bundle.largest_mib,
        standing=standing.for_engine(held) if held else None,
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


def _entry(entry: Entry, redacted: bool, referring: References) -> EntrySpec:
    source = sources.of(entry, redacted=redacted)
    return EntrySpec(
        title=entry.title or source.title,
        date=source.dated,
        file=store().path(source.stored or source.sha256),
        source=source.name,
        sha256=source.sha256 or None,
        exhibit_mark=(entry.exhibit.mark if entry.exhibit else "") or None,
        failure=source.missing or None,
        pages=source.pages,
        references=() if source.missing else referring(entry, source),
        marking=_marking(entry.exhibit, redacted),
        signpost=entry.signpost,
    )


def _marking(exhibit: Exhibit | None, redacted: bool) -> str:
    """The words on each page of a document that is not for everybody."""
    if exhibit is None or exhibit.confidentiality == Exhibit.Confidentiality.OPEN:
        return ""
    return "REDACTED" if redacted else exhibit.get_confidentiality_display().upper()


def _references(bundle: Bundle) -> References:
    if bundle.kind != Bundle.Kind.CORE or bundle.master is None:
        return lambda entry, source: ()
    master = bundle.master
    version = masters.newest(master)
    held = masters.places(version) if version else []

    def referring(entry: Entry, source: sources.Source) -> tuple[str, ...]:
        pages = source.pages or tuple(range(1, source.all_pages + 1))
        return masters.references(master, entry, held, pages)

    return referring


def _with_front(bundle: Bundle, sections: tuple[SectionSpec, ...]) -> tuple[SectionSpec, ...]:
    """The sections, where the bundle is an exhibit, with its front sheet before the first document.

    Law: CPR PD 32, 11.3 and 18.3 to 18.6: the front page carries the statement's marks and the exhibit's.
    """
    if bundle.kind != Bundle.Kind.EXHIBIT or not sections:
        return sections
    lines = tuple(line.strip() for line in bundle.statement_marks.splitlines() if line.strip())
    words = f"This is the exhibit marked “{bundle.exhibit_mark}” referred to in {bundle.statement}."
    first, *rest = sections[0].entries
    front = FrontSheet(marks=lines, mark=bundle.exhibit_mark, certificate=words)
    return (replace(sections[0], entries=(replace(first, front=front), *rest)), *sections[1:])
