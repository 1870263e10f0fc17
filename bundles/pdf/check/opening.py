"""EW-01 and EW-08: the bundle opens for anybody, at 100%."""

import math

from pikepdf import Array, Dictionary

from bundles.pdf.check.destinations import Target
from bundles.pdf.check.outline import bookmarks
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import RuleResult


def opens(bundle: Bundle) -> RuleResult:
    """EW-01: both parsers opened the file without a password and agree on its pages."""
    by_qpdf, by_pdfium = len(bundle.leaves), len(bundle.document)
    if by_qpdf != by_pdfium:
        return RuleResult(
            "EW-01",
            "fail",
            (),
            f"One parser sees {by_qpdf} pages and the other {by_pdfium}: the file is damaged.",
        )
    if not by_qpdf:
        return RuleResult("EW-01", "fail", (), "The file has no pages.")
    if bundle.pdf.is_encrypted:
        return RuleResult(
            "EW-01", "warn", (), "It opens without a password, but copying or commenting may be restricted."
        )
    return RuleResult("EW-01", "pass", (), f"Two parsers open it without a password; {by_qpdf} pages.")


def full_size(bundle: Bundle) -> RuleResult:
    """EW-08: the file opens at 100%, and no bookmark changes the zoom."""
    opening = bundle.pdf.Root.get("/OpenAction")
    target = None
    if isinstance(opening, Array):
        target = bundle.destinations.resolve(opening)
    elif isinstance(opening, Dictionary):
        target = bundle.destinations.of_action(opening)
    if target is None:
        return RuleResult(
            "EW-08", "fail", (), "The file does not say at which size it opens; set it to 100%."
        )
    if target.fit != "/XYZ" or target.zoom is None or not math.isclose(target.zoom, 1.0, abs_tol=0.005):
        shown = f"at {target.zoom:.0%}" if target.zoom else "fitted to the window"
        return RuleResult("EW-08", "fail", (target.page,), f"The file opens {shown}, not at 100%.")
    zooming = [mark for mark in bookmarks(bundle) if mark.target and _changes_zoom(mark.target)]
    if zooming:
        pages = sorted({mark.target.page for mark in zooming if mark.target})
        names = ", ".join(f"“{mark.title}”" for mark in zooming[:3])
        return RuleResult(
            "EW-08", "fail", tuple(pages), f"{len(zooming)} bookmarks change the zoom: {names}."
        )
    return RuleResult("EW-08", "pass", (), "It opens at 100%, and bookmarks keep the reader's zoom.")


def _changes_zoom(target: Target) -> bool:
    return target.fit != "/XYZ" or (
        target.zoom is not None and not math.isclose(target.zoom, 1.0, abs_tol=0.005)
    )
