"""Sums of money and percentages."""

import re
from collections.abc import Iterator
from decimal import Decimal

from evidence.entities.entity import Entity, EntityKind, Source

_SYMBOLS = {
    "£": "GBP",
    "$": "USD",
    "€": "EUR",
    "¥": "JPY",
    "US$": "USD",
    "HK$": "HKD",
    "S$": "SGD",
    "A$": "AUD",
}
_WORDS = {"pound": "GBP", "dollar": "USD", "euro": "EUR", "yuan": "CNY", "renminbi": "CNY", "yen": "JPY"}
_SCALES = {
    "thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12,
    "tn": 12,
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:[^\S\n]?(?P<scale>thousand|million|billion|trillion|[mb]n|tn|[mk]|b)\b)?"
_MARKED = re.compile(
    rf"(?P<mark>US\$|HK\$|S\$|A\$|[£$€¥]|\b(?:GBP|USD|EUR|CNY|RMB|JPY|SGD|HKD|AUD)\b)[^\S\n]?{_NUMBER}{_SCALE}(?!\d)",
    re.I,
)
_SPELT = re.compile(
    rf"(?<![\w.,]){_NUMBER}{_SCALE}\s"
    r"(?:pounds?|(?:US )?dollars?|euros?|yuan|renminbi|yen|(?-i:GBP|USD|EUR|CNY))\b"
    r"(?!\s+weight)",
    re.I,
)
_PERCENT = re.compile(
    r"(?<![\w.,])(?P<number>-?\d{1,3}(?:,\d{3})*(?:\.\d+)?)[^\S\n]?(?:%|per\scent\b|percent\b)(?!\s+points?)"
)


def find_amounts(text: str) -> Iterator[Entity]:
    """Every sum of money and every percentage in the text."""
    for pattern in (_MARKED, _SPELT):
        for match in pattern.finditer(text):
            yield Entity(EntityKind.MONEY, match[0], _money(match), match.start(), match.end(), Source.RULE)
    for match in _PERCENT.finditer(text):
        normal = _plain(Decimal(match["number"].replace(",", "")))
        yield Entity(EntityKind.PERCENTAGE, match[0], normal, match.start(), match.end(), Source.RULE)


def _money(match: re.Match[str]) -> str:
    groups = match.groupdict()
    scale = _SCALES[groups["scale"].lower()] if groups["scale"] else 0
    amount = Decimal(groups["number"].replace(",", "")).scaleb(scale)
    return f"{_currency(groups.get('mark'), match[0])} {_pence(amount)}"


def _currency(mark: str | None, whole: str) -> str:
    if mark:
        mark = mark.upper()
        return _SYMBOLS.get(mark, "CNY" if mark == "RMB" else mark)
    unit = whole.split()[-1]
    return _WORDS.get(unit.lower().removesuffix("s"), unit.upper())


def _pence(amount: Decimal) -> str:
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
