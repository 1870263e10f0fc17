"""What kind of document the pages are."""

import re
from collections.abc import Sequence
from itertools import pairwise

from cases.kinds import FilingKind
from evidence.reading.headings import PLAIN_HEADINGS, form_kind, heading_kind
from evidence.reading.noise import shape
from evidence.reading.page import Place, front_matter
from evidence.reading.proposal import Certainty, Proposal, at, from_filename

_EMAIL_FIELD = re.compile(
    r"(From|To|Cc|Subject|Date|Sent|Message-ID|Reply-To|Return-Path|Received|Delivered-To|MIME-Version)\s?:",
    re.I,
)
SALUTATION = re.compile(
    r"Dear\s+(?:Sirs?|Madam|Sir or Madam|Sir/Madam|Colleagues?|All|[A-Z][\w.’' -]{0,50})\s*[,:.]?"
)
CLOSING = re.compile(r"Yours\s+(?:faithfully|sincerely|truly)|(?:Kind|Best|With kind) regards", re.I)
_JUDGMENT = re.compile(
    r"(?:approved |reserved |written )*judge?ment(?: \(.{1,30}\))?|neutral citation(?: number)?\s*:?.*"
    r"|\[(?:19|20)\d\d\] (?:UK|EWHC|EWCA|EWFC|EWCOP|EAT|CAT)\b.{0,30}"
    r"|(?:determination|decision) and reasons|j\s?u\s?d\s?g\s?m\s?e\s?n\s?t",
    re.I,
)
_EXHIBIT_COVER = re.compile(
    r"this is the exhibit\b.{0,60}?\bmarked\b|exhibit\s.{1,20}\sreferred to in the\b", re.I | re.S
)
_TITLE_OF_CLAIM = re.compile(r"in the .{0,40}(?:court|tribunal)|between\b|claim n", re.I)
# In small letters and without a claim's title these head a chapter of any text.
_ORDINARY_WORDS = {
    FilingKind.DEFENCE, FilingKind.REPLY, FilingKind.COUNTERCLAIM, FilingKind.DEFENCE_AND_COUNTERCLAIM,
    FilingKind.PARTICULARS_OF_CLAIM, FilingKind.ORDER, FilingKind.NOTICE,
}  # fmt: skip
_NOT_BEFORE_HEADING = {FilingKind.EXHIBIT, FilingKind.NOTICE, FilingKind.ORDER}
_NAMES = (
    *((words, kind) for words, kind in sorted(PLAIN_HEADINGS.items(), key=lambda item: -len(item[0]))),
    ("AMENDED DEFENCE", FilingKind.DEFENCE), ("EXHIBIT", FilingKind.EXHIBIT),
    ("SKELETON", FilingKind.SKELETON_ARGUMENT),
    ("LETTER", FilingKind.LETTER), ("EMAIL", FilingKind.EMAIL), ("E MAIL", FilingKind.EMAIL),
    ("N244", FilingKind.APPLICATION_NOTICE),
    ("EXPERT", FilingKind.EXPERT_REPORT), ("NOTICE", FilingKind.NOTICE),
    ("POC", FilingKind.PARTICULARS_OF_CLAIM),
    ("N1", FilingKind.CLAIM_FORM), ("PARTICULARS", FilingKind.PARTICULARS_OF_CLAIM),
)  # fmt: skip


def read_kind(lines: Sequence[Place], filename: str) -> Proposal[FilingKind] | None:
    """The kind that the document itself announces, else one that its file's name suggests, else None."""
    top = front_matter(lines)
    return (
        _email(top)
        or _judgment(top)
        or _form(lines)
        or _exhibit_cover(top)
        or _heading_or_letter(lines, top)
        or _noisy_heading(top)
        or _from_name(filename)
    )


def _email(top: Sequence[Place]) -> Proposal[FilingKind] | None:
    fields = {match[1].lower(): line for line in top[:25] if (match := _EMAIL_FIELD.match(line.text))}
    sender = fields.get("from")
    if sender is None or len(fields) < 3 or not {"date", "sent", "subject"} & set(fields):
        return None
    return at(sender, FilingKind.EMAIL, "It opens with the header of an e-mail (From, To, Date, Subject).")


def _judgment(top: Sequence[Place]) -> Proposal[FilingKind] | None:
    for line in top[:45]:
        if _JUDGMENT.fullmatch(line.text.strip(" -_*:")):
            return at(
                line,
                FilingKind.OTHER,
                "It is headed as a judgment, which is an authority or a decision, not a filing.",
            )
    return None


def _form(lines: Sequence[Place]) -> Proposal[FilingKind] | None:
    for line in lines:
        if line.page == lines[0].page and (found := form_kind(line.text)):
            kind, number = found
            return at(line, kind, f"It carries the number of court form {number}.")
    return None


def _exhibit_cover(top: Sequence[Place]) -> Proposal[FilingKind] | None:
    for first, second in pairwise(top[:30]):
        if _EXHIBIT_COVER.search(f"{first.text} {second.text}"):
            return at(first, FilingKind.EXHIBIT, "Its cover sheet says which exhibit it is.")
    return None


def find_heading(top: Sequence[Place]) -> tuple[FilingKind, Place, str] | None:
    """The kind, line and full words of the heading; a heading over two lines is read as one.

    A statement's own heading goes before a mark such as ``Exhibit HP1`` in its corner.
    """
    found: list[tuple[FilingKind, Place, str]] = []
    in_a_claim = any(_TITLE_OF_CLAIM.match(line.text) for line in top)
    for index, line in enumerate(top):
        following = top[index + 1].text if index + 1 < len(top) else ""
        for words in (f"{line.text} {following}", line.text):
            kind = heading_kind(words) if words.isupper() or words == line.text else None
            if kind is not None and (words.isupper() or in_a_claim or kind not in _ORDINARY_WORDS):
                found.append((kind, line, words))
                break
    if not found:
        return None
    draft = any(line.text.strip("[]() ").upper() == "DRAFT" for line in top)
    kind, line, words = next((item for item in found if item[0] not in _NOT_BEFORE_HEADING), found[0])
    return (FilingKind.DRAFT_ORDER if kind is FilingKind.ORDER and draft else kind), line, words


def _heading_or_letter(lines: Sequence[Place], top: Sequence[Place]) -> Proposal[FilingKind] | None:
    heading = find_heading(top)
    salutation = next((index for index, line in enumerate(top[:45]) if SALUTATION.fullmatch(line.text)), None)
    if salutation is not None and (heading is None or top.index(heading[1]) > salutation):
        closed = any(CLOSING.match(line.text) for line in lines)
        why = "It opens with a letter’s greeting" + (
            " and closes as letters do." if closed else "; its close was not found."
        )
        return at(
            top[salutation], FilingKind.LETTER, why, certainty=Certainty.READ if closed else Certainty.GUESSED
        )
    if heading is None:
        return None
    return at(heading[1], heading[0], f"It is headed “{heading[2]}”.")


def _noisy_heading(top: Sequence[Place]) -> Proposal[FilingKind] | None:
    shapes = {shape(words): (words, kind) for words, kind in PLAIN_HEADINGS.items()}
    for line in top:
        if len(line.text) < 50 and (found := shapes.get(shape(line.text))):
            words, kind = found
            return at(
                line, kind, f"The scan reads “{line.text}”, taken for “{words}”.", certainty=Certainty.GUESSED
            )
    return None


def _from_name(filename: str) -> Proposal[FilingKind] | None:
    words = " ".join(re.findall(r"[A-Z]+\d*[A-Z]?|\d+", filename.rsplit(".", 1)[0].upper()))
    for name, kind in _NAMES:
        if re.search(rf"\b{name}\b", words):
            return from_filename(
                filename, kind, f"Nothing on its pages says what it is; its file’s name has “{name.lower()}”."
            )
    return None
