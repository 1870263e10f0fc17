"""Opening all documents of a bundle, and making their images coarser until the bundle is small enough."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bundles.pdf.contents import BundleSpec, EntrySpec
from bundles.pdf.errors import SourceRefused
from bundles.pdf.plan import Tab
from bundles.pdf.prepare import Prepared, Preparing
from bundles.pdf.profile import Profile
from bundles.pdf.report import SizeReport
from bundles.pdf.sources import Source, open_source, sha256_of

COARSER = (200, 150, 120, 96, 72)
"""Dots an inch that are tried in turn where the bundle is still too large."""

OWN_BYTES, PAGE_BYTES = 60_000, 900
"""What a bundle adds to its documents: its index, and for each page a number and its place."""

MIB = 2**20


@dataclass
class Sizes:
    """What the documents' files come to, and what was done about it."""

    before: int
    tabs: list[Tab]
    dpi: int | None
    largest_mib: float | None

    def report(self, draft: Path) -> SizeReport:
        """The sizes, now that the bundle is written to ``draft``."""
        done = [tab.preparing.result().coarser for tab in self.tabs if tab.source and tab.preparing]
        images = sum(coarser.images for coarser in done if coarser)
        after = draft.stat().st_size
        return SizeReport(
            before=round(self.before / MIB, 2),
            after=round(after / MIB, 2),
            images=images,
            dpi=self.dpi if images else None,
            fits=after <= self.largest_mib * MIB if self.largest_mib else None,
        )

    def warnings(self, report: SizeReport) -> list[str]:
        """What people must know about the size."""
        if report.fits is not False:
            return []
        return [
            f"The bundle is {report.after:g} MiB although {self.largest_mib:g} MiB were wanted: its images "
            f"are at {self.dpi or 'their own'} dots an inch, and making them coarser would not do. Send it "
            "in volumes, or leave documents out."
        ]


class Opener:
    """Opens the documents of one bundle."""

    def __init__(self, spec: BundleSpec, profile: Profile, preparing: Preparing, pool: Executor) -> None:
        self.spec, self.profile, self.preparing, self.pool = spec, profile, preparing, pool

    def open_all(self, progress: Callable[[int, str], None]) -> list[Tab]:
        """Each document opened, or with the reason why not."""
        tabs = []
        for number, entry in enumerate(self.spec.entries, 1):
            progress(number - 1, entry.title)
            tabs.append(self._open(number, entry))
        return tabs

    def sizes(self, tabs: list[Tab]) -> Sizes:
        """Images are as coarse as the bundle's largest size asks for; waits for them only where it must."""
        sizes = Sizes(_total(tabs), tabs, self.profile.limits.dpi, self.spec.largest_mib)
        bound = self.profile.limits.volume_mib
        if bound is not None and sizes.before > bound * MIB:
            self._settle(tabs)
        if self.spec.largest_mib is None:
            return sizes
        pages = sum(tab.pages for tab in tabs)
        room = self.spec.largest_mib * MIB - OWN_BYTES - PAGE_BYTES * pages
        if sizes.before <= room:
            return sizes
        self._settle(tabs)
        for dpi in COARSER:
            if _total(tabs) <= room:
                break
            if sizes.dpi is not None and dpi >= sizes.dpi:
                continue
            sizes.dpi = dpi
            for tab in tabs:
                if not (tab.source and tab.preparing):
                    continue
                if any(page.pictures for page in tab.preparing.result().pages):
                    tab.preparing = self._prepared(tab, tab.source, sizes.dpi)
            self._settle(tabs)
        return sizes

    def coarser(self, tab: Tab) -> None:
        """The document is the copy with coarser images, where there is one."""
        if tab.source is None or tab.preparing is None:
            return
        copy = tab.preparing.result().file
        if copy is None:
            return
        try:
            opened = open_source(copy)
        except SourceRefused:
            return  # what was kept is gone; the document itself is as good, only larger
        if opened.of != tab.source.of:
            opened.pdf.close()
            return
        tab.source.pdf.close()
        tab.pdf = opened.pdf
        done = tab.preparing.result().coarser
        count = done.images if done else 0
        note = f"{count} image{'s were' if count != 1 else ' was'} made coarser"
        tab.source = replace(tab.source, pdf=opened.pdf, notes=(*tab.source.notes, note))

    def _open(self, number: int, entry: EntrySpec) -> Tab:
        tab = Tab(number, entry, self.pool.submit(_hash, entry))
        if entry.signpost:
            tab.reason = f"Kept elsewhere: {entry.signpost}"
            return tab
        if entry.failure:
            tab.reason = entry.failure.rstrip(".")
            return tab
        try:
            tab.source = open_source(entry.file, entry.password, entry.pages)
        except SourceRefused as refusal:
            tab.reason, tab.remedy = refusal.reason, refusal.remedy
            return tab
        tab.pdf = tab.source.pdf
        tab.preparing = self._prepared(tab, tab.source, self.profile.limits.dpi)
        return tab

    def _prepared(self, tab: Tab, source: Source, dpi: int | None) -> "Future[Prepared]":
        entry = tab.entry
        # Where a hash was given it is the original's, and this file may have been made from it.
        hashing = None if entry.sha256 else tab.hashing
        return self.preparing.prepare(entry.file, entry.password, dpi, source.of, hashing)

    def _settle(self, tabs: list[Tab]) -> None:
        """Each document's size is that of its copy with coarser images."""
        for tab in tabs:
            if tab.source and tab.preparing:
                coarser = tab.preparing.result().coarser
                whole = coarser.size if coarser else tab.entry.file.stat().st_size
                tab.source = replace(tab.source, size=whole * tab.source.pages // tab.source.of)


def _total(tabs: list[Tab]) -> int:
    return sum(tab.source.size for tab in tabs if tab.source)


def _hash(entry: EntrySpec) -> str | None:
    if entry.sha256:
        return entry.sha256
    if entry.signpost:
        return None
    with suppress(OSError):
        return sha256_of(entry.file)
    return None
