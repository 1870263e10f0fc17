"""The claim number that a document carries."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

from evidence.reading.page import Place
from evidence.reading.proposal import Certainty, CourtPattern, Proposal, at

_LABEL = re.compile(
    r"\b(?:claim|case|action|court ref(?:erence)?)\s*(?:no|number|ref(?:erence)?|n[o0]s?)?\b\.?\s*:?", re.I
)
_DASH = r"\s?[-–—‐]\s?"
_TOKEN = re.compile(rf"(?<![\w/-])[A-Za-z0-9|!](?:[A-Za-z0-9|!/]|{_DASH}(?=[A-Za-z0-9|!]))*(?![\w-])")
_CONFUSED = {
    "O": "0", "o": "0", "0": "O", "Q": "0", "l": "1I", "I": "1", "i": "1", "|": "1I", "!": "1I", "1": "I",
    "S": "5", "5": "S", "B": "8", "8": "B", "Z": "2", "G": "6",
}  # fmt: skip
_MOST_MENDED = 4
_SHORTEST = 6

Found = tuple[Place, tuple[int, int], str, CourtPattern, bool]


def read_claim_number(
    lines: Sequence[Place], courts: Sequence[CourtPattern], own: str
) -> Proposal[str] | None:
    """The number that fits a court's pattern: a labelled one first, then the matter's own, then any.

    A number that fits only after letters and figures that scanners confuse were exchanged is a guess.
    """
    compiled = [(court, re.compile(_bare(court.claim_number_pattern))) for court in courts]
    for mend in (False, True):
        found = [item for line in lines for item in _on_line(line, compiled, mend)]
        if found:
            return _proposal(_best(found, lines, own))
    return None


def _bare(pattern: str) -> str:
    return re.sub(r"^(?:\^|\\A)|(?:\$|\\Z)$", "", pattern)


def _on_line(
    line: Place, courts: Sequence[tuple[CourtPattern, re.Pattern[str]]], mend: bool
) -> Iterator[Found]:
    if mend and not (_LABEL.search(line.text) or len(line.text) < 40):
        return
    for match in _TOKEN.finditer(line.text):
        plain = re.sub(_DASH, "-", match[0])
        if len(plain) < _SHORTEST or not any(mark.isdigit() for mark in plain):
            continue
        for candidate in _mended(plain) if mend else (plain, plain.upper()):
            court = next((court for court, pattern in courts if pattern.fullmatch(candidate)), None)
            if court:
                yield line, match.span(), candidate, court, mend
                break


def _mended(plain: str) -> Iterator[str]:
    """The token with one to four look-alikes exchanged, the fewest first."""
    doubtful = [index for index, mark in enumerate(plain) if mark in _CONFUSED]
    for count in range(1, min(len(doubtful), _MOST_MENDED) + 1):
        for chosen in combinations(doubtful, count):
            for marks in product(*(_CONFUSED[plain[index]] for index in chosen)):
                changed = list(plain)
                for index, mark in zip(chosen, marks, strict=True):
                    changed[index] = mark
                yield "".join(changed).upper()


def _best(found: Sequence[Found], lines: Sequence[Place], own: str) -> Found:
    previous = {line: before.text for before, line in pairwise(lines)}

    def preference(item: Found) -> tuple[bool, bool]:
        line, span, number, _, _ = item
        labelled = _LABEL.search(line.text[: span[0]]) or _LABEL.fullmatch(previous.get(line, ""))
        return (labelled is None, number.casefold() != own.casefold())

    return min(found, key=preference)


def _proposal(found: Found) -> Proposal[str]:
    line, span, number, court, mended = found
    if mended:
        why = f"The scan reads “{line.text[slice(*span)]}”; as {number} it fits {court.name}."
        return at(line, number, why, certainty=Certainty.GUESSED, span=span)
    return at(line, number, f"It has the form of a claim number of {court.name}.", span=span)
