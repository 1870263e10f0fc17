"""Values from a bundle's specification, each read with an error that names its place and the remedy."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bundles.pdf.errors import SpecInvalid

RANGE = re.compile(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that nobody sees and that turn the words after them round."""


class Values:
    """Reads values of parsed TOML; ``path`` is the file that messages name."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def table(self, where: str, value: object) -> dict[str, Any]:
        """A table of the file."""
        if not isinstance(value, dict):
            raise SpecInvalid(
                f"{self.path.name}: {where} is missing or not a table.",
                remedy="Start the file with [bundle], then [[section]] and [[section.entry]].",
            )
        return value

    def known(self, where: str, table: dict[str, Any], keys: tuple[str, ...]) -> None:
        """The table holds no other keys than these."""
        unknown = sorted(set(table) - set(keys))
        if unknown:
            raise SpecInvalid(
                f"{self.path.name}, {where}: unknown key {', '.join(unknown)}.",
                remedy=f"Known here: {', '.join(keys)}.",
            )

    def words(self, where: str, table: dict[str, Any], key: str, default: str | None = None) -> str:
        """Text that reads in the direction of its letters; not empty where there is no default."""
        value = table.get(key, default)
        if isinstance(value, str):
            value = TURNING.sub("", value).strip()
        if not isinstance(value, str) or (default is None and not value):
            raise SpecInvalid(
                f"{self.path.name}, {where}: {key} is missing or not text.",
                remedy=f'Write {key} = "..." there.',
            )
        return value

    def date(self, where: str, table: dict[str, Any], key: str) -> date | None:
        """A date, or None where there is none."""
        value = table.get(key)
        if isinstance(value, datetime) or (value is not None and not isinstance(value, date)):
            raise SpecInvalid(
                f"{self.path.name}, {where}: {key} is not a date.",
                remedy=f"Write {key} = 2026-12-01, unquoted.",
            )
        return value

    def number(self, where: str, table: dict[str, Any], key: str) -> float | None:
        """A number above zero, or None where there is none."""
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
            raise self._wrong(where, key, "not a number above zero", f"{key} = 36")
        return value

    def whole(self, where: str, table: dict[str, Any], key: str, default: int) -> int:
        """A whole number, 0 or more."""
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self._wrong(where, key, "not a whole number", f"{key} = {default}")
        return value

    def flag(self, where: str, table: dict[str, Any], key: str) -> bool:
        """True or false; false where it is not written."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(where, key, "neither true nor false", f"{key} = true")
        return value

    def lines(self, where: str, table: dict[str, Any], key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise self._wrong(where, key, "not a list of texts", f'{key} = ["...", "..."]')
        return tuple(line.strip() for line in value)

    def pages(self, where: str, table: dict[str, Any], key: str) -> tuple[int, ...]:
        """Pages from 1, written ``"1-3, 7"``; empty for all."""
        value = table.get(key, "")
        found: list[int] = []
        for part in value.split(",") if isinstance(value, str) and value.strip() else []:
            match = RANGE.fullmatch(part)
            run = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
            if not run or run[0] < 1:
                raise self._wrong(where, key, f"no range of pages: {value!r}", f'{key} = "1-3, 7"')
            found += run
        if not isinstance(value, str):
            raise self._wrong(where, key, "not text", f'{key} = "1-3, 7"')
        return tuple(found)

    def _wrong(self, where: str, key: str, what: str, instead: str) -> SpecInvalid:
        return SpecInvalid(f"{self.path.name}, {where}: {key} is {what}.", remedy=f"Write {instead} there.")
