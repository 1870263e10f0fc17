"""Logs as one table of exchanges, whatever form they came in; what cannot be used is named and kept."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import duckdb
import numpy as np

from comparison.logs.errors import LogsUnreadable
from comparison.logs.lines import blank_lines, first_longer, lines_at, numbered

LARGEST_LINE = 64 * 1024 * 1024
"""Bytes."""
ROWS = 8192
"""Rows fetched at once."""
NAMED = 1000
"""Numbers of left-out lines that the record names for each reason; the file of them names all."""
LAST_MOMENT = 253_402_300_799_999_999
"""Microseconds from 1970 to the end of 9999."""
UNREADABLE = "unreadable"
_PATTERN = re.compile(r"[*?\[]")
REASONS = {
    UNREADABLE: "not a JSON object, not UTF-8, or without any of the fields",
    "no-account": "no account",
    "no-time": "no time, or none that can be read or lies from 1970 to 9999",
    "no-prompt": "no prompt",
    "no-output": "no output",
}


@dataclass
class LeftOut:
    """What was left out of one file, by reason, with the numbers of its lines (rows of a Parquet file)."""

    file: str
    counts: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[int]] = field(default_factory=dict)

    def as_json(self) -> list[dict[str, Any]]:
        """One row a reason."""
        return [
            {"file": self.file, "reason": reason, "count": count, "lines": self.lines[reason]}
            for reason, count in sorted(self.counts.items())
        ]


def read_exchanges(
    db: duckdb.DuckDBPyConnection, files: tuple[Path, ...], fields: dict[str, str], kept: TextIO
) -> list[LeftOut]:
    """The table ``exchanges`` holds every exchange that has all four fields; the rest stands in ``kept``.

    Args:
        db: the working database.
        files: JSONL or Parquet.
        fields: names by role.
        kept: receives one JSON line for each that was left out, with file, line, reason and its text.

    Raises:
        LogsUnreadable: a file cannot be read, or none holds an exchange.
    """
    left = []
    for number, path in enumerate(files):
        source, parameters = _source(path, fields)
        _load(db, path, source, parameters, number)
        left.append(_set_aside(db, path, kept, tuple(fields)))
        _gather(db, "exchanges", _columns(fields))
    if not db.execute("SELECT count(*) FROM exchanges").fetchall()[0][0]:
        raise LogsUnreadable(
            "None of the files holds an exchange with all of its fields.",
            remedy="Name the fields under [fields] as they stand in the file: account, time, prompt, output.",
        )
    _settle(db)
    return left


def read_samples(
    db: duckdb.DuckDBPyConnection, files: tuple[Path, ...], name: str, kept: TextIO
) -> list[LeftOut]:
    """The table ``samples`` holds the text of every published sample; raises ``LogsUnreadable``."""
    left = []
    for number, path in enumerate(files):
        source, parameters = _source(path, {"text": name})
        _load(db, path, source, parameters, number)
        left.append(_set_aside(db, path, kept, ("text",)))
        _gather(db, "samples", ("text",))
    if not db.execute("SELECT count(*) FROM samples").fetchall()[0][0]:
        raise LogsUnreadable(
            f"None of the files of samples holds the field {name}.",
            remedy="Name the field that holds their text; in the matter it is that of the outputs.",
        )
    _settle(db)
    return left


def _settle(db: duckdb.DuckDBPyConnection) -> None:
    """Rows keep their numbers from here on.

    The database closes the gaps of deleted rows when it next writes itself out; rows are known by their
    numbers afterwards, so it does so now.
    """
    db.execute("CHECKPOINT")


def _gather(db: duckdb.DuckDBPyConnection, table: str, needed: tuple[str, ...]) -> None:
    """What was loaded and lacks nothing stands in the table."""
    db.execute(f"DELETE FROM loaded WHERE {' OR '.join(f'{name} IS NULL' for name in needed)}")
    if db.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [table]).fetchall()[0][0]:
        db.execute(f"INSERT INTO {table} SELECT * FROM loaded")
        db.execute("DROP TABLE loaded")
    else:
        db.execute(f"ALTER TABLE loaded RENAME TO {table}")


def _columns(roles: Iterable[str]) -> tuple[str, ...]:
    return tuple(_as(role) for role in roles)


def _load(db: duckdb.DuckDBPyConnection, path: Path, source: str, parameters: list[str], number: int) -> None:
    try:
        db.execute(f"CREATE TABLE loaded AS SELECT {number} AS file, * FROM ({source})", parameters)
    except duckdb.Error as error:
        if path.suffix != ".parquet" and (line := first_longer(path, LARGEST_LINE)):
            raise LogsUnreadable(
                f"{path.name} cannot be read: line {line} is over {LARGEST_LINE // 2**20} MiB.",
                remedy="Put that line into a file of its own, and analyse the others.",
            ) from error
        if isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise LogsUnreadable(
            f"{path.name} cannot be read: {str(error).splitlines()[0]}",
            remedy="Check that the file is complete, and that [fields] names fields that it has.",
        ) from error


def _source(path: Path, fields: dict[str, str]) -> tuple[str, list[str]]:
    """The query that reads a file's fields by role, and its parameters.

    The name of a file is a name and no pattern, and folders on its way to it name no column.
    """
    if path.suffix == ".parquet":
        found = "read_parquet(?, hive_partitioning = false)"
    else:
        columns = sorted({name.split(".")[0] for name in fields.values()})
        typed = ", ".join(f"{_quoted(column)}: 'JSON'" for column in columns)
        found = (
            f"read_json(?, format = 'newline_delimited', ignore_errors = true, hive_partitioning = false,"
            f" maximum_object_size = {LARGEST_LINE}, columns = {{{typed}}})"
        )
    is_json = path.suffix != ".parquet"
    shaped = ", ".join(
        f"{_shaped(role, name, is_json=is_json)} AS {_as(role)}" for role, name in fields.items()
    )
    # Read in one step: a field that is itself called "line" is not taken for the number of its line.
    return f"SELECT row_number() OVER () AS line, {shaped} FROM {found} AS read", [
        _PATTERN.sub(r"[\g<0>]", str(path))
    ]


def _as(role: str) -> str:
    return "moment" if role == "time" else role


def _shaped(role: str, name: str, *, is_json: bool) -> str:
    """A field as the text that it is: messages of a dialogue joined, anything else as JSON."""
    column, *inner = name.split(".")
    value = f"read.{_quoted(column)}" if is_json else f"to_json(read.{_quoted(column)})"
    for part in inner:
        value = f"json_extract({value}, '$.{_quoted(part).replace(chr(39), chr(39) * 2)}')"
    text = (
        f"CASE json_type({value}) WHEN 'NULL' THEN NULL WHEN 'ARRAY' THEN coalesce(nullif(array_to_string("
        f"json_extract_string({value}, '$[*].content'), chr(10)), ''), {value}::VARCHAR)"
        f" ELSE json_extract_string({value}, '$') END"
    )
    if role == "time":
        return _moment(text)
    return f"nullif({text}, '')" if role == "account" else text


def _moment(text: str) -> str:
    """Microseconds since 1970 of a time written out (UTC where it names no zone) or counted in seconds.

    A count beyond 10^11 is of milliseconds, beyond 10^14 of microseconds. Times before 1970 or after 9999 are
    none of a log.
    """
    number = f"try_cast({text} AS DOUBLE)"
    moment = (
        f"coalesce(CASE WHEN abs({number}) < 1e11 THEN {number} * 1e6 WHEN abs({number}) < 1e14"
        f" THEN {number} * 1e3 WHEN abs({number}) < 1e17 THEN {number} END::BIGINT,"
        f" epoch_us(try_cast({text} AS TIMESTAMPTZ)))"
    )
    return f"CASE WHEN {moment} BETWEEN 0 AND {LAST_MOMENT} THEN {moment} END"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _set_aside(db: duckdb.DuckDBPyConnection, path: Path, kept: TextIO, roles: tuple[str, ...]) -> LeftOut:
    """What lacks a field is named, and written to ``kept`` with its text."""
    if path.suffix != ".parquet":
        _count_blank_lines(db, path)
    names = _columns(roles)
    missing = ", ".join(f"{name} IS NULL" for name in names)
    lacking = " OR ".join(f"{name} IS NULL" for name in names)
    query = f"SELECT line, {missing} FROM loaded WHERE {lacking} ORDER BY line"

    def found() -> Iterator[tuple[int, str]]:
        for line, *absent in fetched(db.cursor().execute(query)):
            yield line, UNREADABLE if all(absent) else f"no-{roles[absent.index(True)]}"

    left = LeftOut(path.name)
    for line, reason in found():
        left.counts[reason] += 1
        named = left.lines.setdefault(reason, [])
        if len(named) < NAMED:
            named.append(line)
    waiting: deque[str] = deque()

    def numbers() -> Iterator[int]:
        for line, reason in found():
            waiting.append(reason)
            yield line

    texts = lines_at(path, numbers()) if path.suffix != ".parquet" else ((one, b"") for one in numbers())
    for line, text in texts:
        shown = text.decode("utf-8", "backslashreplace")
        row = {"file": path.name, "line": line, "reason": waiting.popleft(), "text": shown}
        kept.write(json.dumps(row, ensure_ascii=False) + "\n")
    return left


def _count_blank_lines(db: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Lines are numbered as a person counts them; the reader of JSON passes over blank ones."""
    blank = blank_lines(path)
    if not len(blank):
        return
    rows = db.execute("SELECT count(*) FROM loaded").fetchall()[0][0]
    ordinals = np.arange(1, rows + 1)
    db.register("counted", {"ordinal": ordinals, "number": numbered(ordinals, blank)})
    db.execute("UPDATE loaded SET line = counted.number FROM counted WHERE loaded.line = counted.ordinal")
    db.unregister("counted")


def fetched(rows: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, a bounded number of them in memory."""
    while some := rows.fetchmany(ROWS):
        yield from some
