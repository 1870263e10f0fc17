"""Checking any court bundle from the outside: reopened with two parsers, nothing about it trusted."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bundles.pdf.check import (
    active,
    beside,
    core_bundle,
    delivery,
    exhibits,
    index_links,
    inserted,
    numbering,
    opening,
    order,
    outline,
    paper,
    private,
    readable,
    repeated,
    sizes,
    statements,
    stickers,
    whole,
)
from bundles.pdf.check.reading import (
    ALONE,
    SECONDS,
    Beside,
    Bundle,
    Progress,
    Unopened,
    open_bundle,
    silent,
)
from bundles.pdf.check.report import (
    CheckReport,
    Finding,
    RuleResult,
    Status,
    failed,
    not_applicable,
    unverified,
)
from bundles.pdf.profile import Profile, RuleText, load

__all__ = ["ALONE", "RULES", "Beside", "CheckReport", "Progress", "RuleResult", "Status", "check", "unopened"]

log = logging.getLogger(__name__)

Rule = Callable[[Bundle], Finding]
RULES: dict[str, Rule] = {
    "EW-01": opening.opens,
    "EW-02": numbering.numbered,
    "EW-02A": inserted.lettered,
    "EW-03": numbering.paper_copy,
    "EW-04": index_links.rows_linked,
    "EW-05": outline.bookmarked,
    "EW-06": readable.searchable,
    "EW-07": readable.upright,
    "EW-08": opening.full_size,
    "EW-09": core_bundle.same_rules,
    "EW-10": delivery.authorities_apart,
    "EW-11": paper.fine,
    "EW-12": beside.late_pages,
    "EW-13": delivery.file_name,
    "EW-14": partial(sizes.of_channels, rule="EW-14"),
    "EW-15": partial(sizes.of_channels, rule="EW-15"),
    "CE-02": sizes.ce_file,
    "CC-01": sizes.one_file,
    "CC-02": numbering.placed,
    "CC-03": outline.worded_alike,
    "CC-04": repeated.one_copy,
    "CC-05": order.by_date,
    "CC-06": core_bundle.referenced,
    "CC-07": order.sheets_linked,
    "CC-08": order.beside_original,
    "PD-01": delivery.where_published,
    "PD-04": readable.legible,
    "EX-01": statements.marked,
    "EX-02": statements.introduced,
    "EX-03": exhibits.numbered_on,
    "EX-04": statements.laid_out,
    "EX-05": exhibits.fronted,
    "EX-06": exhibits.listed,
    "SC-01": whole.supreme,
    "US-01": active.nothing_active,
    "US-02": active.no_script,
    "US-04": readable.searchable,
    "US-05": partial(sizes.of_channels, rule="US-05"),
    "US-06": paper.right_size,
    "US-08": private.left_out,
    "US-09": beside.redacted_pair,
    "US-10": stickers.labelled,
    "US-11": numbering.consecutive,
    "US-12": stickers.together,
    "CA-02": opening.zoom_kept,
    "9C-01": sizes.volume,
}
OPENING = ("EW-01", "US-01", "SC-01")
"""The rules that a file which does not open breaks."""
LAST = ("EW-09",)
"""The rules that sum up others."""
NOT_OF_PAGES = ("EW-01", "EW-13", "EW-14", "EW-15", "CE-02", "CC-01", "US-05")
"""The rules that are kept or broken whatever stands on the pages."""


def check(
    path: Path,
    *,
    profile: str | Profile = "ew-2021",
    name: str = "",
    seconds: float = SECONDS,
    progress: Progress = silent,
    beside: Beside = ALONE,
) -> CheckReport:
    """Each rule of the profile with its verdict on the PDF at ``path``.

    Args:
        path: of anybody's PDF.
        profile: the requirements, or their name.
        name: under which the file will be delivered, where that is not its present name.
        seconds: after which no further page is read; the rules about pages are then left undecided.
        progress: told how many of how many pages are read, now and then.
        beside: the files that it is checked together with; without them EW-12 and US-09 stay undecided.

    Raises:
        InvalidInput: there is no such profile.
        NotFound: there is no such file.
    """
    asked = load(profile) if isinstance(profile, str) else profile
    bundle = open_bundle(path, asked, name=name, seconds=seconds, progress=progress, beside=beside)
    if isinstance(bundle, Unopened):
        return unopened(asked, bundle.reason)
    with bundle:
        for rule in sorted(asked.rules, key=lambda rule: rule.id in LAST):
            bundle.found[rule.id] = _decided(rule, bundle)
        return _report(asked, bundle.found)


def unopened(asked: Profile, reason: str) -> CheckReport:
    """The verdict on a file that cannot be read, and why: nobody can open it, and the rest is open."""
    unread = unverified("The file could not be opened, so this was not checked.")
    return _report(asked, {rule.id: failed(reason) if rule.id in OPENING else unread for rule in asked.rules})


def _report(asked: Profile, found: Mapping[str, Finding]) -> CheckReport:
    return CheckReport(
        tuple(
            RuleResult(
                rule.id, found[rule.id].status, found[rule.id].pages, found[rule.id].detail, rule.source
            )
            for rule in asked.rules
        ),
        asked.name,
        asked.conflicts,
    )


def _decided(rule: RuleText, bundle: Bundle) -> Finding:
    """The rule's verdict; undecided where anything goes wrong in finding it, which touches no other rule."""
    conflict = bundle.profile.set_aside(rule.id)
    if conflict:
        return not_applicable(f"{conflict.followed} is followed instead. {conflict.because}")
    try:
        found = RULES[rule.id](bundle)
    except Exception as fault:
        log.exception("rule %s", rule.id)
        return unverified(
            f"The way in which the file is built stopped this check ({type(fault).__name__}); look at it."
        )
    if found.status == "pass" and rule.id not in NOT_OF_PAGES and bundle.unread:
        return unverified(
            f"{len(bundle.unread)} pages could not be read, so this was not decided.", bundle.unread
        )
    return found
