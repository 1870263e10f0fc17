"""Documents that have some pages in common, or of which one stands in the other."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bundles.pdf.duplicates.alike import Common, Matches, is_blank
from bundles.pdf.duplicates.pair import Pair
from bundles.pdf.duplicates.prints import Fingerprint
from bundles.pdf.duplicates.words import FEW

USUAL = 10  # other documents with the same page above which it is a form or a standard page


def partly(documents: Sequence[tuple[str, Fingerprint]], common: Common) -> Iterator[Pair]:
    """Pairs of which at least one page is the same; pages that many documents have do not count."""
    told = {pair: _telling(documents, pair, matches) for pair, matches in common.items()}
    met: Counter[tuple[int, int]] = Counter()
    for (one, other), matches in told.items():
        met.update((one, page) for page, _ in matches)
        met.update((other, page) for _, page in matches)
    for (one, other), matches in sorted(told.items(), key=lambda item: item[0]):
        rare = {
            (here, there): how
            for (here, there), how in matches.items()
            if met[one, here] <= USUAL and met[other, there] <= USUAL
        }
        if rare:
            yield _pair(documents[one], documents[other], rare)


def _telling(
    documents: Sequence[tuple[str, Fingerprint]], pair: tuple[int, int], matches: Matches
) -> Matches:
    """The matches that say something by themselves: the same words, or much the same look without words."""
    one, other = (documents[nth][1].pages for nth in pair)
    return {
        (here, there): how
        for (here, there), how in matches.items()
        if how == "text" or (how == "very" and min(one[here - 1].words, other[there - 1].words) < FEW)
    }


def _pair(one: tuple[str, Fingerprint], other: tuple[str, Fingerprint], matches: Matches) -> Pair:
    sides = {one[0]: {here for here, _ in matches}, other[0]: {there for _, there in matches}}
    # The one that is left with fewer pages of its own is the one that may go.
    left = [
        (sum(not is_blank(page) for page in made.pages) - len(sides[key]), key) for key, made in (other, one)
    ]
    rest, spare = min(left, key=lambda each: each[0])
    turned = spare == other[0]
    pages = tuple(sorted((there, here) if turned else (here, there) for here, there in matches))
    kept = one[0] if turned else other[0]
    by_words = set(matches.values()) == {"text"}
    if rest == 0:
        said = f"All {len(pages)} pages of this one also stand in the other, which has more."
        said = (
            "The one page of this one also stands in the other, which has more." if len(pages) == 1 else said
        )
    else:
        said = (
            f"{len(pages)} pages are the same in both" if len(pages) > 1 else "One page is the same in both"
        )
        said += "; each also has pages of its own."
    sure = rest == 0 and by_words
    return Pair("same-pages", spare, kept, "likely" if sure else "possible", said, pages)
