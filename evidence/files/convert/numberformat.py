"""Cell values written as a spreadsheet would show them."""

import re
from datetime import date, datetime, time, timedelta

from openpyxl.styles.numbers import is_date_format

_UNQUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]+))?")
_DATE_PART = re.compile(r'y+|m+|d+|h+|s+(?:\.0+)?|am/pm|a/p|"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|.', re.I | re.S)
_DATE_FORMS = {
    "y": "%y", "yy": "%y", "yyy": "%Y", "yyyy": "%Y", "mmm": "%b", "mmmm": "%B", "ddd": "%a", "dddd": "%A",
}  # fmt: skip


def shown(value: object, form: str = "General") -> str:
    """The value as the cell shows it under its number format, as far as that format is a common one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _moment(value, form)
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: int | float, form: str) -> str:
    sections = form.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 and sections[1] else sections[0]
    plain = _UNQUOTED.sub("", section)
    pattern = _DIGITS.search(plain)
    if "general" in section.lower() or section == "@" or not pattern or "E" in plain or "/" in plain:
        return f"{value:.11g}" if isinstance(value, float) else str(value)
    amount = abs(value) if section is not sections[0] else value
    if "%" in plain:
        amount *= 100
    decimals = pattern[1] or ""
    digits = f"{abs(amount):{',' if ',' in pattern[0].split('.')[0] else ''}.{len(decimals)}f}"
    optional = len(decimals) - len(decimals.rstrip("#"))
    if optional:
        digits = _without_zeros(digits, optional)
    sign = "-" if amount < 0 and any(digit in "123456789" for digit in digits) else ""
    literal = _literal(section)
    return sign + literal[0] + digits + literal[1]


def _without_zeros(digits: str, most: int) -> str:
    for _ in range(most):
        digits = digits.removesuffix("0")
    return digits.removesuffix(".")


def _literal(section: str) -> tuple[str, str]:
    """What the format writes before and after the digits: a currency sign, a unit, a per cent sign."""
    text = re.sub(r"\[\$([^\]-]*)[^\]]*\]", lambda match: match[1], section)
    text = re.sub(r"\[[^\]]*\]|_.|\*.", "", text)
    text = re.sub(r'"([^"]*)"', lambda match: match[1], text).replace("\\", "")
    match = _DIGITS.search(text)
    return (text[: match.start()], text[match.end() :]) if match else ("", "")


def _moment(value: datetime | date | time, form: str) -> str:
    if isinstance(value, time):
        value = datetime(1900, 1, 1, value.hour, value.minute, value.second)  # noqa: DTZ001 - a time of no day
    elif not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a date of no zone
    form = form.split(";")[0]
    if not is_date_format(form):
        return value.isoformat(sep=" ")
    half_day = "am/pm" in form.lower() or "a/p" in form.lower()
    parts = _DATE_PART.findall(form)
    written = []
    for index, part in enumerate(parts):
        around = [p[0].lower() for p in parts[:index] if p[0].lower() in "ymdhs"][-1:]
        after = [p[0].lower() for p in parts[index + 1 :] if p[0].lower() in "ymdhs"][:1]
        minutes = around == ["h"] or after == ["s"]
        written.append(_date_part(value, part, minutes=minutes, half_day=half_day))
    return "".join(written)


def _date_part(value: datetime, part: str, *, minutes: bool, half_day: bool) -> str:
    low = part.lower()
    if low in _DATE_FORMS:
        return value.strftime(_DATE_FORMS[low])
    if low in {"am/pm", "a/p"}:
        return value.strftime("%p")
    if low.startswith("[$") or part[0] in "_*[":
        return ""
    if part[0] in '"\\':
        return part.strip('"').lstrip("\\")
    hour = (value.hour - 1) % 12 + 1 if half_day else value.hour
    numbers = {"d": value.day, "h": hour, "s": value.second, "m": value.minute if minutes else value.month}
    if low[0] in numbers:
        return f"{numbers[low[0]]:0{min(len(low.split('.')[0]), 2)}d}"
    return part
