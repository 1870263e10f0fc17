"""Names and words from a list, and the ways in which people write a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bundles.pdf.redact.find.proposal import Proposal, Span, pages_of, propose
from bundles.pdf.redact.words import fold
from core.errors import InvalidInput

_TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|master"
_GAP = r"[\s,.-]+"  # between the words of a name
_BREAK = r"-?"  # a word may be divided at a line's end
_LONGEST = 200  # characters of one entry of the list
_TITLE = re.compile(rf"^(?:{_TITLES})\.?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case and accents, and where each of its characters stood in the original."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Folded":
        """The folded text; one character may become several, or none."""
        parts, origin = [], []
        for place, character in enumerate(text):
            folded = fold(character)
            parts.append(folded)
            origin += [place] * len(folded)
        return cls("".join(parts), (*origin, len(text)))


def find_names(
    pdf: Path, names: Sequence[str], *, variants: bool = True, pages: tuple[int, int] | None = None
) -> Iterator[Proposal]:
    """Proposals for every place where a name or phrase stands, whatever its case, accents and line breaks.

    Args:
        pdf: a document; pages without text yield nothing.
        names: ``Priya Nair``, ``Nair, Priya`` or any other words, found as whole words only.
        variants: also find ``P. Nair``, ``Nair, Priya``, the surname alone and the first name alone.
        pages: the first and the last page to read, from 1; all when None.

    Raises:
        InvalidInput: an entry is empty or longer than 200 characters.
    """
    patterns = [pattern for name in names for pattern in _patterns(name, variants)]
    for page in pages_of(pdf, pages):
        yield from propose(page, _spans(Folded.of(page.text), patterns))


def _spans(folded: Folded, patterns: Iterable[tuple[re.Pattern[str], str]]) -> list[Span]:
    """The longest finds; what lies inside one already found is not proposed again."""
    found: list[Span] = []
    for pattern, note in patterns:
        for match in pattern.finditer(folded.text):
            start, end = folded.origin[match.start()], folded.origin[match.end() - 1] + 1
            if not any(start < other.end and other.start < end for other in found):
                found.append(Span("name", start, end, (start, end), note))
    return found


def _patterns(name: str, variants: bool) -> list[tuple[re.Pattern[str], str]]:
    """The name as given first, then its variants from the surest to the least sure, each with a note."""
    plain = _TITLE.sub("", name.strip())
    if not plain or len(plain) > _LONGEST:
        raise InvalidInput(
            "An entry of the list is empty or too long.",
            remedy=f"Give each name or phrase on a line of its own, at most {_LONGEST} characters.",
            field="names",
        )
    if plain.count(",") == 1:
        plain = " ".join(reversed(plain.split(",")))
    parts = [part for part in re.split(r"[\s.]+", fold(plain)) if part]
    if not parts:
        return _patterns(fold(plain) or "?", variants=False)
    forms = [(parts, "as in the list")]
    if variants and len(parts) > 1:
        forms += _variants(parts)
    compiled = []
    for form, note in forms:
        pattern = _GAP.join(_BREAK.join(map(re.escape, part)) for part in form)
        compiled.append((re.compile(rf"(?<!\w){pattern}(?!\w)"), note))
    return compiled


def _variants(parts: list[str]) -> list[tuple[list[str], str]]:
    *given, surname = parts
    initials = [part[0] for part in given]
    forms = [
        ([surname, *given], "surname first"),
        ([given[0], surname], "without middle names"),
        ([*initials, surname], "with initials"),
        ([initials[0], surname], "with an initial"),
        ([surname, *initials], "surname first, with initials"),
    ]
    if len(surname) > 2:
        forms.append(([surname], "surname alone: is it the same person?"))
    if len(given[0]) > 2:
        forms.append(([given[0]], "first name alone: is it the same person?"))
    return [(form, note) for form, note in forms if form != parts]
