"""Core bundles: CC-06 and EW-09."""

import re

from bundles.pdf.check.documents import documents
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, failed, named_pages, not_applicable, passed, unverified

CORE = re.compile(r"\bcore\s+bundle\b", re.IGNORECASE)
# A main bundle without a letter is called just that.
REFERENCE = re.compile(
    r"(?<!\S)(?:[\[({]?[A-Z]{1,3}\d{0,2}/(?:\d{1,4}/)?\d{1,5}[\])}]?|Main \d{1,5}[A-Z]{0,2})(?!\S)"
)
FRONT = 2  # pages that may say what the bundle is
NOT_CORE = "Its first pages do not call this a core bundle."


def referenced(bundle: Bundle) -> Finding:
    """CC-06: each page of a core bundle shows the main bundle's reference besides its own number."""
    if not is_core(bundle):
        return not_applicable(NOT_CORE)
    parts = documents(bundle)
    first = parts[0].first if parts else FRONT
    bare = [
        number
        for number, page in enumerate(bundle.pages, 1)
        if number >= first and not REFERENCE.search(page.text)
    ]
    if bare:
        return failed(f"No reference to the main bundle on {named_pages(bare)}.", bare)
    return unverified(
        "Each page has a reference such as A/45; the main bundle must show whether it is right."
    )


def same_rules(bundle: Bundle) -> Finding:
    """EW-09: a core bundle kept every other rule of the general guidance; asked after those."""
    if not is_core(bundle):
        return not_applicable(NOT_CORE)
    broken = [
        rule for rule, found in bundle.found.items() if rule.startswith("EW-") and found.status == "fail"
    ]
    if broken:
        return failed(f"This core bundle breaks {', '.join(sorted(broken))}.")
    return passed("This core bundle breaks none of the rules above.")


def is_core(bundle: Bundle) -> bool:
    """Whether the first pages call the file a core bundle."""
    return any(CORE.search(page.text) for page in bundle.pages[:FRONT])
