"""How a bundle is delivered: EW-10, EW-13 and PD-01."""

import re

from bundles.pdf.check.outline import bookmarks
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, not_applicable, passed, unverified, warned

AUTHORITIES = re.compile(r"\bauthorities\b|\bcase law\b", re.IGNORECASE)
CLAIM = re.compile(r"(?<![A-Z])[A-Z]{1,3}[-_ ]?\d{2,4}[-_ ](?:[A-Z]{2,4}[-_ ])?\d{3,8}", re.IGNORECASE)
DATE = re.compile(
    r"\d{4}[-_. ]?\d{2}[-_. ]?\d{2}|\d{1,2}[-_. ]\d{1,2}[-_. ]\d{2,4}|\d{1,2}[-_ ]?[A-Z]{3,9}[-_ ]?\d{2,4}",
    re.IGNORECASE,
)
WORDS = re.compile(r"[^\W\d_]{3,}")


def authorities_apart(bundle: Bundle) -> Finding:
    """EW-10: a bundle with other sections holds none of authorities."""
    sections = [mark for mark in bookmarks(bundle) if mark.depth == 1]
    found = [mark for mark in sections if AUTHORITIES.search(mark.title)]
    if found and len(sections) > len(found) + 1:
        return warned(
            f"“{found[0].title}” stands in the hearing bundle; authorities go into a bundle of their own.",
            (mark.page for mark in found if mark.page),
        )
    return unverified("Whether the authorities have a bundle of their own, one file does not show.")


def file_name(bundle: Bundle) -> Finding:
    """EW-13: the name holds a claim number, words and a date."""
    stem = bundle.name.removesuffix(".pdf").removesuffix(".PDF")
    claim, rest = CLAIM.search(stem), CLAIM.sub(" ", stem)
    lacking = []
    if not claim:
        lacking.append("the claim number")
    if not DATE.search(rest):
        lacking.append("the date of the hearing")
    if len(WORDS.findall(DATE.sub(" ", rest))) < 2:
        lacking.append("a short case name and the bundle's")
    if lacking:
        return warned(f"The file's name, “{bundle.name}”, lacks {' and '.join(lacking)}.")
    return passed(f"“{bundle.name}” holds the claim number, words and a date.")


def where_published(_bundle: Bundle) -> Finding:
    """PD-01: about the rules, not about the file."""
    return not_applicable("This says where the rules stand; there is nothing in a file to check.")
