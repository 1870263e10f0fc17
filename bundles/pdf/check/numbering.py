"""EW-02 and EW-03: the printed number is the PDF's page, on screen and on paper."""

from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import RuleResult, named_pages


def numbered(bundle: Bundle) -> RuleResult:
    """EW-02: the number at the bottom right of page i is i, upright, and page labels say the same."""
    missing, wrong, turned = [], [], []
    labelled = _other_labels(bundle)
    for number, page in enumerate(bundle.pages, 1):
        if page.stamp is None:
            missing.append(number)
        elif page.stamp != number:
            wrong.append(number)
        elif page.stamp_turn:
            turned.append(number)
    faults = []
    if missing:
        faults.append(f"no page number at the bottom right of {named_pages(missing)}")
    if wrong:
        first = wrong[0]
        faults.append(
            f"the number is not the PDF's page on {named_pages(wrong)} "
            f"(page {first} shows {bundle.pages[first - 1].stamp})"
        )
    if turned:
        faults.append(f"the number does not stand upright on {named_pages(turned)}")
    if labelled:
        faults.append(f"the page labels differ from the PDF's pages on {named_pages(labelled)}")
    if faults:
        pages = tuple(sorted({*missing, *wrong, *turned, *labelled}))
        return RuleResult("EW-02", "fail", pages, _sentence(faults))
    return RuleResult("EW-02", "pass", (), f"Pages 1 to {len(bundle.pages)} show their own numbers.")


def _other_labels(bundle: Bundle) -> list[int]:
    """The pages whose label is not their number; a file without labels has none."""
    if "/PageLabels" not in bundle.pdf.Root:
        return []
    labels = bundle.document.get_page_label
    return [
        number for number in range(1, len(bundle.pages) + 1) if labels(number - 1) not in ("", str(number))
    ]


def paper_copy(bundle: Bundle) -> RuleResult:
    """EW-03: only somebody who holds the paper copy can tell."""
    return RuleResult(
        "EW-03",
        "unverified",
        (),
        f"A program cannot see the paper copy: print it and compare the last number, {len(bundle.leaves)}.",
    )


def _sentence(faults: list[str]) -> str:
    joined = "; ".join(faults)
    return f"{joined[0].upper()}{joined[1:]}."
