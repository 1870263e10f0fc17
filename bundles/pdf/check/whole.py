"""SC-01: what the Supreme Court asks of a bundle as a whole."""

from bundles.pdf.check import opening, outline, paper, readable
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, faulted, passed, warned

LEAST_DPI = 200
NEAR_DPI = 0.97


def supreme(bundle: Bundle) -> Finding:
    """SC-01: opens at 100%, can be searched, has bookmarks with pages, and scans are 200 to 300 dpi."""
    parts = {
        "how it opens": opening.full_size,
        "searchable text": readable.searchable,
        "bookmarks": outline.bookmarked,
        "dots per inch": paper.fine,
    }
    found = {words: rule(bundle) for words, rule in parts.items()}
    broken = {words: finding for words, finding in found.items() if finding.status == "fail"}
    if broken:
        pages = {page for finding in broken.values() for page in finding.pages}
        return faulted((f"{words}: {finding.detail.rstrip('.')}" for words, finding in broken.items()), pages)
    coarse = [
        number
        for number, page in enumerate(bundle.pages, 1)
        if 0 < page.pictures.coarse < LEAST_DPI * NEAR_DPI and page.pictures.cover > readable.MOSTLY_IMAGE
    ]
    if coarse:
        return warned(f"Scans coarser than {LEAST_DPI} dots per inch.", coarse)
    return passed("It opens at 100%, can be searched, and its bookmarks hold their pages.")
