"""What is printed on each page: 1, 2, 3 to the end, or 45A for what came after delivery."""

from bundles.pdf.contents import BundleSpec
from bundles.pdf.plan import Index, Plan


def page_numbers(plan: Plan, spec: BundleSpec, prefix: str) -> list[str]:
    """The printed number of every page of the bundle, in order.

    Law: General Guidance on Electronic Court Bundles (29 Nov 2021), 2: from 1 on the first page, index
    included. Late documents in their place break that, so only a profile that says so allows them.
    """
    numbers: list[str] = []
    base = after = 0
    for block in plan.blocks:
        for nth in range(block.pages):
            if isinstance(block, Index):
                # An index that has grown must not move the pages that the court knows already.
                late = bool(spec.standing and has_insertions(spec) and nth >= spec.standing.index_pages)
            else:
                late = block.entry.late
            if late:
                after += 1
            else:
                base, after = base + 1, 0
            numbers.append(f"{prefix}{base}{letters(after)}")
    return numbers


def has_insertions(spec: BundleSpec) -> bool:
    """Whether late documents stand in their place, under numbers such as 45A."""
    return any(entry.late for entry in spec.entries)


def letters(number: int) -> str:
    """A for 1, Z for 26, AA for 27; empty for 0."""
    word = ""
    while number:
        number, rest = divmod(number - 1, 26)
        word = chr(ord("A") + rest) + word
    return word


def bates_numbers(spec: BundleSpec, plan: Plan) -> list[str]:
    """The running number of every page that belongs to a document; empty for other pages."""
    found: list[str] = []
    bates = spec.bates
    number = bates.start if bates else 0
    for block in plan.blocks:
        for nth in range(block.pages):
            own = not isinstance(block, Index) and block.source is not None and nth >= block.sheets
            if bates is None or not own:
                found.append("")
                continue
            found.append(f"{bates.prefix}{number:0{bates.digits}}")
            number += 1
    return found
