"""Reading a bundle's specification from TOML, with errors that name the line and the remedy."""

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from bundles.pdf.contents import (
    Bates,
    BundleSpec,
    EntrySpec,
    FrontSheet,
    OnFailure,
    SectionSpec,
    Standing,
    in_words,
)
from bundles.pdf.errors import SpecInvalid
from bundles.pdf.references.pagemap import PageMap
from bundles.pdf.report import standing_after
from bundles.pdf.values import Values

__all__ = ["BundleSpec", "EntrySpec", "ExhibitFile", "FindExhibit", "OnFailure", "SectionSpec", "read_spec"]

BUNDLE_KEYS = (
    "title",
    "case",
    "claim_number",
    "court",
    "hearing_date",
    "profile",
    "on_failure",
    "letter",
    "largest_mib",
    "bates",
    "front",
    "standing",
)
SECTION_KEYS = ("title", "entry")
ENTRY_KEYS = (
    "file",
    "exhibit",
    "title",
    "date",
    "date_text",
    "password",
    "pages",
    "references",
    "front",
    "sticker",
    "marking",
    "signpost",
    "signpost_to",
    "late",
    "mark",
    "refers",
    "written_against",
)
BATES_KEYS = ("prefix", "start", "digits")
FRONT_KEYS = ("marks", "mark", "certificate", "documents")
STANDING_KEYS = ("report", "delivered", "file")
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


class _Reader(Values):
    """Turns parsed TOML into a BundleSpec and remembers where in the file it is, for messages."""

    def __init__(self, path: Path, text: str, exhibit: FindExhibit | None) -> None:
        super().__init__(path)
        self.exhibit = exhibit
        self.starts = [text.count("\n", 0, found.start()) + 1 for found in ENTRY_LINE.finditer(text)]
        self.entries_read = 0

    def bundle(self, content: dict[str, Any]) -> BundleSpec:
        self.known("the file", content, ("bundle", "section"))
        head = self.table("[bundle]", content.get("bundle"))
        self.known("[bundle]", head, BUNDLE_KEYS)
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
            title=self.words("[bundle]", head, "title"),
            case=self.words("[bundle]", head, "case"),
            claim_number=self.words("[bundle]", head, "claim_number", ""),
            court=self.words("[bundle]", head, "court", ""),
            hearing_date=self.date("[bundle]", head, "hearing_date"),
            profile=self.words("[bundle]", head, "profile", "ew-2021"),
            on_failure=on_failure,
            sections=tuple(self._section(number, section) for number, section in enumerate(sections, 1)),
            letter=self.words("[bundle]", head, "letter", ""),
            bates=self._bates(head["bates"]) if "bates" in head else None,
            largest_mib=self.number("[bundle]", head, "largest_mib"),
            standing=self._standing(head["standing"]) if "standing" in head else None,
            front=self._front("[bundle.front]", head["front"]) if "front" in head else None,
        )

    def _bates(self, value: object) -> Bates:
        where = "[bundle.bates]"
        table = self.table(where, value)
        self.known(where, table, BATES_KEYS)
        return Bates(
            self.words(where, table, "prefix", ""),
            self.whole(where, table, "start", 1),
            self.whole(where, table, "digits", 6),
        )

    def _standing(self, value: object) -> Standing:
        """What the court has, from the report that the build of that version printed."""
        where = "[bundle.standing]"
        table = self.table(where, value)
        self.known(where, table, STANDING_KEYS)
        delivered = self.date(where, table, "delivered")
        name = self.words(where, table, "report")
        file = self.path.parent / self.words(where, table, "file") if "file" in table else None
        if file and not file.is_file():
            raise SpecInvalid(
                f"{self.path.name}, {where}: there is no file {file}.",
                remedy="Name the PDF that was delivered, or leave file out.",
            )
        try:
            report = json.loads((self.path.parent / name).read_text(encoding="utf-8"))
            if delivered is None:
                raise KeyError("delivered")
            return standing_after(report, delivered, file)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SpecInvalid(
                f"{self.path.name}, {where}: {name} is not the report of a delivered version, or the day of "
                "its delivery is missing.",
                remedy="Name the JSON that build_bundle --json printed, and write delivered = 2026-11-03.",
            ) from error

    def _front(self, where: str, value: object) -> FrontSheet:
        table = self.table(where, value)
        self.known(where, table, FRONT_KEYS)
        documents = []
        for row in table.get("documents", ()):
            listed = self.table(where, row)
            day = self.date(where, listed, "date")
            documents.append((in_words(day), self.words(where, listed, "title")))
        return FrontSheet(
            marks=self.lines(where, table, "marks"),
            mark=self.words(where, table, "mark"),
            certificate=self.words(where, table, "certificate", ""),
            documents=tuple(documents),
        )

    def _section(self, number: int, value: object) -> SectionSpec:
        section = self.table(f"section {number}", value)
        title = self.words(f"section {number}", section, "title")
        where = f"section {number} ({title})"
        self.known(where, section, SECTION_KEYS)
        entries = section.get("entry")
        if not isinstance(entries, list) or not entries:
            raise SpecInvalid(
                f"{self.path.name}, {where} has no entries.", remedy="Add a [[section.entry]] or remove it."
            )
        return SectionSpec(
            title, tuple(self._entry(where, nth, entry) for nth, entry in enumerate(entries, 1))
        )

    def _entry(self, section: str, number: int, value: object) -> EntrySpec:
        line = f"line {self.starts[self.entries_read]}, " if self.entries_read < len(self.starts) else ""
        self.entries_read += 1
        where = f"{line}{section}, entry {number}"
        entry = self.table(where, value)
        self.known(where, entry, ENTRY_KEYS)
        named = [key for key in ("file", "exhibit", "signpost") if key in entry]
        if len(named) != 1:
            raise SpecInvalid(
                f"{self.path.name}, {where} must name either a file or an exhibit.",
                remedy='Write file = "name.pdf", exhibit = "HP1" or signpost = "bundle B, page 12", and only '
                "one of them.",
            )
        found = {"file": self._from_file, "exhibit": self._from_exhibit, "signpost": self._elsewhere}
        made = found[named[0]](where, entry)
        against = self._written_against(where, entry)
        return replace(
            made,
            exhibit_mark=made.exhibit_mark or self.words(where, entry, "mark", "") or None,
            refers=self.flag(where, entry, "refers") or against is not None,
            written_against=against,
            password=self.words(where, entry, "password", "") or None,
            pages=self.pages(where, entry, "pages"),
            references=self.lines(where, entry, "references"),
            front=self._front(f"{where}, front", entry["front"]) if "front" in entry else None,
            sticker=self.words(where, entry, "sticker", ""),
            marking=self.words(where, entry, "marking", ""),
            signpost_to=self.whole(where, entry, "signpost_to", 0),
            late=self.flag(where, entry, "late"),
        )

    def _written_against(self, where: str, entry: dict[str, Any]) -> PageMap | None:
        """The page map of the version whose numbers the document cites, from the report on that build."""
        name = self.words(where, entry, "written_against", "")
        if not name:
            return None
        try:
            report = json.loads((self.path.parent / name).read_text(encoding="utf-8"))
            return PageMap.from_json(report["references"]["page_map"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SpecInvalid(
                f"{self.path.name}, {where}: {name} is not the report of an earlier version.",
                remedy="Name the JSON that build_bundle --json printed for it.",
            ) from error

    def _elsewhere(self, where: str, entry: dict[str, Any]) -> EntrySpec:
        title = self.words(where, entry, "title")
        kept = self.words(where, entry, "signpost")
        text = self.words(where, entry, "date_text", "") or None
        return EntrySpec(title, self.date(where, entry, "date"), Path(), kept, date_text=text, signpost=kept)

    def _from_file(self, where: str, entry: dict[str, Any]) -> EntrySpec:
        name = self.words(where, entry, "file")
        file = self.path.parent / name
        if not file.is_file():
            raise SpecInvalid(
                f"{self.path.name}, {where}: the file {name} does not exist.",
                remedy=f"Put it in {self.path.parent.resolve()} or correct the name.",
            )
        title = self.words(where, entry, "title")
        text = self.words(where, entry, "date_text", "") or None
        return EntrySpec(title, self.date(where, entry, "date"), file, file.name, date_text=text)

    def _from_exhibit(self, where: str, entry: dict[str, Any]) -> EntrySpec:
        mark = self.words(where, entry, "exhibit")
        if self.exhibit is None:
            raise SpecInvalid(
                f"{self.path.name}, {where} names exhibit {mark}, but the bundle is built from files only.",
                remedy='Give the case as well, or write file = "name.pdf".',
            )
        found = self.exhibit(mark)
        return EntrySpec(
            title=self.words(where, entry, "title", found.title),
            date=self.date(where, entry, "date") or found.date,
            file=found.file,
            source=found.source,
            sha256=found.sha256,
            exhibit_mark=mark,
            failure=found.failure,
            date_text=self.words(where, entry, "date_text", "") or None,
        )
