"""Building a bundle: one PDF, numbered from 1 on its first page, with every input page accounted for."""

import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bundles.pdf import profile as profiles
from bundles.pdf.arrange import refuse_contradictions
from bundles.pdf.assemble import complete
from bundles.pdf.check import ALONE, Beside
from bundles.pdf.contents import Added, BundleSpec
from bundles.pdf.errors import BundleStopped
from bundles.pdf.files import further_files, judged_by_volumes, refuse_moved_pages
from bundles.pdf.index import IndexLayout
from bundles.pdf.merging import merge
from bundles.pdf.numbers import has_insertions, page_numbers
from bundles.pdf.opening import Opener
from bundles.pdf.plan import Plan, Tab
from bundles.pdf.prepare import Preparing
from bundles.pdf.references.following import follow
from bundles.pdf.report import BuildReport, peak_mib
from bundles.pdf.sheets import lay_out_sheets, lay_out_signposts
from bundles.pdf.typeset import Typesetting
from bundles.pdf.write import write
from core.errors import InvalidInput

Progress = Callable[[int, int, str], None]
LAST_STEPS = 5


def _silent(done: int, total: int, what: str) -> None:
    """Takes note of nothing."""


def build(
    spec: BundleSpec, out: Path, *, progress: Progress = _silent, kept: Path | None = None
) -> BuildReport:
    """The bundle stands at ``out``, complete and checked; nothing is written there when anything fails.

    Volumes and what is new since a delivery stand beside it, named after it; the report lists them.

    Args:
        spec: what goes in, in which order.
        out: where the PDF goes; replaced in one step.
        progress: told how many of how many steps are done, and what is being done.
        kept: a folder for what was found of each document, so that the next bundle with it need not look
            again; it may be emptied at any time. Scans are then looked at pixel by pixel, once; without such
            a folder, the text recognised in a scan says where there is writing. None keeps nothing.

    Raises:
        BundleStopped: documents failed and the specification says to stop; names all of them.
        IndexUnstable: the index would not settle.
        InvalidInput: the specification holds no documents or contradicts itself; or the folder of ``out``
            does not exist, or one of the documents stands there.
        IntegrityFailure: pages were lost on the way, which must never happen.
    """
    started = time.perf_counter()
    profile = profiles.load(spec.profile)
    _refuse_impossible(spec, out)
    refuse_contradictions(spec, profile)
    steps = len(spec.entries) + LAST_STEPS
    step = iter(range(len(spec.entries), steps))
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}."))
        )
        typesetting = stack.enter_context(Typesetting())
        workers = max(1, len(os.sched_getaffinity(0)) - 1)
        preparing = stack.enter_context(Preparing(kept or folder, keep=kept is not None, processes=workers))
        pool = stack.enter_context(ThreadPoolExecutor(2))
        opener = Opener(spec, profile, preparing, pool)
        tabs = opener.open_all(lambda done, what: progress(done, steps, what))
        _stop_if_asked(spec, tabs)
        progress(next(step), steps, "Laying out the index")
        size = opener.sizes(tabs)
        lay_out_sheets(spec, profile, tabs, typesetting)
        # The index is laid out in its own process while the documents are copied here.
        layout = IndexLayout(spec, profile, typesetting)
        laying_out = pool.submit(layout.plan, tabs, profile.limits)
        signposts = any(tab.entry.signpost for tab in tabs)
        plan = laying_out.result() if signposts else None
        if plan:
            lay_out_signposts(spec, profile, plan, tabs, typesetting)
        bundle = merge(tabs, opener.coarser)
        plan = plan or laying_out.result()
        numbers = page_numbers(plan, spec, profile.numbering.prefix)
        refuse_moved_pages(spec, plan)
        progress(next(step), steps, "Numbering the pages")
        followed = follow(spec, plan, numbers)
        complete(bundle, spec, profile, plan, numbers, followed.references)
        progress(next(step), steps, "Writing the file")
        draft, verdict = write(
            bundle,
            folder / out.name,
            spec.profile,
            _beside(spec, tabs),
            lambda: progress(next(step), steps, "Checking"),
        )
        progress(next(step), steps, "Putting the files in place")
        files, warnings = further_files(draft, out, spec, profile, plan, numbers)
        report = size.report(draft)
        draft.replace(out)
    progress(steps, steps, "Done")
    return BuildReport(
        file=str(out),
        pages=plan.pages,
        index_pages=plan.indexes[0].pages,
        seconds=round(time.perf_counter() - started, 3),
        peak_mib=peak_mib(),
        entries=tuple(tab.report(stopped=False) for tab in tabs),
        check=judged_by_volumes(verdict, files, profile.limits),
        numbers=tuple(numbers) if numbers != [str(at + 1) for at in range(plan.pages)] else (),
        added=_added(spec, plan),
        files=files,
        size=report,
        references=followed,
        warnings=(*size.warnings(report), *warnings),
    )


def _refuse_impossible(spec: BundleSpec, out: Path) -> None:
    if not spec.entries:
        raise InvalidInput("The bundle has no documents.", remedy="Add at least one document to a section.")
    if not out.parent.is_dir():
        raise InvalidInput(f"The folder {out.parent} does not exist.", remedy="Create it or choose another.")
    if out.is_dir():
        raise InvalidInput(f"{out} is a folder.", remedy="Name a file in it for the bundle.")
    taken = next((entry for entry in spec.entries if entry.file.is_file() and _same(entry.file, out)), None)
    if taken is not None:
        raise InvalidInput(
            f"The bundle would take the place of one of its own documents, {taken.source}.",
            remedy="Choose another name for the bundle.",
        )


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def _beside(spec: BundleSpec, tabs: list[Tab]) -> Beside:
    """What was delivered, and which of its pages now say why their document is gone."""
    if spec.standing is None:
        return ALONE
    gone = [tab for tab in tabs if tab.entry.keeps and tab.source is None]
    replaced = tuple(tab.first + page for tab in gone for page in range(tab.pages))
    return Beside(delivered=spec.standing.file, replaced=replaced)


def _stop_if_asked(spec: BundleSpec, tabs: list[Tab]) -> None:
    failed = [tab for tab in tabs if tab.failed]
    if failed and spec.on_failure == "stop":
        for tab in tabs:
            if tab.pdf:
                tab.pdf.close()
        raise BundleStopped([tab.report(stopped=True) for tab in tabs], [tab.remedy for tab in failed])


def _added(spec: BundleSpec, plan: Plan) -> tuple[Added, ...]:
    """What was added after each delivery, with the length of its index in this version."""
    if spec.standing is None or has_insertions(spec):
        return ()
    earlier = spec.standing.added
    new = len(spec.entries) - spec.standing.entries
    if not new:
        return earlier
    lengths = {index.volume: index.pages for index in plan.indexes if index.kind == "added"}
    return (*earlier, Added(lengths.get(len(earlier) + 1, 0), new, spec.standing.delivered))
