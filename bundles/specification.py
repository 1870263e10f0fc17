"""From a bundle's rows to what the engine builds from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import cast

from bundles import masters, sources, standing
from bundles.models import Build, Bundle, Entry
from bundles.pdf import profile
from bundles.pdf.contents import Bates, FrontSheet, OnFailure, Standing
from bundles.pdf.report import standing_after
from bundles.pdf.spec import BundleSpec, EntrySpec, ExhibitFile, SectionSpec
from bundles.referring import marked
from evidence.models import Exhibit
from evidence.storage import store

CAME_LATER = (
    "It was not there yet when the bundle was delivered, and the pages that follow keep their numbers. "
    "Put it in once more: it then stands among the documents that were added later."
)
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
    held = standing.delivered(bundle)
    documents = _Documents(
        redacted=variant == Build.Variant.REDACTED,
        stickers=profile.load(bundle.profile).stickers,
        held=held,
        insert=bundle.late == Bundle.Late.INSERT,
        referring=_references(bundle),
        numbers={entry.key: place for place, entry in enumerate(now, start=1) if not entry.signpost},
    )
    sections = tuple(
        SectionSpec(title=section.title, entries=tuple(map(documents.spec, run)))
        for section, run in groupby(now, key=lambda entry: entry.section)
    )
    return BundleSpec(
        title=bundle.title,
        case=bundle.case.title,
        claim_number=bundle.case.claim_number,
        court=bundle.case.court.name,
        hearing_date=bundle.hearing_date,
        profile=bundle.profile,
        on_failure=cast(OnFailure, on_failure or bundle.on_failure),
        sections=marked(bundle, now, sections),
        letter=bundle.letter,
        bates=Bates(bundle.bates_prefix, bundle.bates_start) if bundle.bates_prefix else None,
        largest_mib=bundle.largest_mib,
        standing=_standing(held, variant),
        front=_front(bundle),
    )


def _standing(held: standing.Delivered | None, variant: str) -> Standing | None:
    """What was delivered; its file too where the new one shows the same documents and not redacted copies."""
    if held is None:
        return None
    same = held.version.build.variant == variant
    return standing_after(held.version.report, held.on, store().path(held.version.sha256) if same else None)


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


@dataclass(frozen=True)
class _Documents:
    """How entries become the engine's: what is the same for all of a build.

    Args:
        redacted: redacted copies take their originals' place.
        stickers: an exhibit's first page carries its mark.
        held: what was delivered, whose documents keep their pages.
        insert: later documents stand in their place, numbered 45A and so on.
        referring: an entry's references to its main bundle.
        numbers: where each document stands among all, from 1, by ``Entry.key``.
    """

    redacted: bool
    stickers: bool
    held: standing.Delivered | None
    insert: bool
    referring: References
    numbers: dict[str, int]

    def spec(self, entry: Entry) -> EntrySpec:
        """The entry for the engine."""
        source = sources.of(entry, redacted=self.redacted)
        mark = entry.exhibit.mark if entry.exhibit else ""
        late = self.held is not None and not self.held.holds(entry)
        stood = self.held.stood.get(entry.key) if self.held and not late else None
        return EntrySpec(
            title=entry.title or source.title,
            date=source.dated,
            file=_file(source),
            source=source.name,
            sha256=source.sha256 or None,
            exhibit_mark=mark or None,
            failure=source.missing or (CAME_LATER if stood and stood.missing else None),
            keeps=stood.pages if stood else 0,
            pages=source.pages,
            references=() if source.missing or entry.signpost else self.referring(entry, source),
            sticker=f"Exhibit {mark}" if mark and self.stickers else "",
            marking=self._marking(entry.exhibit),
            signpost=entry.signpost,
            signpost_to=self.numbers.get(entry.key, 0) if entry.signpost else 0,
            late=late and self.insert,
        )

    def _marking(self, exhibit: Exhibit | None) -> str:
        """The words on each page of a document that is not for everybody."""
        if exhibit is None or exhibit.confidentiality == Exhibit.Confidentiality.OPEN:
            return ""
        return "REDACTED" if self.redacted else exhibit.get_confidentiality_display().upper()


def _file(source: sources.Source) -> Path:
    """Where its PDF is; where there is none, the engine is told why and reads nothing."""
    kept = source.stored or source.sha256
    return store().path(kept) if kept else Path(source.name)


def _references(bundle: Bundle) -> References:
    """What gives an entry's pages their references: the main bundle's newest version, or nothing."""
    version = masters.newest(bundle.master) if bundle.master else None
    if bundle.kind != Bundle.Kind.CORE or version is None:
        return lambda entry, source: ()
    held = masters.places(version)

    def referring(entry: Entry, source: sources.Source) -> tuple[str, ...]:
        pages = source.pages or tuple(range(1, source.all_pages + 1))
        return masters.references(version, held, entry, pages)

    return referring


def _front(bundle: Bundle) -> FrontSheet | None:
    """The top of the first page, where the bundle is an exhibit.

    Law: CPR PD 32, 11.3 and 18.3 to 18.6: the front page carries the statement's marks and the exhibit's.
    """
    if bundle.kind != Bundle.Kind.EXHIBIT:
        return None
    lines = tuple(line.strip() for line in bundle.statement_marks.splitlines() if line.strip())
    words = f"This is the exhibit marked “{bundle.exhibit_mark}” referred to in the {_said(bundle)}."
    return FrontSheet(marks=lines, mark=bundle.exhibit_mark, certificate=words)


def _said(bundle: Bundle) -> str:
    """The statement's title as it stands in a sentence."""
    title = bundle.statement.title if bundle.statement else "witness statement"
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
