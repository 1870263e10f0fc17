"""What a document calls itself."""

import re
from collections.abc import Sequence

from cases.kinds import FilingKind
from evidence.reading.kind import SALUTATION, find_heading
from evidence.reading.page import Place, front_matter
from evidence.reading.proposal import Certainty, Proposal, at, from_filename

_SUBJECT = re.compile(r"Subject\s?:\s*(?P<words>.+)", re.I)
_ABOUT = re.compile(r"(?:Re|RE|Subject|Our claim)\s*:\s*(?P<words>.+)")
_HEADLINE = re.compile(r"(?=.{8,110}$)(?=.*[a-zA-Z]{3}.*\s.*[a-zA-Z]{3}).*[^.,;:]")
_ABBREVIATIONS = {"AI", "API", "CPR", "EU", "KC", "LLP", "PD", "PLC", "UK", "US"}
_SMALL = {"of", "and", "to", "the", "for", "on", "in", "a", "by", "from", "v"}
_EXHIBIT = re.compile(r"exhibit\s+(?:marked\s+)?[\"“'‘]?(?P<mark>[A-Z]{1,5}[ -]?\d{1,3}[A-Z]?)\b", re.I)


def read_title(
    lines: Sequence[Place], kind: Proposal[FilingKind] | None, filename: str
) -> Proposal[str] | None:
    """The heading, subject or reference line as a title; a file's name only where the pages offer none."""
    top = front_matter(lines)
    value = kind.value if kind else None
    if value is FilingKind.EMAIL:
        found = _labelled(top, _SUBJECT, "the e-mail’s subject")
    elif value is FilingKind.LETTER:
        found = _letter(lines)
    elif value is FilingKind.EXHIBIT:
        found = _exhibit(top)
    elif value is FilingKind.OTHER:
        found = None
    else:
        found = _heading(top) or _first_line(top, value)
    return found or _from_kind_or_name(lines, kind, filename)


def _labelled(top: Sequence[Place], pattern: re.Pattern[str], where: str) -> Proposal[str] | None:
    for line in top:
        if match := pattern.match(line.text):
            return at(line, match["words"].strip(), f"Read from {where}.", span=match.span("words"))
    return None


def _letter(lines: Sequence[Place]) -> Proposal[str] | None:
    """The reference line, or the short line right after the greeting, which letters use for their subject."""
    if found := _labelled(lines[:45], _ABOUT, "the letter’s reference line"):
        return found
    for index, line in enumerate(lines[:45]):
        if SALUTATION.fullmatch(line.text) and index + 1 < len(lines):
            subject = lines[index + 1]
            if (
                len(subject.text) < 100
                and not re.search(r"[.,;:]$", subject.text)
                and len(subject.text.split()) > 1
            ):
                return at(subject, subject.text, "The line under the greeting.")
    return None


def _exhibit(top: Sequence[Place]) -> Proposal[str] | None:
    for line in top:
        if match := _EXHIBIT.search(line.text):
            return at(line, f"Exhibit {match['mark'].upper()}", "The exhibit’s mark.", span=match.span())
    return None


def _heading(top: Sequence[Place]) -> Proposal[str] | None:
    heading = find_heading(top)
    if heading is None:
        return None
    return at(heading[1], _title_case(heading[2]), "Its heading.")


def _first_line(top: Sequence[Place], kind: FilingKind | None) -> Proposal[str] | None:
    """A headline: the first line of a document of no known kind, when a short line without a full stop."""
    if kind is not None or not top or not _HEADLINE.fullmatch(top[0].text):
        return None
    return at(top[0], top[0].text, "Its first line.", certainty=Certainty.GUESSED)


def _from_kind_or_name(
    lines: Sequence[Place], kind: Proposal[FilingKind] | None, filename: str
) -> Proposal[str] | None:
    if kind is not None and kind.page is not None and kind.value not in {FilingKind.OTHER, FilingKind.LETTER}:
        place = next(line for line in lines if (line.page, line.line) == (kind.page, kind.line))
        return at(place, kind.value.label, "Named after its kind.", certainty=Certainty.GUESSED)
    words = re.sub(r"[_\s]+", " ", filename.rsplit(".", 1)[0]).strip()
    return (
        from_filename(filename, words, "Its pages give it no title; this is its file’s name.")
        if words
        else None
    )


def _title_case(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip(" .:_*-")
    if not words.isupper():
        return words
    cased = [word.lower() if word.lower() in _SMALL else _capital(word) for word in words.split(" ")]
    return " ".join([cased[0][:1].upper() + cased[0][1:], *cased[1:]])


def _capital(word: str) -> str:
    if any(mark.isdigit() for mark in word) or word.strip("()[],") in _ABBREVIATIONS:
        return word
    return re.sub(r"[^\W\d_]+(?:['’]S\b)?", lambda match: match[0].capitalize(), word)
