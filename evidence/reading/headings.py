"""The headings and form numbers that say what a document is."""

import re

from cases.kinds import FilingKind as K

_ORDINAL = r"(?:(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|\d+th)\s+)?"
_AMENDED = r"(?:(?:draft\s+)?(?:(?:re-?)*amended|revised|consolidated|corrected|proposed|points of)\s+)*"
_ROLE = r"(?:claimant|defendant|applicant|respondent|appellant|part 20 claimant|part 20 defendant)s?"
_WHOSE = rf"(?:(?:the\s+)?{_ORDINAL}{_ROLE}['’]?s?['’]?\s+)?"
_FOR = r"(?:\s+(?:of|for|on behalf of|by|to|from|against)\s+(?:the\s+)?.{2,90})?"
_NAMED = r"(?:\s+(?:of|by)\s+.{2,80})?"
_EXTRA = r"(?:\s*\(.{1,80}\))?"

# The longer headings stand before those that they contain.
_HEADINGS: tuple[tuple[K, str], ...] = (
    (K.CERTIFICATE_OF_SERVICE, rf"(?:certificate|affidavit|statement) of service{_NAMED}"),
    (K.ACKNOWLEDGEMENT_OF_SERVICE, rf"{_WHOSE}acknowledge?ment of service{_FOR}"),
    (K.REPLY_AND_DEFENCE_TO_COUNTERCLAIM, rf"{_WHOSE}{_AMENDED}reply and defen[cs]e to "
     rf"(?:the )?(?:part 20 |counter-?)claim{_FOR}"),
    (K.DEFENCE_AND_COUNTERCLAIM, rf"{_WHOSE}{_AMENDED}defen[cs]e(?:,? and| &) "
     rf"(?:part 20 |counter-?)claim{_FOR}"),
    (K.PARTICULARS_OF_CLAIM, rf"{_WHOSE}{_AMENDED}(?:particulars|details) of (?:the )?claim{_FOR}"),
    (K.PARTICULARS_OF_CLAIM, r"(?:(?:re-?)*amended )?points of claim"),
    (K.COUNTERCLAIM, rf"{_WHOSE}{_AMENDED}counter-?claim{_FOR}"),
    (K.DEFENCE, rf"{_WHOSE}{_AMENDED}defen[cs]e{_FOR}"),
    (K.REPLY, rf"{_WHOSE}{_AMENDED}reply(?:\s+to\s+(?:the\s+)?defence)?{_FOR}"),
    (K.CLAIM_FORM, rf"{_AMENDED}(?:part [78] )?claim form(?: \(.{{1,60}}\))?"),
    (K.APPLICATION_NOTICE, rf"{_WHOSE}{_AMENDED}application notice{_FOR}"),
    (K.WITNESS_STATEMENT, rf"{_ORDINAL}{_AMENDED}(?:witness statement|affidavit|affirmation){_NAMED}"),
    (K.WITNESS_STATEMENT, r"(?:trial )?witness statement of .{2,80}"),
    (K.EXPERT_REPORT, rf"{_ORDINAL}{_AMENDED}(?:supplemental |joint |short )?"
     rf"(?:expert['’]?s?['’]? (?:witness )?report|report of (?:the )?expert){_FOR}"),
    (K.EXPERT_REPORT, rf"{_ORDINAL}(?:expert )?report of (?:dr|prof|professor|mr|ms|mrs)\b.{{2,60}}"),
    (K.SKELETON_ARGUMENT, rf"{_WHOSE}{_AMENDED}(?:skeleton(?: argument)?|outline submissions){_FOR}"),
    (K.DISCLOSURE_LIST, rf"{_WHOSE}(?:extended |initial )?"
     rf"(?:disclosure list(?: of documents)?|list of documents)"
     rf"(?:[: -]+(?:standard|extended|initial) disclosure)?{_FOR}"),
    (K.DRAFT_ORDER, rf"\[?draft\]?\s*(?:\w+ )?order{_FOR}|draft minute of order|order \(draft\)"),
    (K.ORDER, rf"(?:(?:re-?)*amended )?(?:consent |tomlin |sealed |interim |injunction |"
     rf"freezing |final |case management |directions )*order{_FOR}"),
    (K.EXHIBIT, r"exhibit\s+[\"“'‘]?[A-Z]{1,5}[ -]?\d{1,3}[A-Z]?[\"”'’]?"),
    (K.NOTICE, rf"{_WHOSE}notice (?:of|to) .{{3,70}}|appellant['’]?s notice|respondent['’]?s notice"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"(?:{words}){_EXTRA}[\s.:_*-]*", re.I)) for kind, words in _HEADINGS)

_FORMS = {
    "N1": K.CLAIM_FORM, "N1CPC": K.CLAIM_FORM, "N5": K.CLAIM_FORM, "N208": K.CLAIM_FORM,
    "N211": K.CLAIM_FORM, "N461": K.CLAIM_FORM, "N9": K.ACKNOWLEDGEMENT_OF_SERVICE,
    "N210": K.ACKNOWLEDGEMENT_OF_SERVICE, "N462": K.ACKNOWLEDGEMENT_OF_SERVICE,
    "N9B": K.DEFENCE_AND_COUNTERCLAIM, "N9D": K.DEFENCE_AND_COUNTERCLAIM,
    "N244": K.APPLICATION_NOTICE, "N16A": K.APPLICATION_NOTICE,
    "N463": K.APPLICATION_NOTICE, "N215": K.CERTIFICATE_OF_SERVICE, "N265": K.DISCLOSURE_LIST,
    "N510": K.NOTICE, "N434": K.NOTICE, "N279": K.NOTICE, "N161": K.NOTICE, "N162": K.NOTICE,
    "N242A": K.NOTICE, "N252": K.NOTICE, "N266": K.NOTICE, "N24": K.ORDER, "N16": K.ORDER,
}  # fmt: skip
# A form prints its number at the foot or head of its pages, alone or with its name and edition.
# Alone on its line only a long number counts: judgments number notes N1, N2.
_FORM_LINE = re.compile(
    r"(N\d{1,3}[A-D]?(?:CPC)?)\s+[A-Z][^.]{3,80}(?:\s?\(?\d{2}[./]\d{2,4}\)?)?(?:\s.{0,40}\d{4}.{0,10})?"
    r"|(N\d{3}[A-D]?)(?:\s\(?\d{2}[./]\d{2,4}\)?)?"
)
_FORM_NAMED = re.compile(r"Form\s+(N\d{1,3}[A-D]?(?:CPC)?)", re.I)

PLAIN_HEADINGS = {
    "PARTICULARS OF CLAIM": K.PARTICULARS_OF_CLAIM,
    "CLAIM FORM": K.CLAIM_FORM,
    "DEFENCE": K.DEFENCE,
    "DEFENCE AND COUNTERCLAIM": K.DEFENCE_AND_COUNTERCLAIM,
    "COUNTERCLAIM": K.COUNTERCLAIM,
    "REPLY": K.REPLY,
    "REPLY AND DEFENCE TO COUNTERCLAIM": K.REPLY_AND_DEFENCE_TO_COUNTERCLAIM,
    "ACKNOWLEDGEMENT OF SERVICE": K.ACKNOWLEDGEMENT_OF_SERVICE,
    "ACKNOWLEDGMENT OF SERVICE": K.ACKNOWLEDGEMENT_OF_SERVICE,
    "APPLICATION NOTICE": K.APPLICATION_NOTICE,
    "DRAFT ORDER": K.DRAFT_ORDER,
    "ORDER": K.ORDER,
    "WITNESS STATEMENT": K.WITNESS_STATEMENT,
    "SKELETON ARGUMENT": K.SKELETON_ARGUMENT,
    "EXPERT REPORT": K.EXPERT_REPORT,
    "LIST OF DOCUMENTS": K.DISCLOSURE_LIST,
    "CERTIFICATE OF SERVICE": K.CERTIFICATE_OF_SERVICE,
}


def heading_kind(words: str) -> K | None:
    """The kind that these words announce when they stand alone as a heading, else None."""
    is_sentence = words.endswith(".") and not words.isupper()
    words = re.sub(r"\s+", " ", words).strip(" _*=-–—")
    if is_sentence or len(words) > 140 or not re.match(r"[A-Z\[]", words):
        return None
    return next((kind for kind, pattern in _COMPILED if pattern.fullmatch(words)), None)


def form_kind(line: str) -> tuple[K, str] | None:
    """The kind and number of the court form whose heading or foot this line is, else None."""
    match = _FORM_LINE.fullmatch(line) or _FORM_NAMED.fullmatch(line)
    number = next(filter(None, match.groups())).upper() if match else ""
    return (_FORMS[number], number) if number in _FORMS else None
