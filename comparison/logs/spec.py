"""Reading an analysis's specification from TOML: which files, which field is which, and how much is asked."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparison.logs.errors import LogSpecInvalid

TABLES = ("logs", "fields", "samples", "settings")
ROLES = ("account", "time", "prompt", "output")
FORMATS = (".jsonl", ".ndjson", ".parquet")
LONGEST = 300
"""Characters of a title or of a field's name, which the record keeps."""
EXAMPLE = 'Write, for example: [logs] with title = "API logs, 2026" and file = "exchanges.jsonl".'


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is asked before anything is pointed out.

    Args:
        least_uses: exchanges that an account must have made with a template to count as working it.
        least_fixed: words of a template that do not change.
        least_similarity: share (0 to 1) of common runs of words from which two texts are near-duplicates.
        memory_mib: what the database may hold in memory before it goes to disk.
    """

    least_uses: int = 50
    least_fixed: int = 8
    least_similarity: float = 0.7
    memory_mib: int = 1024


@dataclass(frozen=True, slots=True)
class LogSpec:
    """What is to be analysed.

    Args:
        title: of the analysis.
        files: the logs, in order.
        fields: the name of the field for each of ``ROLES``; a dot leads into a nested one.
        samples: the suspect's published training samples; empty where none are given.
        sample_field: the field of a sample that holds its text.
        settings: how much is asked.
    """

    title: str
    files: tuple[Path, ...]
    fields: dict[str, str]
    samples: tuple[Path, ...]
    sample_field: str
    settings: Settings


def read_log_spec(path: Path) -> LogSpec:
    """The specification in a TOML file; files in it are relative to the file's own folder.

    Raises:
        LogSpecInvalid: naming what is wrong and what to write.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LogSpecInvalid(f"{path} cannot be read: {error.strerror}.", remedy="Check the path.") from error
    except ValueError as error:
        raise LogSpecInvalid(
            f"{path.name} is not valid TOML: {error}.",
            remedy="Correct that line; text needs quotation marks.",
        ) from error
    _known(content, TABLES, path.name)
    head, fields, samples = (_table(content, name) for name in ("logs", "fields", "samples"))
    _known(head, ("title", "file"), "[logs]")
    _known(fields, ROLES, "[fields]")
    _known(samples, ("file", "field"), "[samples]")
    return LogSpec(
        title=_text(head, "title", "[logs]"),
        files=_files(head, path.parent, "[logs]"),
        fields={role: _text(fields, role, "[fields]") if role in fields else role for role in ROLES},
        samples=_files(samples, path.parent, "[samples]") if samples else (),
        sample_field=_text(samples, "field", "[samples]") if "field" in samples else "output",
        settings=read_settings(_table(content, "settings")),
    )


def read_settings(table: dict[str, Any]) -> Settings:
    """The settings, those not given being the usual; raises ``LogSpecInvalid``."""
    _known(table, Settings.__slots__, "[settings]")
    usual = Settings()
    whole = {
        name: _whole(table.get(name, getattr(usual, name)), name, least)
        for name, least in (("least_uses", 20), ("least_fixed", 4), ("memory_mib", 256))
    }
    similarity = table.get("least_similarity", usual.least_similarity)
    if isinstance(similarity, bool) or not isinstance(similarity, int | float) or not 0.5 <= similarity <= 1:
        raise LogSpecInvalid(
            "least_similarity is not a share from 0.5 to 1.", remedy="Write, for example, 0.7."
        )
    return Settings(**whole, least_similarity=float(similarity))


def _whole(value: object, name: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise LogSpecInvalid(
            f"{name} is not a whole number of {least} or more.", remedy="Correct it, or leave it out."
        )
    return value


def _table(content: dict[str, Any], name: str) -> dict[str, Any]:
    value = content.get(name, {})
    if not isinstance(value, dict):
        raise LogSpecInvalid(f"{name} is not a table.", remedy=f"Write [{name}] on a line of its own.")
    return value


def _known(table: dict[str, Any], names: tuple[str, ...], where: str) -> None:
    if unknown := sorted(set(table) - set(names)):
        raise LogSpecInvalid(f"{unknown[0]} is not known in {where}.", remedy=f"Known: {', '.join(names)}.")


def _text(table: dict[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LogSpecInvalid(f"{where} gives no {key}.", remedy=EXAMPLE)
    if len(value) > LONGEST:
        raise LogSpecInvalid(f"{key} in {where} is over {LONGEST} characters.", remedy="Shorten it.")
    return value.strip()


def _files(table: dict[str, Any], folder: Path, where: str) -> tuple[Path, ...]:
    named = table.get("file")
    patterns = named if isinstance(named, list) else [named]
    if not patterns or not all(isinstance(pattern, str) and pattern for pattern in patterns):
        raise LogSpecInvalid(f"{where} gives no file.", remedy=EXAMPLE)
    found: list[Path] = []
    for pattern in map(str, patterns):
        # An existing file's name is a name, whatever brackets and stars stand in it.
        here = [folder / pattern] if (folder / pattern).is_file() else _matching(folder, pattern)
        if not any(path.exists() for path in here):
            raise LogSpecInvalid(f"There is no file {pattern}.", remedy="Check the name in the file.")
        found += here
    for file in found:
        if file.suffix not in FORMATS or not file.is_file():
            raise LogSpecInvalid(
                f"{file.name} is not a file of logs.", remedy=f"Its name must end in {', '.join(FORMATS)}."
            )
    return tuple(dict.fromkeys(found))


def _matching(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))
    except (ValueError, NotImplementedError):
        return []
