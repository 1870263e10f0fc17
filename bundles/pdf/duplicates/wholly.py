"""Documents that are the same from the first page to the last, in words or in look."""

from collections.abc import Iterator, Sequence

from bundles.pdf.duplicates.alike import Common, Matches, apart, is_blank
from bundles.pdf.duplicates.pair import Pair
from bundles.pdf.duplicates.prints import Fingerprint
from bundles.pdf.duplicates.words import FEW

Keyed = tuple[str, Fingerprint]
NOTICED = 24  # bits of 1,024 in which two prints of one page do not differ, but a signed one does


def wholly(documents: Sequence[Keyed], common: Common) -> Iterator[Pair]:
    """Each document that is the same as an earlier one throughout, paired with the first such."""
    found = {**_by_words(documents), **_by_pages(documents, common)}
    spare: set[int] = set()
    for one, other in sorted(found):
        if one not in spare and other not in spare:
            spare.add(other)
            yield _pair(documents[other], documents[one], found[one, other])


def _by_words(documents: Sequence[Keyed]) -> Common:
    """Documents whose words are the same though their pages end elsewhere."""
    found: Common = {}
    first: dict[str, int] = {}
    for nth, (_, made) in enumerate(documents):
        if made.text and all(page.words >= FEW or is_blank(page) for page in made.pages):
            one = first.setdefault(made.text, nth)
            ends = len(documents[one][1].pages), len(made.pages)
            if one != nth:
                beside = {(min(page, ends[0]), min(page, ends[1])) for page in range(1, max(ends) + 1)}
                found[one, nth] = dict.fromkeys(beside, "text")
    return found


def _by_pages(documents: Sequence[Keyed], common: Common) -> Common:
    """Documents of which each page that shows anything has its counterpart, in the same order."""
    found: Common = {}
    for (one, other), pages in common.items():
        ordered = sorted(pages)
        if [number for number, _ in ordered] == _shown(documents[one][1]) and [
            number for _, number in ordered
        ] == _shown(documents[other][1]):
            found[one, other] = pages
    return found


def _shown(made: Fingerprint) -> list[int]:
    return [number for number, page in enumerate(made.pages, 1) if not is_blank(page)]


def _pair(spare: Keyed, kept: Keyed, matches: Matches) -> Pair:
    pages = tuple(sorted((there, here) for here, there in matches))
    if set(matches.values()) != {"text"}:
        sure = "like" not in matches.values()
        said = "Page for page the two look the same, though their words are not, as with a scan of a print."
        return Pair("same-look", spare[0], kept[0], "likely" if sure else "possible", said, pages)
    if len(spare[1].pages) != len(kept[1].pages):
        said = "Every word is the same; only the pages end in other places."
        return Pair("same-text", spare[0], kept[0], "likely", said, pages)
    differ = [n for n, m in pages if apart(spare[1].pages[n - 1], kept[1].pages[m - 1]) > NOTICED]
    if differ:
        listed = ", ".join(map(str, differ))
        where = f"page {listed} looks" if len(differ) == 1 else f"pages {listed} look"
        said = f"Every word is the same, but {where} different: one may be a scan, signed or annotated."
        return Pair("same-text", spare[0], kept[0], "likely", said, pages)
    return Pair(
        "same-text", spare[0], kept[0], "almost certain", "Every word and every page is the same.", pages
    )
