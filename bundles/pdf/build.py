"""Building a bundle: one PDF, numbered from 1 on its first page, with every input page accounted for."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf

from bundles.pdf.assemble import add_front, merge
from bundles.pdf.contents import BundleSpec, EntrySpec
from bundles.pdf.errors import BundleStopped, SourceRefused
from bundles.pdf.index import lay_out_index
from bundles.pdf.plan import Tab, first_pages, placeholder_context
from bundles.pdf.report import BuildReport, peak_mib
from bundles.pdf.sources import open_source, sha256_of
from bundles.pdf.typeset import Typesetter
from bundles.pdf.write import write
from core.errors import InvalidInput

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
        InvalidInput: the specification holds no documents, or the folder of ``out`` does not exist.
        IntegrityFailure: pages were lost on the way, which must never happen.
    """
    started = time.perf_counter()
    _refuse_impossible(spec, out)
    steps = len(spec.entries) + 4
    with Typesetter() as typesetter, ThreadPoolExecutor(2) as pool:
        tabs = []
        for number, entry in enumerate(spec.entries, 1):
            progress(number - 1, steps, entry.title)
            tabs.append(_open(number, entry, pool))
        _stop_if_asked(spec, tabs)
        progress(len(tabs), steps, "Laying out the index")
        for tab in tabs:
            if tab.source is None:
                tab.pdf = Pdf.open(BytesIO(typesetter.pdf("placeholder.html", placeholder_context(tab))))
        # The index is laid out in its own process while the documents are copied here.
        laying_out = pool.submit(lay_out_index, spec, tabs, typesetter)
        bundle = merge(tabs)
        index = laying_out.result()
    index_pages = len(index.pages)
    starts = first_pages(tabs, index_pages)
    progress(len(tabs) + 1, steps, "Numbering the pages")
    add_front(bundle, index, spec, tabs, starts)
    pages = len(bundle.pages)
    progress(len(tabs) + 2, steps, "Writing the file")
    verdict = write(bundle, out, spec.profile, lambda: progress(len(tabs) + 3, steps, "Checking"))
    progress(steps, steps, "Done")
    return BuildReport(
        file=str(out),
        pages=pages,
        index_pages=index_pages,
        seconds=round(time.perf_counter() - started, 3),
        peak_mib=peak_mib(),
        entries=tuple(tab.report(start, stopped=False) for tab, start in zip(tabs, starts, strict=True)),
        check=verdict,
    )


def _refuse_impossible(spec: BundleSpec, out: Path) -> None:
    if not spec.entries:
        raise InvalidInput("The bundle has no documents.", remedy="Add at least one document to a section.")
    if not out.parent.is_dir():
        raise InvalidInput(f"The folder {out.parent} does not exist.", remedy="Create it or choose another.")


def _hash(entry: EntrySpec) -> str | None:
    if entry.sha256:
        return entry.sha256
    with suppress(OSError):
        return sha256_of(entry.file)
    return None


def _open(number: int, entry: EntrySpec, pool: Executor) -> Tab:
    tab = Tab(number, entry, pool.submit(_hash, entry))
    if entry.failure:
        tab.reason = entry.failure.rstrip(".")
        return tab
    try:
        tab.source = open_source(entry.file)
        tab.pdf = tab.source.pdf
    except SourceRefused as refusal:
        tab.reason, tab.remedy = refusal.reason, refusal.remedy
    return tab


def _stop_if_asked(spec: BundleSpec, tabs: list[Tab]) -> None:
    failed = [tab for tab in tabs if tab.source is None]
    if failed and spec.on_failure == "stop":
        for tab in tabs:
            if tab.pdf:
                tab.pdf.close()
        raise BundleStopped([tab.report(None, stopped=True) for tab in tabs], [tab.remedy for tab in failed])
