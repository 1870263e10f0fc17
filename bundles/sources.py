"""What stands behind an entry of a bundle: the PDF that goes in, or why there is none."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from authorities.models import Authority
from bundles import ranges
from bundles.models import AuthorityCopy, Bundle, Entry, RedactedCopy
from core.errors import InvalidInput
from evidence.models import Exhibit, Intake, Page, Rendition
from evidence.selectors import best_pdf

UNFINISHED = (Intake.State.WAITING, Intake.State.RUNNING)
NO_TEXT = (
    "Only our own summary of it is here, not its text. Import the text, or receive a copy as an exhibit and "
    "put that in."
)


@dataclass(frozen=True, slots=True)
class Source:
    """The document of one entry.

    Args:
        title: what it is called of itself.
        name: the name shown for where it comes from, usually the original's file name.
        dated: its own date.
        sha256: of the original.
        stored: of the PDF that goes in; empty where there is none yet.
        size: of that PDF in bytes; 0 where it is not known.
        all_pages: how many pages that PDF has; 0 where it is not known.
        pages: those of them that go in, from 1; empty for all.
        missing: why it cannot go in as things stand, with the remedy; empty where it can.
    """

    title: str
    name: str
    dated: date | None
    sha256: str
    stored: str
    size: int
    all_pages: int
    pages: tuple[int, ...] = ()
    missing: str = ""

    @property
    def count(self) -> int:
        """Pages that go in; 0 where that is not known."""
        return len(self.pages) or self.all_pages

    @property
    def bytes(self) -> int:
        """Bytes that go in, about: the share of the pages taken."""
        return self.size * self.count // self.all_pages if self.all_pages else 0


def entries_of(bundle: Bundle) -> list[Entry]:
    """The bundle's entries in the order in which they will be numbered, with all that the engine needs."""
    return list(
        Entry.objects.filter(section__bundle=bundle)
        .select_related("section", "exhibit__intake", "authority")
        .prefetch_related(
            "exhibit__renditions",
            Prefetch("exhibit__redacted_copies", RedactedCopy.objects.filter(state=RedactedCopy.State.MADE)),
            Prefetch("authority__copies", AuthorityCopy.objects.order_by("-made_at")),
        )
        .order_by("section__order", "section_id", "order", "pk")
    )


def of(entry: Entry, *, redacted: bool = False) -> Source:
    """The entry's document as things stand.

    Args:
        entry: read by ``entries_of``.
        redacted: take the newest redacted copy where there is one.
    """
    if entry.exhibit:
        return _of_exhibit(entry, entry.exhibit, redacted=redacted)
    authority: Authority = entry.authority  # type: ignore[assignment]  # one of the two stands, by constraint
    return _of_authority(entry, authority)


def of_exhibit(exhibit: Exhibit) -> Source:
    """The whole exhibit, as it would go into a bundle."""
    missing = why_not(exhibit) or ""
    pdf = None if missing else best_pdf(exhibit)
    return Source(
        title=exhibit.title,
        name=exhibit.original_name,
        dated=exhibit.dated,
        sha256=exhibit.sha256,
        stored=pdf.sha256 if pdf else "",
        size=pdf.size if pdf else 0,
        all_pages=pdf.pages if pdf else 0,
        missing=missing,
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


def redacted_copy(exhibit: Exhibit) -> RedactedCopy | None:
    """The exhibit's newest redacted copy that was made and verified."""
    made = [copy for copy in exhibit.redacted_copies.all() if copy.state == RedactedCopy.State.MADE]
    return max(made, key=lambda copy: copy.number, default=None)


def pictured(exhibits: Collection[UUID]) -> set[UUID]:
    """Those of the exhibits whose first page has a picture."""
    pages = Page.objects.filter(exhibit__in=exhibits, number=1).exclude(image_sha256="")
    return set(pages.values_list("exhibit_id", flat=True))


def _of_exhibit(entry: Entry, exhibit: Exhibit, *, redacted: bool) -> Source:
    source = of_exhibit(exhibit)
    copy = redacted_copy(exhibit) if redacted else None
    if copy:
        missing = "" if copy.pages == source.all_pages else _other_length(copy, source)
        source = replace(source, stored=copy.sha256, size=copy.size or 0, missing=missing)
    return _cut(entry, source)


def _other_length(copy: RedactedCopy, whole: Source) -> str:
    return (
        f"Its redacted copy has {copy.pages} pages and the document {whole.all_pages}, so the numbers of the "
        "two bundles would differ. Make the redacted copy again."
    )


def _of_authority(entry: Entry, authority: Authority) -> Source:
    copy = next(iter(authority.copies.all()), None)
    missing = NO_TEXT if authority.is_summary else ""
    source = Source(
        title=str(authority),
        name=authority.source or "Authorities",
        dated=authority.date,
        sha256=copy.sha256 if copy else authority.source_sha256,
        stored=copy.sha256 if copy else "",
        size=copy.size if copy else 0,
        all_pages=copy.pages if copy else 0,
        missing=missing,
    )
    return _cut(entry, source) if copy else source


def _cut(entry: Entry, source: Source) -> Source:
    """The source with the entry's own pages, or as the page that says where it is kept."""
    if entry.signpost:
        return replace(source, stored="", size=0, all_pages=1, missing="")
    if not entry.pages or source.missing:
        return source
    try:
        return replace(source, pages=ranges.parse(entry.pages, last=source.all_pages))
    except InvalidInput as wrong:
        return replace(source, missing=str(wrong))
