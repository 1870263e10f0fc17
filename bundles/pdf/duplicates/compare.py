"""Pairs of documents that a person should look at side by side before both go into a bundle."""

from collections.abc import Iterator, Sequence

from bundles.pdf.duplicates.alike import pages_in_common
from bundles.pdf.duplicates.chains import chains
from bundles.pdf.duplicates.pair import Pair
from bundles.pdf.duplicates.partly import partly
from bundles.pdf.duplicates.prints import Fingerprint
from bundles.pdf.duplicates.wholly import wholly

Documents = Sequence[tuple[str, Fingerprint]]


def duplicates(documents: Documents) -> list[Pair]:
    """Each document that may be left out, with the one that says the same; a pair appears once.

    Several copies are each paired with the first of them only.

    Args:
        documents: the caller's key and the fingerprint of each, in the order in which they are to be kept.
    """
    files = list(_same_files(documents))
    copies = {pair.spare for pair in files}
    single = [(key, made) for key, made in documents if key not in copies]
    common = pages_in_common([made for _, made in single])
    whole = list(wholly(single, common))
    copies = {pair.spare for pair in whole}
    left = {nth for nth, (key, _) in enumerate(single) if key not in copies}
    mails = list(chains([single[nth] for nth in sorted(left)]))
    told = {frozenset((pair.spare, pair.kept)) for pair in mails}
    rest = {pair: pages for pair, pages in common.items() if left.issuperset(pair)}
    parts = [pair for pair in partly(single, rest) if frozenset((pair.spare, pair.kept)) not in told]
    return [*files, *whole, *mails, *parts]


def _same_files(documents: Documents) -> Iterator[Pair]:
    first: dict[str, tuple[str, Fingerprint]] = {}
    for key, made in documents:
        if made.sha256 not in first:
            first[made.sha256] = (key, made)
            continue
        pages = tuple((number, number) for number in range(1, len(made.pages) + 1))
        kept = first[made.sha256][0]
        yield Pair("same-file", key, kept, "certain", "The two files are the same, byte for byte.", pages)
