"""Building a bundle: one PDF, numbered from 1 on its first page, with every input page accounted for."""

import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf

from bundles.pdf.check import CheckReport, check
from bundles.pdf.errors import BundleStopped, SourceRefused
from bundles.pdf.index import lay_out_index, link_rows
from bundles.pdf.navigation import Bookmark, add_navigation
from bundles.pdf.plan import Tab, by_section, first_pages, placeholder_context
from bundles.pdf.report import BuildReport
from bundles.pdf.sources import open_source, sha256_of
from bundles.pdf.spec import BundleSpec, EntrySpec
from bundles.pdf.stamp import isolate_pages, stamp_pages
from bundles.pdf.typeset import Typesetter
from core.errors import IntegrityFailure, InvalidInput

Progress = Callable[[int, int, str], None]


def _silent(done: int, total: int, what: str) -> None:
    """Takes note of nothing."""


def build(spec: BundleSpec, out: Path, *, progress: Progress = _silent) -> BuildReport:
    """The bundle stands at ``out``, complete and checked; nothing is written there when anything fails.

    Args:
        spec: what goes in, in which order.
        out: where the PDF goes; replaced in one step.
        progress: told how many of how many steps are done, and what is being done.

    Raises:
        BundleStopped: documents failed and the specification says to stop; names all of them.
        IndexUnstable: the index would not settle.
        InvalidInput: the specification holds no documents.
        IntegrityFailure: pages were lost on the way, which must never happen.
    """
    started = time.perf_counter()
    if not spec.entries:
        raise InvalidInput("The bundle has no documents.", remedy="Add at least one document to a section.")
    steps = len(spec.entries) + 4
    with Typesetter() as typesetter, ThreadPoolExecutor(1) as hashing:
        hashes = [hashing.submit(_hash, entry) for entry in spec.entries]
        tabs = []
        for number, entry in enumerate(spec.entries, 1):
            progress(number - 1, steps, entry.title)
            tabs.append(_open(number, entry))
        for tab, sha256 in zip(tabs, hashes, strict=True):
            tab.sha256 = sha256.result()
        _stop_if_asked(spec, tabs)
        progress(len(tabs), steps, "Laying out the index")
        for tab in tabs:
            if tab.source is None:
                tab.pdf = Pdf.open(BytesIO(typesetter.pdf("placeholder.html", placeholder_context(tab))))
        index = lay_out_index(spec, tabs, typesetter)
    index_pages = len(index.pages)
    starts = first_pages(tabs, index_pages)
    progress(len(tabs) + 1, steps, "Putting the pages together")
    bundle = _assemble(spec, tabs, index, starts)
    pages = len(bundle.pages)
    progress(len(tabs) + 2, steps, "Writing the file")
    verdict = _write(bundle, [index, *(tab.pdf for tab in tabs if tab.pdf)], out, spec.profile)
    progress(steps, steps, "Done")
    return BuildReport(
        file=str(out),
        pages=pages,
        index_pages=index_pages,
        seconds=round(time.perf_counter() - started, 3),
        peak_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        entries=tuple(tab.report(start, stopped=False) for tab, start in zip(tabs, starts, strict=True)),
        check=verdict,
    )


def _hash(entry: EntrySpec) -> str | None:
    if entry.sha256:
        return entry.sha256
    with suppress(OSError):
        return sha256_of(entry.file)
    return None


def _open(number: int, entry: EntrySpec) -> Tab:
    if entry.failure:
        return Tab(number, entry, None, None, entry.failure.rstrip("."))
    try:
        source = open_source(entry.file)
    except SourceRefused as refusal:
        return Tab(number, entry, None, None, refusal.reason, refusal.remedy)
    return Tab(number, entry, source, None, pdf=source.pdf)


def _stop_if_asked(spec: BundleSpec, tabs: list[Tab]) -> None:
    failed = [tab for tab in tabs if tab.source is None]
    if failed and spec.on_failure == "stop":
        for tab in tabs:
            if tab.pdf:
                tab.pdf.close()
        raise BundleStopped([tab.report(None, stopped=True) for tab in tabs], [tab.remedy for tab in failed])


def _assemble(spec: BundleSpec, tabs: list[Tab], index: Pdf, starts: list[int]) -> Pdf:
    bundle = Pdf.new()
    for part in (index, *(tab.pdf for tab in tabs)):
        if part is not None:
            bundle.add_pages_from(part, forms="strip")
    pages = list(bundle.pages)
    index_pages = len(index.pages)
    expected = index_pages + sum(tab.pages for tab in tabs)
    if len(pages) != expected:
        raise IntegrityFailure(
            f"The assembled bundle has {len(pages)} pages, not the expected {expected}; nothing was written.",
            remedy="Report this with the documents that were used.",
        )
    link_rows(pages[:index_pages], [pages[start - 1] for start in starts], bundle)
    stamp_pages(bundle)
    marks = [Bookmark(f"{tab.number}. {tab.title}", start) for tab, start in zip(tabs, starts, strict=True)]
    sections = [
        Bookmark(section.title, below[0].page, tuple(below))
        for section, below in zip(spec.sections, by_section(spec, marks), strict=True)
        if below
    ]
    add_navigation(bundle, spec, [Bookmark("Index", 1), *sections])
    return bundle


def _write(bundle: Pdf, parts: list[Pdf], out: Path, profile: str) -> CheckReport:
    """The bundle is at ``out``, on disk, after its check; the documents it came from are closed."""
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        draft = Path(folder) / "bundle.pdf"
        _save(bundle, draft)
        for pdf in (bundle, *parts):
            pdf.close()
        verdict = check(draft, profile=profile)
        disturbed = next(rule.pages for rule in verdict.rules if rule.id == "EW-02")
        if disturbed:
            draft = _with_isolated_pages(draft, disturbed)
            verdict = check(draft, profile=profile)
        with draft.open("rb") as stream:
            os.fsync(stream.fileno())
        draft.replace(out)
    descriptor = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return verdict


def _with_isolated_pages(draft: Path, numbers: tuple[int, ...]) -> Path:
    cleaned = draft.with_name("isolated.pdf")
    with Pdf.open(draft) as pdf:
        isolate_pages(pdf, numbers)
        _save(pdf, cleaned)
    return cleaned


def _save(pdf: Pdf, path: Path) -> None:
    # Streams are copied as they are: compressing again costs time and the originals' own bytes.
    pdf.save(path, deterministic_id=True, compress_streams=False)
