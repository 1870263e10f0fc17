"""What is delivered besides the whole bundle: its volumes, and what is new since the court had it."""

import re
from dataclasses import replace
from pathlib import Path

from bundles.pdf.assemble import bookmarks
from bundles.pdf.check.report import CheckReport, Status
from bundles.pdf.contents import BundleSpec
from bundles.pdf.cut import cut
from bundles.pdf.numbers import has_insertions
from bundles.pdf.outlines import Bookmark
from bundles.pdf.plan import Index, Plan, Tab
from bundles.pdf.profile import Limits, Profile
from bundles.pdf.report import FileKind, FileReport
from core.errors import InvalidInput

VOLUME_RULES = ("CC-01", "9C-01")


def further_files(
    draft: Path, out: Path, spec: BundleSpec, profile: Profile, plan: Plan, numbers: list[str]
) -> tuple[tuple[FileReport, ...], list[str]]:
    """The further files stand beside ``out``; says which they are, and what people must know of them."""
    marks = bookmarks(spec, plan)

    def cutting(to: Path, pages: list[int], title: str, own: list[Bookmark]) -> None:
        cut(
            draft,
            to,
            pages,
            spec=spec,
            profile=profile,
            title=title,
            bookmarks=own,
            numbers=numbers,
        )

    files: list[FileReport] = []
    warnings: list[str] = []
    earlier = _of_an_earlier_build(out)
    if len(plan.volumes) > 1:
        for number, (first, last) in enumerate(plan.volume_pages(), 1):
            to = out.with_name(f"{out.stem} - volume {number}{out.suffix}")
            own = [part for mark in marks for part in (mark.below or (mark,)) if first <= part.page <= last]
            cutting(to, list(range(first, last + 1)), f"volume {number}", own)
            files.append(_report("volume", number, to, (first, last), last - first + 1))
        warnings += _too_large(profile, files)
    new = _new_pages(spec, plan)
    if new:
        to = out.with_name(f"{out.stem} - new pages{out.suffix}")
        index = list(range(1, plan.indexes[0].pages + 1))
        cutting(to, [*index, *(page for page in new if page > index[-1])], "new pages", marks)
        files.append(_report("delta", 1, to, (new[0], new[-1]), len(index) + len(new)))
    left = sorted(path.name for path in earlier - {Path(file.file) for file in files})
    if left:
        warnings.append(
            f"From an earlier build of this name, and no part of this bundle: {', '.join(left)}. Take "
            f"{'it' if len(left) == 1 else 'them'} away before the bundle is sent."
        )
    return tuple(files), warnings


def _of_an_earlier_build(out: Path) -> set[Path]:
    """The further files that stand beside ``out`` already."""
    named = re.compile(rf"{re.escape(out.stem)} - (?:volume \d+|new pages){re.escape(out.suffix)}")
    return {path for path in out.parent.iterdir() if named.fullmatch(path.name)}


def judged_by_volumes(verdict: CheckReport, files: tuple[FileReport, ...], limits: Limits) -> CheckReport:
    """The verdict with the rules on a file's size held against the volumes, which are what is delivered."""
    volumes = [file for file in files if file.kind == "volume"]
    if not volumes:
        return verdict
    over = [file.number for file in volumes if _is_over(file, limits)]
    most = f"{max(file.pages for file in volumes)} pages and {max(file.mib for file in volumes):g} MiB"
    detail = f"Delivered in {len(volumes)} volumes of at most {most}."
    if over:
        detail += f" Too large: volume {', '.join(map(str, over))}."
    status: Status = "fail" if over else "pass"
    return replace(
        verdict,
        rules=tuple(
            replace(rule, status=status, pages=(), detail=detail) if rule.id in VOLUME_RULES else rule
            for rule in verdict.rules
        ),
    )


def refuse_moved_pages(spec: BundleSpec, plan: Plan) -> None:
    """Every page that the court has already keeps its number.

    Raises:
        InvalidInput: a delivered document has another number of pages than it had.
    """
    standing = spec.standing
    if standing is None or has_insertions(spec):
        return
    kept = sum(block.pages for block in plan.blocks if not _is_new(block, spec))
    if kept != standing.pages:
        raise InvalidInput(
            f"What was delivered had {standing.pages} pages, but its documents now come to {kept}, which "
            "would move every page after the change.",
            remedy="Put the delivered documents back as they were; add a corrected one as a late document.",
            field="standing",
        )


def _new_pages(spec: BundleSpec, plan: Plan) -> list[int]:
    """The pages of what came after the last delivery, with its own index."""
    if spec.standing is None:
        return []
    return [
        page
        for block in plan.blocks
        if _is_new(block, spec)
        for page in range(block.first, block.first + block.pages)
    ]


def _is_new(block: Index | Tab, spec: BundleSpec) -> bool:
    if has_insertions(spec):
        return isinstance(block, Tab) and block.entry.late
    held = spec.standing.entries if spec.standing else 0
    if isinstance(block, Tab):
        return block.number > held
    return block.kind != "front" and bool(block.tabs) and block.tabs[0].number > held


def _is_over(file: FileReport, limits: Limits) -> bool:
    pages = limits.volume_pages is not None and file.pages > limits.volume_pages
    return pages or (limits.volume_mib is not None and file.mib > limits.volume_mib)


def _too_large(profile: Profile, files: list[FileReport]) -> list[str]:
    most = profile.limits.volume_mib
    return [
        f"Volume {file.number} is {file.mib:g} MiB, more than {most:g} MiB: it holds a single document that "
        "large. Split that document first, or ask the court how to deliver it."
        for file in files
        if most is not None and file.mib > most
    ]


def _report(kind: FileKind, number: int, path: Path, pages: tuple[int, int], count: int) -> FileReport:
    mib = round(path.stat().st_size / 2**20, 2)
    return FileReport(kind, number, str(path), count, pages[0], pages[1], mib)
