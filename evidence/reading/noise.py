"""Mistakes that text recognition makes, undone without moving a character where offsets matter."""

import re

_LOOKALIKES = str.maketrans(
    {"0": "O", "Q": "O", "1": "I", "L": "I", "|": "I", "!": "I", "5": "S", "8": "B", "6": "G"}
)
_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
_NUMBER_LIKE = re.compile(r"\b(?=[\dOolI|SB]*\d)[\dOolI|SB]{1,4}(?=\b|st\b|nd\b|rd\b|th\b)")
_MONTH_NOISE = re.compile(
    r"\b(Septe|Dece|Nove)rn(ber)\b|\b(Septe|Dece|Nove)m(?:b|h|l)er\b|\b0cto(ber)\b", re.I
)


def shape(text: str) -> str:
    """The text with marks that scanners confuse made one, so that two readings of a heading compare equal."""
    return re.sub(r"[\s.,:;'’_-]+", " ", text.upper()).translate(_LOOKALIKES).replace("RN", "M").strip()


def mended_date(text: str) -> str:
    """The text with figures where a scanner read letters in numbers, and with months' names mended."""

    def month(match: re.Match[str]) -> str:
        stem = match[1] or match[3] or "Octo"
        return f"{stem}ber" if stem == "Octo" else f"{stem}mber"

    return _MONTH_NOISE.sub(month, _NUMBER_LIKE.sub(lambda match: match[0].translate(_DIGITS), text))
