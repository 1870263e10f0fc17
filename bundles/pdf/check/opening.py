"""How the file opens: EW-01, EW-08 and CA-02."""

import math

from pikepdf import Array, Dictionary

from bundles.pdf.check.outline import Bookmark, bookmarks
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import (
    Finding,
    counted,
    failed,
    named_pages,
    not_applicable,
    passed,
    warned,
)
from bundles.pdf.destinations import Target


def opens(bundle: Bundle) -> Finding:
    """EW-01: both parsers opened the file without a password and agree on its pages."""
    by_qpdf, by_pdfium = len(bundle.leaves), len(bundle.document)
    if by_qpdf != by_pdfium:
        return failed(f"One parser sees {by_qpdf} pages and the other {by_pdfium}: the file is damaged.")
    if not by_qpdf:
        return failed("The file has no pages.")
    if bundle.unread:
        return failed(f"PDFium cannot show {named_pages(bundle.unread)}.", bundle.unread)
    if bundle.pdf.is_encrypted:
        return warned("It opens without a password, but copying or commenting may be restricted.")
    return passed(f"Two parsers open it without a password; {counted(by_qpdf, 'page')}.")


def full_size(bundle: Bundle) -> Finding:
    """EW-08: the file opens at 100%, and no bookmark changes the zoom."""
    target = _opening(bundle)
    if target is None:
        return failed("The file does not say at which size it opens; set it to 100%.")
    if target.fit != "/XYZ" or target.zoom is None or not math.isclose(target.zoom, 1.0, abs_tol=0.005):
        shown = f"at {target.zoom:.0%}" if target.zoom else "fitted to the window"
        return failed(f"The file opens {shown}, not at 100%.", [target.page])
    zooming = [mark for mark in bookmarks(bundle) if mark.target and _zooms(mark.target, at=1.0)]
    if zooming:
        return _zoom(zooming)
    return passed("It opens at 100%, and bookmarks keep the reader's zoom.")


def zoom_kept(bundle: Bundle) -> Finding:
    """CA-02: every bookmark leaves the reader's zoom as it is."""
    marks = bookmarks(bundle)
    if not marks:
        return not_applicable("There are no bookmarks.")
    zooming = [mark for mark in marks if mark.target and _zooms(mark.target, at=None)]
    if zooming:
        return _zoom(zooming)
    return passed(f"{counted(len(marks), 'bookmark')}, none of which changes the reader's zoom.")


def _zoom(zooming: list[Bookmark]) -> Finding:
    names = ", ".join(f"“{mark.title}”" for mark in zooming[:3])
    return failed(
        f"{counted(len(zooming), 'bookmark')} that change the zoom: {names}.", (mark.page for mark in zooming)
    )


def _opening(bundle: Bundle) -> Target | None:
    opening = bundle.pdf.Root.get("/OpenAction")
    if isinstance(opening, Array):
        return bundle.destinations.resolve(opening)
    return bundle.destinations.of_action(opening) if isinstance(opening, Dictionary) else None


def _zooms(target: Target, *, at: float | None) -> bool:
    if target.fit != "/XYZ":
        return True
    return target.zoom is not None and (at is None or not math.isclose(target.zoom, at, abs_tol=0.005))
