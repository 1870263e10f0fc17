"""What each step of the intake does: slow work first, then a function that writes its results."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db.models import Model

from cases.models import Case
from core.actor import Actor
from core.locks import only_one
from evidence import entities
from evidence.actions.exhibits import add_stored
from evidence.files import ocr, pageimage, pdfium
from evidence.files.convert import convert
from evidence.files.extract import read_pages
from evidence.files.limits import DEFAULT
from evidence.files.ocrcache import OcrCache, Recognised
from evidence.files.store import Stored, read_chunks
from evidence.models import Entity, Exhibit, Page, Rendition
from evidence.selectors import TEXT_READ, best_pdf, unlocked
from evidence.storage import store
from ledger.actions import record
from ledger.hashing import text_digest

IMAGE_WIDTH = 1240
"""Pixels across a page image: A4 at 150 dpi."""

_LANGUAGES = ("eng",)

Write = Callable[[], None]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Context:
    """What a step works on.

    Args:
        exhibit: with its case.
        by: who the results are recorded under.
        workdir: an empty folder, gone after the step.
        progress: told (done, total) as pages are finished.
    """

    exhibit: Exhibit
    by: Actor
    workdir: Path
    progress: Callable[[int, int], None]


def _keep(path: Path) -> Stored:
    return store().put(read_chunks(path), limit=DEFAULT.output_bytes)


def page_count(path: Path) -> int:
    """The number of pages of a PDF."""
    with pdfium.document(path) as pdf:
        return len(pdf)


def _add_rendition(context: Context, rendition: Rendition, kept: Stored, verb: str) -> None:
    rendition.exhibit, rendition.input_sha256 = context.exhibit, context.exhibit.sha256
    rendition.sha256, rendition.size = kept.sha256, kept.size
    rendition.save(force_insert=True)
    facts = {
        "sha256": kept.sha256,
        "from": context.exhibit.sha256,
        "tool": rendition.tool,
        "version": rendition.version,
    }
    record(chain=context.exhibit.case.chain, by=context.by, verb=verb, thing=rendition, facts=facts)


def convert_original(context: Context) -> Write:
    """A PDF of the original and the attachments it carried are in the store."""
    exhibit = context.exhibit
    copy = unlocked(exhibit)
    source = store().path(copy.sha256 if copy else exhibit.sha256)
    made = convert(source, name=exhibit.original_name, workdir=context.workdir)
    kept = _keep(made.pdf)
    attachments = [(attachment.name, _keep(attachment.path)) for attachment in made.attachments]
    rendition = Rendition(
        kind=Rendition.Kind.PDF,
        pages=page_count(made.pdf),
        tool=made.tool,
        version=made.version,
        notes=[*(["Made from the copy without its password."] if copy else []), *made.notes],
    )

    def write() -> None:
        # The matter before its chain, in the order in which receiving locks them.
        Case.objects.select_for_update(no_key=True).get(pk=exhibit.case_id)
        _add_rendition(context, rendition, kept, "converted")
        for number, (name, stored) in enumerate(attachments, start=1):
            add_stored(
                by=context.by,
                case=exhibit.case,
                stored=stored,
                name=name,
                parent=exhibit,
                attachment_number=number,
            )

    return write


def recognise_text(context: Context) -> Write:
    """Pages that are only pictures have recognised text under them, in a second PDF."""
    sha256 = best_pdf(context.exhibit).sha256
    pages = ocr.pages_needing_ocr(store().path(sha256))
    if not pages:
        return _nothing
    cache = OcrCache(settings.VAR / "ocr")
    key = cache.key(sha256, pages, _LANGUAGES, ocr.version())
    # Who receives the same scan meanwhile waits for this reading of it, and has it.
    with only_one(settings.VAR / "locks" / f"ocr-{key}"):
        read = cache.get(key)
        if read is None or not store().verify(read.sha256):
            read = _read_scans(context, sha256, pages)
            cache.put(key, read)
    rendition = Rendition(
        kind=Rendition.Kind.SEARCHABLE_PDF,
        pages=page_count(store().path(read.sha256)),
        tool=read.report.tool,
        version=read.report.version,
        recognised={str(page): read.report.confidence.get(page) for page in read.report.pages},
    )
    kept = Stored(read.sha256, read.size, new=False)
    return lambda: _add_rendition(context, rendition, kept, "recognised the text of")


def _read_scans(context: Context, sha256: str, pages: list[int]) -> Recognised:
    out = context.workdir / "recognised.pdf"
    report = ocr.ocr(store().path(sha256), out, pages=pages, languages=_LANGUAGES, progress=context.progress)
    kept = _keep(out)
    return Recognised(kept.sha256, kept.size, report)


def _nothing() -> None:
    """No page needed recognition."""


def read_text(context: Context) -> Write:
    """Each page's size, text and lines are rows."""
    best = best_pdf(context.exhibit)
    rows = [
        Page(
            exhibit=context.exhibit,
            number=page.number,
            width=page.width,
            height=page.height,
            # PostgreSQL holds no NUL in text; extraction yields some from broken fonts.
            text=page.text.replace("\x00", " "),
            lines=[{"number": line.number, "box": line.box, "start": line.start} for line in page.lines],
            recognised=str(page.number) in best.recognised,
            confidence=best.recognised.get(str(page.number)),
        )
        for page in read_pages(store().path(best.sha256))
    ]

    def write() -> None:
        _insert(Page, rows)
        exhibit = context.exhibit
        facts = {"pages": len(rows), "text_sha256": text_digest((row.number, row.text) for row in rows)}
        record(chain=exhibit.case.chain, by=context.by, verb=TEXT_READ, thing=exhibit, facts=facts)

    return write


def _insert(model: type[Row], rows: list[Row]) -> None:
    model._default_manager.bulk_create(rows, batch_size=200)


def draw_pages(context: Context) -> Write:
    """Each page has a picture in the store."""
    pdf = store().path(best_pdf(context.exhibit).sha256)
    pages = list(context.exhibit.pages.defer("text", "lines").order_by("number"))
    for page, image in zip(pages, pageimage.render_all(pdf, width=IMAGE_WIDTH), strict=True):
        page.image_sha256 = store().put([image], limit=DEFAULT.output_bytes).sha256
        context.progress(page.number, len(pages))

    def write() -> None:
        Page.objects.bulk_update(pages, ["image_sha256"], batch_size=200)

    return write


def find_entities(context: Context) -> Write:
    """What each page names is suggested, page by page."""
    parties = [party.name for party in context.exhibit.case.parties.all()]
    rows: list[Entity] = []
    for page in context.exhibit.pages.defer("lines"):
        rows += [
            Entity(
                page=page,
                kind=found.kind,
                text=found.text[:300],
                normal=found.normal[:300],
                start=found.start,
                end=found.end,
                source=found.source,
            )
            for found in entities.read(page.text, known_parties=parties)
        ]
    return lambda: _insert(Entity, rows)
