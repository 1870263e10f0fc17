"""Typed reading of a TOML table: a wrong or missing value is named with its file and row."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from jurisdictions.deadlines.errors import RulePackError

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def read_toml(path: Path) -> dict[str, Any]:
    """The file's content.

    Raises:
        RulePackError: the file is missing or is not TOML.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise RulePackError(
            f"The file {path.name} cannot be read: {error.strerror}.", remedy="Check its name and place."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulePackError(f"{path.name} is not valid TOML: {error}.", remedy="Correct it there.") from error


class Row:
    """One table of a file, read field by field; ``done`` refuses fields that nobody read."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = values
        self.where = where
        self.unread = set(values)

    def wrong(self, message: str) -> RulePackError:
        """An error that names this row."""
        return RulePackError(f"{self.where}: {message}", remedy="Correct the row in the file.")

    def get(self, name: str, kind: type[T], default: T | None = None) -> T:
        """The field's value, of this kind; the default when it is absent.

        Raises:
            RulePackError: absent without a default, or of another kind.
        """
        self.unread.discard(name)
        value = self.values.get(name, default)
        if value is None:
            raise self.wrong(f"the field {name} is missing.")
        # TOML's true is a Python int: a period of "true" days must not pass.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(f"{name} must be {kind.__name__}, not {value!r}.")
        return value

    def choice(self, name: str, kind: type[E], default: E | None = None) -> E:
        """The field's value as a member of the enumeration."""
        value = self.get(name, str, default.value if default else None)
        try:
            return kind(value)
        except ValueError:
            raise self.wrong(f"{name} is {value!r}; it must be one of {', '.join(kind)}.") from None

    def clock(self, name: str) -> dt.time | None:
        """The field's time of day, or None when it is absent."""
        return self.get(name, dt.time) if name in self.values else None

    def rows(self, name: str, *, key: str = "id") -> list["Row"]:
        """The tables under this name, each named by its own key."""
        found = []
        for number, values in enumerate(self.get(name, list, []), start=1):
            if not isinstance(values, dict):
                raise self.wrong(f"{name} number {number} must be a table.")
            found.append(Row(values, f"{self.where}, {name} {values.get(key, number)}"))
        return found

    def row(self, name: str) -> "Row | None":
        """The single table under this name, or None when it is absent."""
        return Row(self.get(name, dict), f"{self.where}, {name}") if name in self.values else None

    def done(self) -> None:
        """Every field was read, so a misspelt one cannot be overlooked."""
        if unknown := sorted(self.unread):
            raise self.wrong(f"unknown field {', '.join(unknown)}.")
