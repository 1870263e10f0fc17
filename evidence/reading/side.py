"""On whose behalf a document is made."""

import re
from collections.abc import Iterator, Sequence

from cases.kinds import FilingKind as K
from evidence.reading.page import Place, front_matter
from evidence.reading.proposal import Certainty, KnownParty, Proposal, at

_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
}
_ROLE = r"(?:claimant|defendant|applicant|respondent|appellant|petitioner|intervener|third party)"
_WHO = rf"(?:the\s+)?(?:(?P<nth>{'|'.join(_ORDINALS)})\s+)?(?P<role>{_ROLE})(?P<many>s)?"
_WHO_AT_ALL = re.compile(rf"\b{_WHO}\b", re.I)

# Each says on whose behalf; what follows the cue names the party by role or by name.
_CUES = (
    re.compile(r"(?:statement )?(?:made |filed |served |given )?on behalf of\s*:?\s*(?P<who>.{3,90})", re.I),
    re.compile(r"(?:solicitors?|counsel|advocates?|attorneys?|legal representatives?|legal advisers?)"
     r"\s+(?:acting )?for\s+(?P<who>.{3,90})", re.I),
    re.compile(r"(?:we (?:continue to )?(?:act|are acting) (?:for|on behalf of)"
     r"|we are instructed by|our client,?)\s+(?P<who>.{3,90})", re.I),
    re.compile(rf"(?P<who>{_ROLE})['’]s (?:solicitors?|legal representatives?|counsel)\b.{{0,30}}$", re.I),
    re.compile(r"(?:I am|I'm) (?:duly )?authorised by\s+(?P<who>.{3,60}?)\s+to (?:sign|make)", re.I),
    re.compile(rf"(?:^|\W)(?P<who>the (?:(?:{'|'.join(_ORDINALS)}) )?{_ROLE}s?) "
     rf"believes? that the facts", re.I),
    re.compile(r"^(?:party|filed by|served by|name of (?:party|applicant) making this application)"
     r"\s*:\s*(?P<who>.{3,90})", re.I),
    re.compile(r"^for\s+(?P<who>(?:and on behalf of )?.{3,60})$", re.I),
)  # fmt: skip
_AUTHORS = {
    K.CLAIM_FORM: "claimant", K.PARTICULARS_OF_CLAIM: "claimant", K.REPLY: "claimant",
    K.REPLY_AND_DEFENCE_TO_COUNTERCLAIM: "claimant",
    K.DEFENCE: "defendant", K.DEFENCE_AND_COUNTERCLAIM: "defendant",
    K.COUNTERCLAIM: "defendant", K.ACKNOWLEDGEMENT_OF_SERVICE: "defendant",
}  # fmt: skip
_OF_THE_COURT = {K.ORDER, K.OTHER}
_CORNER_LINES = 8
_TITLE_OF_CLAIM = re.compile(r"in the|between|claim n", re.I)
_FROM = re.compile(r"From\s*:\s*(?P<who>.+)", re.I)


def read_party(
    lines: Sequence[Place], parties: Sequence[KnownParty], kind: Proposal[K] | None
) -> Proposal[int | str] | None:
    """The party for whom the document was made, by marks, heading, signature or kind; None for a court's."""
    if not lines or not parties or (kind is not None and kind.value in _OF_THE_COURT):
        return None
    return (
        _sender(lines, parties, kind)
        or _corner_mark(lines, parties)
        or _heading(lines, parties, kind)
        or _cue(lines, parties)
        or _by_kind(parties, kind, lines)
    )


def _sender(
    lines: Sequence[Place], parties: Sequence[KnownParty], kind: Proposal[K] | None
) -> Proposal[int | str] | None:
    if kind is None or kind.value is not K.EMAIL:
        return None
    for line in lines[:25]:
        if (match := _FROM.match(line.text)) and (party := _named(match["who"], parties)):
            return at(line, party.id, f"The e-mail comes from {party.name}.")
    return None


def _corner_mark(lines: Sequence[Place], parties: Sequence[KnownParty]) -> Proposal[int | str] | None:
    """The mark at the head of the first page. Law: CPR PD 32 paras 17.2 and 18.1."""
    for line in lines[:_CORNER_LINES]:
        if _TITLE_OF_CLAIM.match(line.text):
            return None
        match = re.fullmatch(rf"(?:(?:on behalf of|for|party)\s*:?\s*)?{_WHO}\.?", line.text, re.I)
        if match and (found := _by_role(match, parties)):
            return _proposal(line, found, match.span(), "The mark at the head of the page says", match[0])
    return None


def _heading(
    lines: Sequence[Place], parties: Sequence[KnownParty], kind: Proposal[K] | None
) -> Proposal[int | str] | None:
    if (
        kind is None
        or kind.page is None
        or kind.value in {K.WITNESS_STATEMENT, K.EXHIBIT, K.LETTER, K.EMAIL, K.NOTICE}
    ):
        return None
    index = next(i for i, line in enumerate(lines) if (line.page, line.line) == (kind.page, kind.line))
    words = [line.text for line in lines[index : index + 2]]
    whole = " ".join(words) if words[-1].isupper() else words[0]
    if found := _resolve(whole, parties):
        return _proposal(lines[index], found[:2], (0, len(words[0])), "The heading says", whole)
    return None


def _cue(lines: Sequence[Place], parties: Sequence[KnownParty]) -> Proposal[int | str] | None:
    """A cue in the front matter, else the last in the document, where signatures stand."""
    top = front_matter(lines)
    for line, following in [*_with_next(top), *reversed(list(_with_next(lines)))]:
        for pattern in _CUES:
            match = pattern.search(f"{line.text} {following}")
            if match is None or match.start() >= len(line.text):
                continue
            if found := _resolve(match["who"], parties):
                end = match.start("who") + found[2][1]
                words = f"{line.text} {following}"[match.start() : end].strip()
                return _proposal(line, found[:2], (match.start(), min(end, len(line.text))), "It says", words)
    return None


def _with_next(lines: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    for index, line in enumerate(lines):
        yield line, lines[index + 1].text if index + 1 < len(lines) else ""


def _by_kind(
    parties: Sequence[KnownParty], kind: Proposal[K] | None, lines: Sequence[Place]
) -> Proposal[int | str] | None:
    role = _AUTHORS.get(kind.value) if kind else None
    holders = [party for party in parties if party.role.casefold() == role]
    if kind is None or kind.page is None or len(holders) != 1:
        return None
    place = next(line for line in lines if (line.page, line.line) == (kind.page, kind.line))
    words = f"a {kind.value.label.lower()} comes from the {role}, and {holders[0].name} is the only one"
    why = f"It names no side; {words}."
    return at(place, holders[0].id, why, certainty=Certainty.GUESSED)


def _resolve(
    words: str, parties: Sequence[KnownParty]
) -> tuple[KnownParty, Certainty, tuple[int, int]] | None:
    """The party that the words name, by its name or else its role, whichever stands first."""
    role = _WHO_AT_ALL.search(words)
    named = _named(words[: role.start()] if role else words, parties)
    if named:
        return named, Certainty.READ, (0, len(words))
    if role and (found := _by_role(role, parties)):
        return *found, role.span()
    return None


def _by_role(match: re.Match[str], parties: Sequence[KnownParty]) -> tuple[KnownParty, Certainty] | None:
    role = match["role"].casefold()
    holders = [party for party in parties if party.role.casefold().replace("-", " ") == role]
    if match["nth"]:
        number = _ORDINALS[match["nth"].casefold()]
        return (holders[number - 1], Certainty.READ) if number <= len(holders) else None
    if not holders or (len(holders) > 1 and not match["many"]):
        return None
    return holders[0], Certainty.READ if len(holders) == 1 else Certainty.GUESSED


def _named(words: str, parties: Sequence[KnownParty]) -> KnownParty | None:
    """The party whose name or alias stands first in the words; an address's domain counts as a name."""
    folded = words.casefold()
    firsts = []
    for party in parties:
        for name in (party.name, *party.aliases):
            plain = re.sub(r"\s+(?:ltd|limited|plc|llp|inc)\.?$", "", name.casefold())
            if plain and (match := re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", folded)):
                firsts.append((match.start(), party))
            elif (
                "@" in folded
                and len(plain) > 4
                and re.sub(r"\W", "", plain) in folded.split("@")[-1].replace("-", "")
            ):
                firsts.append((len(folded), party))
    return min(firsts, key=lambda item: item[0])[1] if firsts else None


def _proposal(
    line: Place, found: tuple[KnownParty, Certainty], span: tuple[int, int], source: str, words: str
) -> Proposal[int | str]:
    party, certainty = found
    why = f"{source} “{words}”: {party.name}, {party.role}."
    if certainty is Certainty.GUESSED:
        why += " Several parties have this role; the first is proposed."
    return at(line, party.id, why, certainty=certainty, span=span)
