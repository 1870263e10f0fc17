"""What the pages are like as paper: EW-11 (dots per inch) and US-06 (Letter)."""

from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import (
    Finding,
    failed,
    named_pages,
    not_applicable,
    passed,
    unverified,
)

SIZES = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
NEAR = 3.0  # points by which a page may differ from its size
NEAR_DPI = 1.03  # scanners round the page up to whole dots


def fine(bundle: Bundle) -> Finding:
    """EW-11: no large picture has more dots per inch than the profile allows."""
    most = bundle.profile.limits.dpi
    if most is None:
        return not_applicable("The profile sets no limit.")
    over = {
        number: page.pictures.dpi
        for number, page in enumerate(bundle.pages, 1)
        if page.pictures.dpi > most * NEAR_DPI
    }
    if over:
        return failed(
            f"More than {most} dots per inch on {named_pages(over)} (up to {max(over.values()):.0f}); "
            "scan or save them coarser.",
            over,
        )
    crowded = [number for number, page in enumerate(bundle.pages, 1) if not page.pictures.whole]
    if crowded:
        return unverified(f"Too much is drawn to find every picture on {named_pages(crowded)}.", crowded)
    if not any(page.pictures.dpi for page in bundle.pages):
        return not_applicable("No page holds a large picture.")
    finest = max(page.pictures.dpi for page in bundle.pages)
    return passed(f"The finest large picture has {finest:.0f} dots per inch.")


def right_size(bundle: Bundle) -> Finding:
    """US-06: every page, upright or landscape, has the profile's size as displayed."""
    wanted = bundle.profile.page_size
    if wanted == "any":
        return not_applicable("The profile takes pages of any size.")
    short, long = SIZES[wanted]
    other = [
        number
        for number, page in enumerate(bundle.pages, 1)
        if abs(min(page.view.width, page.view.height) - short) > NEAR
        or abs(max(page.view.width, page.view.height) - long) > NEAR
    ]
    if other:
        view = bundle.pages[other[0] - 1].view
        return failed(
            f"Not {wanted} size: {named_pages(other)} (page {other[0]} measures {view.width / 72:.1f} by "
            f"{view.height / 72:.1f} inches).",
            other,
        )
    return passed(f"All pages are {wanted} size.")
