"""EW-06 and EW-07: typed pages can be searched, and every page is the right way up."""

from bundles.pdf.check.page_text import FEW_CHARACTERS
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import RuleResult, named_pages

MOSTLY_IMAGE = 0.5  # part of the page


def searchable(bundle: Bundle) -> RuleResult:
    """EW-06: no page is a picture of text without text."""
    pictures = [
        number
        for number, page in enumerate(bundle.pages, 1)
        if page.characters < FEW_CHARACTERS and page.image_cover > MOSTLY_IMAGE
    ]
    if pictures:
        return RuleResult(
            "EW-06",
            "fail",
            tuple(pictures),
            f"A picture without searchable text on {named_pages(pictures)}: run OCR.",
        )
    return RuleResult("EW-06", "pass", (), "Every page that shows text can be searched.")


def upright(bundle: Bundle) -> RuleResult:
    """EW-07: most of each page's text reads from left to right as displayed."""
    over: list[int] = []
    sideways: list[int] = []
    unknown: list[int] = []
    for number, page in enumerate(bundle.pages, 1):
        if not page.turns:
            if page.image_cover > 0:
                unknown.append(number)
            continue
        turn, count = page.turns.most_common(1)[0]
        if turn and count > sum(page.turns.values()) / 2:
            (over if turn == 180 else sideways).append(number)
    faults = []
    if over:
        faults.append(f"upside down: {named_pages(over)}")
    if sideways:
        faults.append(f"text runs sideways: {named_pages(sideways)}")
    if faults:
        detail = "; ".join(faults)
        return RuleResult(
            "EW-07", "fail", tuple(sorted([*over, *sideways])), f"{detail.capitalize()}; turn them."
        )
    if unknown:
        return RuleResult(
            "EW-07",
            "unverified",
            tuple(unknown),
            f"Pictures without text, look at them: {named_pages(unknown)}.",
        )
    return RuleResult("EW-07", "pass", (), "No page is sideways or upside down.")
