"""How pages are numbered: EW-02, EW-03, CC-02 and US-11."""

import re

from bundles.pdf.check.index_rows import COVERS, index_rows
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, failed, faulted, named_pages, passed, unverified, warned
from bundles.pdf.check.series import Series, page_numbers, shift

CONTENTS = re.compile(r"\b(?:index|contents)\b", re.IGNORECASE)
NO_RUN = "No run of page numbers was found near the edges of the pages."


def numbered(bundle: Bundle) -> Finding:
    """EW-02: the number of page i is i, upright, and page labels say the same."""
    series = page_numbers(bundle)
    if series is None:
        return failed(NO_RUN, range(1, len(bundle.pages) + 1))
    if before := shift(bundle):
        return warned(
            f"The numbers run on from {before + 1}, as in a later volume, and the page labels say the same; "
            "the PDF's own count begins at 1."
        )
    marks = list(enumerate(series.marks, 1))
    missing = [number for number, mark in marks if mark is None]
    wrong = {number: mark.shown for number, mark in marks if mark and mark.value != number}
    turned = [number for number, mark in marks if mark and mark.turn and number not in wrong]
    labelled = _other_labels(bundle, series)
    faults = []
    if missing:
        faults.append(f"no page number at the {series.zone} of {named_pages(missing)}")
    if wrong:
        page, shown = next(iter(wrong.items()))
        faults.append(f"the number is not the PDF's page on {named_pages(wrong)} (page {page} shows {shown})")
    if turned:
        faults.append(f"the number does not stand upright on {named_pages(turned)}")
    if series.prefix != bundle.profile.numbering.prefix and bundle.profile.numbering.prefix:
        faults.append(f"the numbers do not begin with {bundle.profile.numbering.prefix}")
    if labelled:
        faults.append(f"the page labels differ from the PDF's pages on {named_pages(labelled)}")
    if faults:
        return faulted(faults, [*missing, *wrong, *turned, *labelled])
    return passed(f"Pages 1 to {len(bundle.pages)} show their own numbers at the {series.zone}.")


def _other_labels(bundle: Bundle, series: Series) -> list[int]:
    """The pages whose label is not their number; a file without labels has none."""
    return [
        number
        for number, label in enumerate(bundle.labels, 1)
        if label not in ("", str(number), f"{series.prefix}{number}")
    ]


def paper_copy(bundle: Bundle) -> Finding:
    """EW-03: only somebody who holds the paper copy can tell."""
    return unverified(
        f"A program cannot see the paper copy: print it and compare the last number, {len(bundle.leaves)}."
    )


def placed(bundle: Bundle) -> Finding:
    """CC-02: the bundle's numbers stand where the profile wants them and on nothing else."""
    series, wanted = page_numbers(bundle), bundle.profile.numbering.position
    if series is None:
        return failed(NO_RUN)
    if series.zone != wanted:
        return failed(f"The bundle's numbers stand at the {series.zone}, not at the {wanted}.")
    crowded = [number for number, mark in enumerate(series.marks, 1) if mark and mark.crowded]
    if crowded:
        return failed(f"The number stands on other text on {named_pages(crowded)}.", crowded)
    return passed(
        f"The numbers stand at the {wanted} and on no other text; lines and pictures were not looked at."
    )


def consecutive(bundle: Bundle) -> Finding:
    """US-11: numbers run on from page to page, and a cover and contents come first."""
    series = page_numbers(bundle)
    if series is None:
        return failed(NO_RUN, range(1, len(bundle.pages) + 1))
    broken = [
        number
        for number, mark in enumerate(series.marks, 1)
        if mark is None or mark.value != number + series.offset
    ]
    first, shown = next((number, mark.shown) for number, mark in enumerate(series.marks, 1) if mark)
    # A cover needs no number.
    broken = [number for number in broken if number >= first or first > 2]
    faults = []
    if broken:
        faults.append(f"the numbers do not run on at {named_pages(broken)}")
    if not index_rows(bundle) and not any(CONTENTS.search(page.text) for page in bundle.pages[:COVERS]):
        faults.append("no contents with page numbers on the first pages")
    if faults:
        return faulted(faults, broken)
    exhibits = [number for number, mark in enumerate(series.marks, 1) if mark and mark.prefix]
    beside = "" if exhibits else "; whether exhibit numbers belong beside them, a person must say"
    verdict = passed if exhibits else unverified
    return verdict(f"Pages run on from {shown} and contents come first{beside}.")
