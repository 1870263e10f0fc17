"""People who are named with a title."""

import re
from collections.abc import Iterator

from evidence.entities.entity import Entity, EntityKind, Source

_TITLE = (
    r"(?:(?:His|Her) Honour(?: Judge)?|HHJ"
    r"|(?:The )?(?:Right )?(?:Honourable |Hon\.? )?(?:Mr|Mrs|Ms|Lord|Lady) Justice"
    r"|(?:Deputy )?(?:District|Insolvency|Tribunal|Employment) Judge|Chief Master|Master"
    r"|Judge|Sir|Dame|Lord|Lady"
    r"|Baroness|Professor|Prof|Dr|Mr|Mrs|Ms|Miss|Mx)"
)
_WORD = r"(?:O['’])?[A-Z](?:[a-zà-ÿ]+|\.)?(?:['’-][A-Z][a-zà-ÿ]+)*(?:Mc|Mac)?(?:[A-Z][a-zà-ÿ]+)?"
_PARTICLE = r"(?:de|da|di|van|von|der|den|la|le|al|bin|ibn|of)"
_PERSON = re.compile(
    rf"\b(?P<title>{_TITLE})\.?(?P<name>(?:\s(?:{_PARTICLE}\s)*{_WORD}(?![\w])){{1,4}})"
    r"(?P<suffix>,? (?:KC|QC|LJ|CBE|OBE|PhD|FRS))?"
)
_CAPITAL_TITLE = re.compile(
    r"\b(?P<title>(?:MR|MRS|LORD|LADY) JUSTICE|MASTER|HHJ|DR|PROFESSOR)(?P<name>(?: [A-Z][A-Z'’-]+){1,3})\b"
)
_NEVER_IN_A_NAME = {
    "claimant", "claimants", "defendant", "defendants", "respondent", "appellant", "applicant", "the",
    "and", "or", "on", "in", "at", "for", "to", "is", "was", "court", "exhibit", "statement",
    "witness", "chancellor", "chief", "advocate", "mayor", "case", "claim", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december", "i", "he",
    "she", "we", "it", "if", "when", "but", "as", "that", "this",
}  # fmt: skip
_WRAPPED_LINE = 45  # a line shorter than this ends because its author ended it


def find_people(text: str) -> Iterator[Entity]:
    """Every person introduced by a title; a name goes over a line end only in a wrapped paragraph."""
    for pattern in (_PERSON, _CAPITAL_TITLE):
        for match in pattern.finditer(text):
            words = _name_words(match)
            if words:
                end = match.start("name") + words[-1].end()
                suffix = match.groupdict().get("suffix") or ""
                if suffix and end == match.end("name"):
                    end = match.end("suffix")
                parts = [_title(match["title"]), *(_cased(word[0]) for word in words)]
                normal = " ".join(parts).rstrip(".")
                yield Entity(
                    EntityKind.PERSON, text[match.start() : end], normal, match.start(), end, Source.RULE
                )


def _name_words(match: re.Match[str]) -> list[re.Match[str]]:
    """The words of the name up to the first that cannot belong to one."""
    kept = []
    for word in re.finditer(r"\S+", match["name"]):
        offset = match.start("name") + word.start()
        if word[0].casefold().rstrip(".") in _NEVER_IN_A_NAME or _ends_a_line(match.string, offset):
            break
        kept.append(word)
    while kept and not kept[-1][0][0].isupper():
        kept.pop()
    return kept


def _ends_a_line(text: str, offset: int) -> bool:
    """The word at this offset opens a new line that is not the wrapped rest of the line before."""
    if text[offset - 1] != "\n":
        return False
    return offset - 1 - (text.rfind("\n", 0, offset - 1) + 1) < _WRAPPED_LINE


def _title(title: str) -> str:
    title = re.sub(r"^(?:The )?(?:Right )?(?:Honourable |Hon\.? )", "", " ".join(title.split()))
    if title == "Prof":
        return "Professor"
    return title.title() if title.isupper() and title != "HHJ" else title


def _cased(word: str) -> str:
    return word.title() if word.isupper() and len(word) > 2 else word
