"""One analysis from its specification: the record and the files that it rests on are written to a folder."""

import csv
import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from comparison.logs.accounts import MEASURES, Accounts, measure_accounts
from comparison.logs.assigning import Assigned, assign
from comparison.logs.baseline import distributions
from comparison.logs.database import DATABASE, WORKING, working_database
from comparison.logs.duplicates import find_duplicates
from comparison.logs.groups import Group, grouped
from comparison.logs.reading import LeftOut, read_exchanges, read_samples
from comparison.logs.spec import LogSpec, read_log_spec
from comparison.logs.summary import (
    MOST_GROUPS,
    account_name,
    day,
    days,
    duplicate_rows,
    group_rows,
    template_rows,
)
from core.errors import Conflict
from core.locks import if_free

FORMAT = "assize-logs-1"
FILE = "logs.json"
LOCK = "logs.lock"
LEFT_OUT = "left-out.jsonl"
ACCOUNTS = "accounts.csv"
DUPLICATES = "duplicates.csv"
BLOCK = 1024 * 1024
MOST_RANKED = 50
STEPS = 6
Progress = Callable[[int, int, str], None]


def analyse(spec_path: Path, out_dir: Path, *, progress: Progress | None = None) -> dict[str, Any]:
    """The logs are analysed, and ``out_dir`` holds the record ``logs.json`` and what it rests on.

    Args:
        spec_path: TOML file (see ``spec.read_log_spec``).
        out_dir: made if absent; must not hold an analysis yet. Its disk needs room for the logs once more.
        progress: is told the steps done, the steps in all and what is being done.

    Returns:
        The record.

    Raises:
        LogSpecInvalid, LogsUnreadable: no record was written.
        Conflict: the folder is a file, holds an analysis already, or is being written to.
    """
    return analyse_files(read_log_spec(spec_path), out_dir, progress=progress)


def analyse_files(spec: LogSpec, out_dir: Path, *, progress: Progress | None = None) -> dict[str, Any]:
    """As ``analyse``, from a specification that was read."""
    if out_dir.is_file():
        raise _taken(out_dir)
    out_dir.mkdir(parents=True, exist_ok=True)
    with if_free(out_dir / LOCK) as free:
        if not free:
            raise Conflict(
                f"Another analysis is being written to {out_dir}.",
                remedy="Wait for it, or name another folder.",
            )
        try:
            if (out_dir / FILE).exists():
                raise _taken(out_dir)
            _clear(out_dir)
            record = _analysed(spec, out_dir, progress or _silent)
            part = (out_dir / FILE).with_suffix(".part")
            part.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            part.replace(out_dir / FILE)
        finally:
            (out_dir / LOCK).unlink()
    return record


def _taken(out_dir: Path) -> Conflict:
    return Conflict(
        f"{out_dir} is a file or holds an analysis already.",
        remedy="Name another folder; analyses are kept.",
    )


def _clear(out_dir: Path) -> None:
    """What an analysis that was killed has left is gone: its table of the logs, and files of its record."""
    for table in out_dir.glob(f"{WORKING}*/{DATABASE}"):
        shutil.rmtree(table.parent)
    if (out_dir / LEFT_OUT).exists():
        (out_dir / DUPLICATES).unlink(missing_ok=True)


def _analysed(spec: LogSpec, out_dir: Path, tell: Progress) -> dict[str, Any]:
    tell(0, STEPS, "hashing the files")
    files = [_identity(path, "logs") for path in spec.files]
    files += [_identity(path, "samples") for path in spec.samples]
    with (
        working_database(out_dir, spec.settings.memory_mib) as db,
        (out_dir / LEFT_OUT).open("w", encoding="utf-8") as kept,
    ):
        tell(1, STEPS, "reading the exchanges")
        left = read_exchanges(db, spec.files, spec.fields, kept)
        if spec.samples:
            left += read_samples(db, spec.samples, spec.sample_field, kept)
        tell(2, STEPS, "finding the templates")
        assigned = assign(db, spec.settings)
        tell(3, STEPS, "measuring the accounts")
        accounts = measure_accounts(db, spec.settings.least_uses)
        groups = grouped(db, accounts)
        record = _record(spec, db, assigned, accounts, groups, left) | {"files": files}
        _write_accounts(out_dir / ACCOUNTS, accounts, groups)
        tell(4, STEPS, "comparing outputs with the published samples")
        if spec.samples:
            compared = find_duplicates(db, spec.settings.least_similarity)
            record["duplicates"] = duplicate_rows(
                db, compared, groups, accounts, (spec.files, spec.samples), spec.settings.least_similarity
            )
            _write_duplicates(out_dir / DUPLICATES, db, spec)
        tell(5, STEPS, "writing the record")
    return record


def _record(
    spec: LogSpec,
    db: duckdb.DuckDBPyConnection,
    assigned: Assigned,
    accounts: Accounts,
    groups: Sequence[Group],
    left: Sequence[LeftOut],
) -> dict[str, Any]:
    shown = groups[:MOST_GROUPS]
    named = {template for group in shown for template in group.templates}
    with_template = db.execute("SELECT count(*) FROM used WHERE template <> 0").fetchall()[0][0]
    return {
        "format": FORMAT,
        "title": spec.title,
        "fields": spec.fields,
        "settings": {name: getattr(spec.settings, name) for name in spec.settings.__slots__},
        "code": {"sha256": code_sha256(), "duckdb": version("duckdb"), "numpy": version("numpy")},
        "exchanges": int(accounts.values["exchanges"].sum()),
        "accounts": len(accounts.names),
        "first": day(int(accounts.first.min())),
        "last": day(int(accounts.last.max())),
        "left_out": [row for one in left for row in one.as_json()],
        "with_template": with_template,
        "least_uses_of_run": assigned.least_uses,
        "templates": template_rows(db, assigned, named),
        "groups_in_all": len(groups),
        "groups": group_rows(db, groups, accounts),
        "measures": distributions(accounts),
        "hours": accounts.hours.sum(axis=0).tolist(),
        "days": days(db),
        "ranked": [
            {"account": account_name(accounts.names[account - 1]), "group": number,
             **{measure.name: _finite(accounts.values[measure.name][account - 1]) for measure in MEASURES}}
            for account, number, _ in ranking(accounts, groups)[:MOST_RANKED]
        ],
        "duplicates": None,
    }  # fmt: skip


def ranking(accounts: Accounts, groups: Sequence[Group]) -> list[tuple[int, int | None, int]]:
    """Every account with its group's number (from 1) and marks: the first groups first, then by use."""
    ranked: list[tuple[int, int | None, int]] = [
        (account, number, len(group.marks))
        for number, group in enumerate(groups, start=1)
        for account in group.accounts
    ]
    seen = {account for account, *_ in ranked}
    exchanges = accounts.values["exchanges"]
    others = [number for number in range(1, len(accounts.names) + 1) if number not in seen]
    return ranked + [
        (number, None, 0) for number in sorted(others, key=lambda one: (-exchanges[one - 1], one))
    ]


def _write_accounts(path: Path, accounts: Accounts, groups: Sequence[Group]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["rank", "account", "group", "marks", "first", "last", *(one.name for one in MEASURES)])
        for rank, (account, group, marks) in enumerate(ranking(accounts, groups), start=1):
            place = account - 1
            measured = [_finite(accounts.values[one.name][place]) for one in MEASURES]
            span = [day(int(moment[place])) for moment in (accounts.first, accounts.last)]
            rows.writerow([rank, cell(accounts.names[place]), group, marks, *span, *measured])


def _write_duplicates(path: Path, db: duckdb.DuckDBPyConnection, spec: LogSpec) -> None:
    found = db.execute(
        "WITH alike AS (SELECT output_row, sample_row, similarity FROM duplicates UNION ALL SELECT "
        "output_row,"
        " repeats.sample_row, similarity FROM duplicates JOIN repeats ON duplicates.sample_row = first_row)"
        " SELECT e.file, e.line, e.account, s.file, s.line, similarity FROM alike JOIN exchanges e ON"
        " e.rowid = output_row JOIN samples s ON s.rowid = alike.sample_row ORDER BY ALL"
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "line", "account", "sample_file", "sample_line", "similarity"])
        while some := found.fetchmany(8192):
            for one, line, account, other, sample_line, similarity in some:
                names = spec.files[one].name, spec.samples[other].name
                rows.writerow([names[0], line, cell(account), names[1], sample_line, round(similarity, 4)])


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _finite(value: float) -> float | None:
    return None if value != value else round(float(value), 6)


def _identity(path: Path, kind: str) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return {"name": path.name, "kind": kind, "sha256": digest.hexdigest(), "bytes": path.stat().st_size}


def code_sha256() -> str:
    """SHA-256 over the source files of the analysis, by name."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _silent(done: int, total: int, doing: str) -> None:
    """Nobody wants to know."""
