"""Making a redacted copy: rebuild what is marked, clean the rest, verify, and only then let it out."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Pdf

from bundles.pdf.geometry import view_of
from bundles.pdf.redact import letters
from bundles.pdf.redact.box import Box, by_page
from bundles.pdf.redact.clean import PageCleaner
from bundles.pdf.redact.elsewhere import find_elsewhere
from bundles.pdf.redact.errors import RedactionFailed
from bundles.pdf.redact.look import changed_pages
from bundles.pdf.redact.outside import Known, hides_pictures
from bundles.pdf.redact.pages import Before, Desk, look_at, read_boxed
from bundles.pdf.redact.picture import draw
from bundles.pdf.redact.rebuild import rebuild
from bundles.pdf.redact.report import Check, PageReport, RedactionReport, as_given
from bundles.pdf.redact.structure import check_structure, drop_spare
from bundles.pdf.redact.unseen import is_cropped, unseen_words
from bundles.pdf.redact.verify import check_page
from bundles.pdf.redact.words import read_words
from bundles.pdf.sources import open_source, sha256_of
from bundles.pdf.write import sync
from core.errors import InvalidInput
from evidence.files import pdfium, tesseract

Progress = Callable[[int, int, str], None]

_MARKED = "has rectangles"
_SCREEN = 100.0  # pixels an inch at which text that cannot be seen is looked for
_LEFT_OUT = (
    "document properties and metadata",
    "bookmarks, links and named places",
    "notes, form fields and signatures; what they showed is part of the page",
    "attachments, scripts and actions",
    "structure tree, alternative text and layers",
    "thumbnails, editors' own data and resources that no page uses",
)


def redact(
    source: Path,
    boxes: Sequence[Box],
    out: Path,
    *,
    dpi: int = 300,
    languages: tuple[str, ...] = ("eng",),
    progress: Progress = lambda done, total, what: None,
) -> RedactionReport:
    """``out`` is a fresh PDF of the same pages without anything that stood in the boxes, proved so.

    Pages with boxes, and pages that hold what cannot be seen on them, are rebuilt from their pictures and
    read again; the others are copied with their look and their text alone.

    Args:
        source: the document; never changed.
        boxes: what to black out.
        out: where the copy goes, replaced in one step.
        dpi: pixels an inch of rebuilt pages, from 150 to 600.
        languages: tesseract's codes for reading the rebuilt pages.
        progress: told how many of how many steps are done, and what is being done.

    Raises:
        InvalidInput: there are no boxes, a box is on a page that does not exist, or ``dpi`` is out of range.
        SourceRefused: the document is locked, damaged or otherwise cannot be copied whole.
        RedactionFailed: a check failed; nothing was written.
        Unavailable: tesseract or a language is not installed.
    """
    started = time.perf_counter()
    letters.check_available(languages)
    _refuse_impossible(boxes, dpi, out)
    opened = open_source(source)
    with opened.pdf as pdf, tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        desk = Desk(source, Path(folder), dpi, languages)
        work = _Work(desk, pdf, by_page(boxes), progress)
        work.refuse_missing_pages()
        draft = work.draft()
        checks = work.checks(draft)
        elsewhere, unread = find_elsewhere(draft, work.befores.values())
        report = RedactionReport(
            source_sha256=sha256_of(source),
            output_sha256=sha256_of(draft) if all(check.passed for check in checks) else "",
            dpi=dpi,
            boxes=as_given(box for page in work.boxes.values() for box in page),
            pages=tuple(work.page_reports()),
            checks=checks,
            elsewhere=elsewhere,
            cut_words=tuple(
                (page.number, word.text) for page in work.befores.values() for word in page.cut()
            ),
            unread_pages=unread,
            left_out=_LEFT_OUT,
            tools=_tools(),
            seconds=round(time.perf_counter() - started, 3),
        )
        if not report.passed:
            raise RedactionFailed(report)
        sync(draft)
        draft.replace(out)
    sync(out.parent)
    return report


class _Work:
    """One redaction under way."""

    def __init__(self, desk: Desk, pdf: Pdf, boxes: Mapping[int, list[Box]], progress: Progress) -> None:
        self.desk, self.pdf, self.boxes, self.progress = desk, pdf, boxes, progress
        self.views = [view_of(page.obj) for page in pdf.pages]
        self.befores: dict[int, Before] = {}
        self._steps = len(self.views) + 2 * len(boxes) + 2
        self._done = 0

    def refuse_missing_pages(self) -> None:
        """Returns only when every box is on a page of the document."""
        last = max(self.boxes)
        if last > len(self.views):
            raise InvalidInput(
                f"There is no page {last}: the document ends at page {len(self.views)}.",
                remedy="Remove the rectangle from that page.",
                field="boxes",
            )

    def draft(self) -> Path:
        """The copy, complete but not yet verified; pages that a clean copy would change are rebuilt."""
        reasons = dict.fromkeys(self.boxes, _MARKED) | self._hiding()
        kept = self._cleaned(reasons)
        for number, why in sorted(reasons.items()):
            self._rebuild(number, why)
        draft = self.desk.workdir / "draft.pdf"
        self._assemble(kept, draft)
        changed = set(changed_pages(self.desk.source, draft, self.views, self.boxes)) - set(reasons)
        if changed:
            for number in sorted(changed):
                self._rebuild(number, "would look different as a copy")
                del kept[number]
            self._assemble(kept, draft)
        return draft

    def checks(self, draft: Path) -> tuple[Check, ...]:
        """Every check of the draft, those of the whole document first."""
        checks = list(check_structure(draft, self.views))
        changed = changed_pages(self.desk.source, draft, self.views, self.boxes)
        pages = ", ".join(map(str, changed))
        detail = f"pages that look different: {pages}" if changed else "pages look the same outside the boxes"
        checks.append(Check("look", None, not changed, detail))
        for number in self.boxes:
            self._tell(f"Verifying page {number}")
            checks += check_page(self.desk, draft, self.befores[number])
        return tuple(checks)

    def page_reports(self) -> Iterator[PageReport]:
        """What became of each page, in order."""
        for number in range(1, len(self.views) + 1):
            before = self.befores.get(number)
            if before is None:
                yield PageReport(number, "copied", "has no rectangles", 0, 0, 0)
            else:
                cut = len(before.cut())
                yield PageReport(number, "rebuilt", before.why, len(before.boxes), before.gone, cut)

    def _tell(self, what: str) -> None:
        self.progress(min(self._done, self._steps), self._steps, what)
        self._done += 1

    def _hiding(self) -> dict[int, str]:
        """The pages without boxes that hold what cannot be seen on them, with the reason."""
        found = {}
        with pdfium.document(self.desk.source) as document:
            with pdfium.LOCK:
                document.init_forms()
            for number, view in enumerate(self.views, 1):
                if number in self.boxes:
                    continue
                self._tell(f"Looking for hidden words on page {number}")
                if is_cropped(self.pdf.pages[number - 1].obj):
                    found[number] = "an edge of the page was cropped away, not removed"
                    continue
                with pdfium.page_of(document, number) as page:
                    words = read_words(page)
                    picture = draw(page, dpi=_SCREEN, size=(view.width, view.height)) if words else None
                if picture and unseen_words(words, picture):
                    found[number] = "holds text that cannot be seen"
        return found

    def _cleaned(self, reasons: dict[int, str]) -> dict[int, Dictionary]:
        """The pages that can be copied; ``reasons`` grows by those that cannot."""
        self.pdf.flatten_annotations("screen")
        cleaner, kept = PageCleaner(self.pdf), {}
        known: Known = {}
        for number, page in enumerate(self.pdf.pages, 1):
            if number in reasons:
                continue
            try:
                if hides_pictures(page, known):
                    reasons[number] = "holds parts of a picture that are not shown"
                    continue
                cleaned = cleaner.clean(page)
            except pikepdf.PdfError:
                reasons[number] = "its content cannot be taken apart safely"
                continue
            if cleaned is None:
                reasons[number] = "has layers that can be hidden"
            else:
                kept[number] = self.pdf.make_indirect(cleaned)
        return kept

    def _rebuild(self, number: int, why: str) -> None:
        self._tell(f"Rebuilding page {number}")
        boxes = self.boxes.get(number, [])
        before, picture = look_at(self.desk, number, self.views[number - 1], boxes, why)
        self.befores[number] = before
        boxed, reading = read_boxed(self.desk, picture, before)
        rebuild(self._file(number), before.view, boxed, reading.layer, boxes)

    def _file(self, number: int) -> Path:
        return self.desk.workdir / f"page-{number}.pdf"

    def _assemble(self, kept: Mapping[int, Dictionary], draft: Path) -> None:
        self._tell("Putting the pages together")
        with ExitStack() as stack, Pdf.new() as fresh:
            for number in range(1, len(self.views) + 1):
                if number in kept:
                    fresh.pages.append(pikepdf.Page(kept[number]))
                else:
                    fresh.pages.append(stack.enter_context(Pdf.open(self._file(number))).pages[0])
            drop_spare(fresh)
            fresh.save(draft, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _refuse_impossible(boxes: Sequence[Box], dpi: int, out: Path) -> None:
    if not boxes:
        raise InvalidInput(
            "Nothing is marked to be blacked out.", remedy="Draw at least one rectangle.", field="boxes"
        )
    if not 150 <= dpi <= 600:
        raise InvalidInput(
            f"A page cannot be rebuilt with {dpi} pixels an inch.", remedy="Choose 150 to 600.", field="dpi"
        )
    if not out.parent.is_dir():
        raise InvalidInput(f"The folder {out.parent} does not exist.", remedy="Create it or choose another.")


def _tools() -> dict[str, str]:
    return {name: version(name) for name in ("pikepdf", "pypdfium2", "pillow")} | {
        "tesseract": tesseract.version()
    }
