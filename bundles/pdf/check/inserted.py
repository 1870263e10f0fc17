"""Pages put in after delivery, numbered 45A and so on: EW-02A."""

import re
from itertools import pairwise

from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, failed, faulted, named_pages, passed

LABEL = re.compile(r"(\d+)([A-Z]*)")


def lettered(bundle: Bundle) -> Finding:
    """EW-02A: every page shows what its label says, and the labels rise: 45, 45A, 45B, 46."""
    parts = [LABEL.fullmatch(label) for label in bundle.labels]
    without = [number for number, found in enumerate(parts, 1) if found is None]
    if without:
        return failed(f"The page labels give no number on {named_pages(without)}.", without)
    places = [(int(found[1]), len(found[2]), found[2]) for found in parts if found]
    # One number with no letter begins each run; letters follow it without a gap in the numbers.
    broken = [
        number
        for number, (one, other) in enumerate(pairwise([(0, 0, ""), *places]), 1)
        if not (other[:2] == (one[0] + 1, 0) or (other[0] == one[0] and other[1:] > one[1:]))
    ]
    unshown = [
        number
        for number, (page, label) in enumerate(zip(bundle.pages, bundle.labels, strict=True), 1)
        if label not in page.text.split()
    ]
    faults = []
    if broken:
        faults.append(f"the numbers do not run on at {named_pages(broken)}")
    if unshown:
        faults.append(f"the page does not show the number of its label on {named_pages(unshown)}")
    if faults:
        return faulted(faults, [*broken, *unshown])
    letters = [number for number, (_, length, _) in enumerate(places, 1) if length]
    return passed(
        f"Every page shows its label; {named_pages(letters)} of the file came later."
        if letters
        else "Every page shows its label; none has come later."
    )
