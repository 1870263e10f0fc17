"""Reading a bundle's specification from TOML, with errors that name the line and the remedy."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from bundles.pdf.contents import BundleSpec, EntrySpec, OnFailure, SectionSpec
from bundles.pdf.errors import SpecInvalid

__all__ = ["BundleSpec", "EntrySpec", "ExhibitFile", "FindExhibit", "OnFailure", "SectionSpec", "read_spec"]

BUNDLE_KEYS = ("title", "case", "claim_number", "court", "hearing_date", "profile", "on_failure")
SECTION_KEYS = ("title", "entry")
ENTRY_KEYS = ("file", "exhibit", "title", "date", "date_text")
ENTRY_LINE = re.compile(r"^\s*\[\[\s*section\s*\.\s*entry\s*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class ExhibitFile:
    """What an exhibit mark stands for; title and date are used where the specification gives none."""

    file: Path
    source: str
    title: str
    date: "date | None" = None
    sha256: str | None = None
    failure: str | None = None


FindExhibit = Callable[[str], ExhibitFile]


def read_spec(path: Path, *, exhibit: FindExhibit | None = None) -> BundleSpec:
    """The specification in the TOML file at ``path``, every file in it known to exist.

    Args:
        path: the TOML file; file names in it are relative to its folder.
        exhibit: gives the document for ``exhibit = "HP1"``; None when there is no case to take it from.

    Raises:
        SpecInvalid: with the line or the entry, what is wrong there and what to write instead.
    """
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecInvalid(
            f"{path.name} is not valid TOML: {error}.", remedy="Correct that line; text values need quotes."
        ) from error
    return _Reader(path, text, exhibit).bundle(content)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SpecInvalid(
            f"The bundle specification {path} cannot be read: {error.strerror}.", remedy="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise SpecInvalid(f"{path.name} is not UTF-8 text.", remedy="Save it as UTF-8.") from error


class _Reader:
    """Turns parsed TOML into a BundleSpec and remembers where in the file it is, for messages."""

    def __init__(self, path: Path, text: str, exhibit: FindExhibit | None) -> None:
        self.path = path
        self.exhibit = exhibit
        self.lines = [text.count("\n", 0, found.start()) + 1 for found in ENTRY_LINE.finditer(text)]
        self.entries_read = 0

    def bundle(self, content: dict[str, Any]) -> BundleSpec:
        self._known("the file", content, ("bundle", "section"))
        head = self._table("[bundle]", content.get("bundle"))
        self._known("[bundle]", head, BUNDLE_KEYS)
        on_failure = head.get("on_failure", "stop")
        if on_failure not in get_args(OnFailure):
            raise SpecInvalid(
                f"{self.path.name}, [bundle]: on_failure is {on_failure!r}.",
                remedy='Write "stop" or "placeholder".',
            )
        sections = content.get("section")
        if not isinstance(sections, list) or not sections:
            raise SpecInvalid(
                f"{self.path.name} has no sections.", remedy="Add a [[section]] with a title and its entries."
            )
        return BundleSpec(
            title=self._words("[bundle]", head, "title"),
            case=self._words("[bundle]", head, "case"),
            claim_number=self._words("[bundle]", head, "claim_number", ""),
            court=self._words("[bundle]", head, "court", ""),
            hearing_date=self._date("[bundle]", head, "hearing_date"),
            profile=self._words("[bundle]", head, "profile", "ew-2021"),
            on_failure=on_failure,
            sections=tuple(self._section(number, section) for number, section in enumerate(sections, 1)),
        )

    def _section(self, number: int, value: object) -> SectionSpec:
        section = self._table(f"section {number}", value)
        title = self._words(f"section {number}", section, "title")
        where = f"section {number} ({title})"
        self._known(where, section, SECTION_KEYS)
        entries = section.get("entry")
        if not isinstance(entries, list) or not entries:
            raise SpecInvalid(
                f"{self.path.name}, {where} has no entries.", remedy="Add a [[section.entry]] or remove it."
            )
        return SectionSpec(
            title, tuple(self._entry(where, nth, entry) for nth, entry in enumerate(entries, 1))
        )

    def _entry(self, section: str, number: int, value: object) -> EntrySpec:
        line = f"line {self.lines[self.entries_read]}, " if self.entries_read < len(self.lines) else ""
        self.entries_read += 1
        where = f"{line}{section}, entry {number}"
        entry = self._table(where, value)
        self._known(where, entry, ENTRY_KEYS)
        if ("file" in entry) == ("exhibit" in entry):
            raise SpecInvalid(
                f"{self.path.name}, {where} must name either a file or an exhibit.",
                remedy='Write file = "name.pdf" or exhibit = "HP1", and only one of them.',
            )
        if "exhibit" in entry:
            return self._from_exhibit(where, entry)
        return self._from_file(where, entry)

    def _from_file(self, where: str, entry: dict[str, Any]) -> EntrySpec:
        name = self._words(where, entry, "file")
        file = self.path.parent / name
        if not file.is_file():
            raise SpecInvalid(
                f"{self.path.name}, {where}: the file {name} does not exist.",
                remedy=f"Put it in {self.path.parent.resolve()} or correct the name.",
            )
        title = self._words(where, entry, "title")
        text = self._words(where, entry, "date_text", "") or None
        return EntrySpec(title, self._date(where, entry, "date"), file, file.name, date_text=text)

    def _from_exhibit(self, where: str, entry: dict[str, Any]) -> EntrySpec:
        mark = self._words(where, entry, "exhibit")
        if self.exhibit is None:
            raise SpecInvalid(
                f"{self.path.name}, {where} names exhibit {mark}, but the bundle is built from files only.",
                remedy='Give the case as well, or write file = "name.pdf".',
            )
        found = self.exhibit(mark)
        return EntrySpec(
            title=self._words(where, entry, "title", found.title),
            date=self._date(where, entry, "date") or found.date,
            file=found.file,
            source=found.source,
            sha256=found.sha256,
            exhibit_mark=mark,
            failure=found.failure,
            date_text=self._words(where, entry, "date_text", "") or None,
        )

    def _table(self, where: str, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise SpecInvalid(
                f"{self.path.name}: {where} is missing or not a table.",
                remedy="Start the file with [bundle], then [[section]] and [[section.entry]].",
            )
        return value

    def _known(self, where: str, table: dict[str, Any], keys: tuple[str, ...]) -> None:
        unknown = sorted(set(table) - set(keys))
        if unknown:
            raise SpecInvalid(
                f"{self.path.name}, {where}: unknown key {', '.join(unknown)}.",
                remedy=f"Known here: {', '.join(keys)}.",
            )

    def _words(self, where: str, table: dict[str, Any], key: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise SpecInvalid(
                f"{self.path.name}, {where}: {key} is missing or not text.",
                remedy=f'Write {key} = "..." there.',
            )
        return value.strip()

    def _date(self, where: str, table: dict[str, Any], key: str) -> date | None:
        value = table.get(key)
        if isinstance(value, datetime) or (value is not None and not isinstance(value, date)):
            raise SpecInvalid(
                f"{self.path.name}, {where}: {key} is not a date.",
                remedy=f"Write {key} = 2026-12-01, unquoted.",
            )
        return value
