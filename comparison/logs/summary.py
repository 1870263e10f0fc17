"""The parts of an analysis's record, read from the working database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from comparison.logs.accounts import DAY, MEASURES, Accounts
from comparison.logs.assigning import Assigned
from comparison.logs.baseline import beside
from comparison.logs.duplicates import Compared
from comparison.logs.groups import Group
from comparison.logs.templates import template_text

MOST_GROUPS = 20
MOST_TEMPLATES = 50
MOST_NAMES = 200
"""Accounts of a group that the record names; the file of accounts names all."""
MOST_PAIRS = 100
LONGEST = 600
"""Characters of a template's text."""
LONGEST_NAME = 300
"""Characters of an account's name in the record; the file of accounts names it in full."""
SIMILARITY_BINS = 15


def day(moment: int) -> str:
    """The day of a moment (microseconds since 1970) in UTC, as ISO 8601; years beyond 9999 are cut there."""
    seconds = min(max(moment // 1_000_000, -62_135_596_800), 253_402_300_799)
    return datetime.fromtimestamp(seconds, tz=UTC).date().isoformat()


def account_name(account: str) -> str:
    """The account's name, cut where it is longer than the record takes."""
    return account if len(account) <= LONGEST_NAME else f"{account[: LONGEST_NAME - 1]}…"


def template_rows(db: duckdb.DuckDBPyConnection, assigned: Assigned, named: set[int]) -> list[dict[str, Any]]:
    """The commonest templates and those of the groups, masked, and how many accounts used each."""
    chosen = sorted({*list(assigned.templates)[:MOST_TEMPLATES], *named})
    counts = {
        number: (uses, accounts)
        for number, uses, accounts in db.execute(
            "SELECT template, count(*), count(DISTINCT account) FROM used WHERE template <> 0 GROUP BY "
            "template"
        ).fetchall()
    }
    worked = dict(db.execute("SELECT template, count(*) FROM worked GROUP BY template").fetchall())
    rows = []
    for number in chosen:
        example = assigned.templates[number].example
        prompt = db.execute("SELECT prompt FROM exchanges WHERE rowid = ?", [example]).fetchall()[0][0]
        text = template_text(prompt, assigned.counts, assigned.least_uses)
        uses, accounts = counts[number]
        rows.append(
            {
                "number": number,
                "uses": uses,
                "accounts": accounts,
                "worked_by": worked.get(number, 0),
                "text": text if len(text) <= LONGEST else f"{text[:LONGEST]}…",
            }
        )
    return rows


def group_rows(
    db: duckdb.DuckDBPyConnection, groups: Sequence[Group], accounts: Accounts
) -> list[dict[str, Any]]:
    """The first groups, each figure beside those of all other accounts, with their hours and days."""
    rows = []
    for group in groups[:MOST_GROUPS]:
        places = np.array(group.accounts) - 1
        rows.append(
            {
                "accounts": [account_name(accounts.names[place]) for place in places[:MOST_NAMES]],
                "size": len(places),
                "templates": list(group.templates),
                "uses": group.uses,
                "distinct": group.distinct,
                "marks": list(group.marks),
                "beside": {
                    measure.name: beside(accounts, group.accounts, measure.name, group.values[measure.name])
                    for measure in MEASURES
                },
                "hours": accounts.hours[places].sum(axis=0).tolist(),
                "days": days(db, group.accounts),
            }
        )
    return rows


def days(db: duckdb.DuckDBPyConnection, members: Sequence[int] | None = None) -> list[list[Any]]:
    """Exchanges of each day with any, in order; of some accounts, or of all."""
    chosen = "used"
    if members is not None:
        db.register("members", {"account": np.array(members, dtype=np.int64)})
        chosen = "used JOIN members USING (account)"
    found = db.execute(
        f"SELECT moment // {DAY} AS day, count(*) FROM {chosen} GROUP BY day ORDER BY day"
    ).fetchall()
    return [[day(number * DAY), count] for number, count in found]


def duplicate_rows(
    db: duckdb.DuckDBPyConnection,
    compared: Compared,
    groups: Sequence[Group],
    accounts: Accounts,
    files: tuple[Sequence[Path], Sequence[Path]],
    least_similarity: float,
) -> dict[str, Any]:
    """What was found among the samples: in all, by similarity, by group, and the most alike pairs."""
    outputs, samples = db.execute(
        "SELECT count(DISTINCT output_row), count(DISTINCT sample_row) FROM duplicates"
    ).fetchall()[0]
    of_account = dict(
        db.execute(
            "SELECT u.account, count(DISTINCT output_row) FROM duplicates JOIN used u ON u.row = output_row"
            " GROUP BY u.account"
        ).fetchall()
    )
    best = np.array([value for (value,) in db.execute(
        "SELECT max(similarity) FROM duplicates GROUP BY sample_row").fetchall()])  # fmt: skip
    edges = np.linspace(least_similarity, 1.0, SIMILARITY_BINS + 1)
    pairs = db.execute(
        "SELECT e.file, e.line, e.account, s.file, s.line, similarity FROM duplicates JOIN exchanges e ON"
        " e.rowid = output_row JOIN samples s ON s.rowid = sample_row"
        f" ORDER BY similarity DESC, e.file, e.line, s.file, s.line LIMIT {MOST_PAIRS}"
    ).fetchall()
    logs, published = files
    exchanges = accounts.values["exchanges"]
    return {
        "compared": {name: getattr(compared, name) for name in Compared.__slots__},
        "least_similarity": least_similarity,
        "exchanges": int(exchanges.sum()),
        "outputs": outputs,
        "samples": samples,
        "by_similarity": {
            "edges": edges.tolist(),
            "counts": np.histogram(np.clip(best, edges[0], edges[-1]), edges)[0].tolist(),
        },
        "groups": [
            {
                "outputs": sum(of_account.get(account, 0) for account in group.accounts),
                "exchanges": int(sum(exchanges[account - 1] for account in group.accounts)),
            }
            for group in groups[:MOST_GROUPS]
        ],
        "pairs": [
            {
                "file": logs[one].name,
                "line": line,
                "account": account_name(account),
                "sample_file": published[other].name,
                "sample_line": sample_line,
                "similarity": similarity,
            }
            for one, line, account, other, sample_line, similarity in pairs
        ],
    }
