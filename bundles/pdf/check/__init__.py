"""Checking any court bundle from the outside: reopened with two parsers, nothing about it trusted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bundles.pdf import profile as profiles
from bundles.pdf.check import index_links, numbering, opening, outline, readable
from bundles.pdf.check.reading import Bundle, Unopened, open_bundle
from bundles.pdf.check.report import CheckReport, RuleResult, Status

__all__ = ["CheckReport", "RuleResult", "Status", "check"]

Rule = Callable[[Bundle], RuleResult]
RULES: dict[str, Rule] = {
    "EW-01": opening.opens,
    "EW-02": numbering.numbered,
    "EW-03": numbering.paper_copy,
    "EW-04": index_links.rows_linked,
    "EW-05": outline.bookmarked,
    "EW-06": readable.searchable,
    "EW-07": readable.upright,
    "EW-08": opening.full_size,
}


def check(path: Path, *, profile: str = "ew-2021") -> CheckReport:
    """Each rule of the profile with its verdict on the PDF at ``path``.

    Raises:
        InvalidInput: there is no such profile.
        NotFound: there is no such file.
    """
    texts = profiles.load(profile).rules
    bundle = open_bundle(path)
    if isinstance(bundle, Unopened):
        results = [_unopened(text.id, bundle) for text in texts]
    else:
        with bundle:
            results = [RULES[text.id](bundle) for text in texts]
    return CheckReport(
        tuple(replace(result, source=text.source) for result, text in zip(results, texts, strict=True))
    )


def _unopened(rule: str, bundle: Unopened) -> RuleResult:
    if rule == "EW-01":
        return RuleResult(rule, "fail", (), bundle.reason)
    return RuleResult(rule, "unverified", (), "The file could not be opened, so this was not checked.")
