"""Each exchange gets its account's number and its prompt's template, in two passes over the prompts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np

from comparison.logs.shingles import LARGEST_BATCH
from comparison.logs.spec import Settings
from comparison.logs.templates import RunCounts, fixed_runs, masked

MOST_TEXTS = 8192
"""Texts hashed at once."""
MOST_VARIANTS = 5000
ALIKE = 0.6
"""Share of common fixed runs from which two variants are one template (Jaccard)."""
RARE = 20
"""A run needs this many uses to be fixed, or one in ``ONE_IN`` prompts where that is more."""
ONE_IN = 5000


@dataclass(frozen=True, slots=True)
class Template:
    """A template.

    Args:
        number: from 1, the commonest first.
        uses: exchanges.
        example: row of an exchange that has it.
    """

    number: int
    uses: int
    example: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """What the passes gave.

    Args:
        templates: by number.
        counts: of the runs of all prompts.
        least_uses: prompts that had to hold a run for it to be fixed.
    """

    templates: dict[int, Template]
    counts: RunCounts
    least_uses: int


def assign(db: duckdb.DuckDBPyConnection, settings: Settings) -> Assigned:
    """The tables ``accounts`` (account, name) and ``used`` (row, account, moment, template, content) stand.

    ``template`` is 0 for a prompt without one; ``content`` is a hash of the whole prompt.
    """
    db.execute(
        "CREATE TABLE accounts AS SELECT (row_number() OVER (ORDER BY account))::INTEGER AS account,"
        " account AS name FROM (SELECT DISTINCT account FROM exchanges)"
    )
    exchanges = db.execute("SELECT count(*) FROM exchanges").fetchall()[0][0]
    least_uses = max(RARE, exchanges // ONE_IN)
    counts = RunCounts()
    for _, prompts in batches(db, "prompt", "exchanges"):
        counts.add(prompts)
    db.execute("CREATE TABLE marks (row BIGINT, variant UBIGINT, content UBIGINT)")
    for rows, prompts in batches(db, "prompt", "exchanges"):
        found = masked(prompts, counts, least_uses, settings.least_fixed)
        marks = {"row": np.array(rows), "variant": found.template, "content": found.content}
        db.register("batch", marks)
        db.execute("INSERT INTO marks SELECT * FROM batch")
        db.unregister("batch")
    templates = _merge(db, counts, least_uses)
    db.execute(
        "CREATE TABLE used AS SELECT e.rowid AS row, a.account, e.moment, coalesce(v.template, 0)::INTEGER "
        "AS template,"
        " m.content FROM exchanges e JOIN accounts a ON a.name = e.account JOIN marks m ON m.row = e.rowid"
        " LEFT JOIN variants v USING (variant)"
    )
    db.execute("DROP TABLE marks")
    return Assigned(templates, counts, least_uses)


def batches(db: duckdb.DuckDBPyConnection, column: str, table: str) -> Iterator[tuple[list[int], list[str]]]:
    """Rows and texts of a table, ``LARGEST_BATCH`` characters or so at once."""
    rows: list[int] = []
    texts: list[str] = []
    size = 0
    result = db.cursor().execute(f"SELECT rowid, {column} FROM {table}")
    while some := result.fetchmany(2048):
        for row, text in some:
            rows.append(row)
            texts.append(text)
            size += len(text)
            if size >= LARGEST_BATCH or len(rows) == MOST_TEXTS:
                yield rows, texts
                rows, texts, size = [], [], 0
    if rows:
        yield rows, texts


def _merge(db: duckdb.DuckDBPyConnection, counts: RunCounts, least_uses: int) -> dict[int, Template]:
    """The table ``variants`` (variant, template): those that share most of their fixed runs are one template.

    A common phrase inside a variable part makes a variant. The commonest variant gives a template its text.
    """
    found = db.execute(
        "SELECT variant, count(*) AS uses, min(row) AS example FROM marks WHERE variant <> 0 GROUP BY variant"
        f" HAVING uses >= {max(2, least_uses // 10)} ORDER BY uses DESC, variant LIMIT {MOST_VARIANTS}"
    ).fetchall()
    db.register("examples", {"row": np.array([row for *_, row in found], dtype=np.int64)})
    prompts = dict(
        db.execute(
            "SELECT e.rowid, e.prompt FROM exchanges e JOIN examples ON e.rowid = examples.row"
        ).fetchall()
    )
    db.unregister("examples")
    templates: dict[int, Template] = {}
    holders: dict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    pairs = []
    for variant, uses, example in found:
        held = fixed_runs(prompts[example], counts, least_uses)
        shared: dict[int, int] = defaultdict(int)
        for run in held:
            for number in holders[run]:
                shared[number] += 1
        best = max(
            shared, key=lambda one: (shared[one] / (len(held) + sizes[one] - shared[one]), -one), default=0
        )
        if best and shared[best] / (len(held) + sizes[best] - shared[best]) >= ALIKE:
            one = templates[best]
            templates[best] = Template(best, one.uses + uses, one.example)
        else:
            best = len(templates) + 1
            templates[best] = Template(best, uses, example)
            sizes[best] = len(held)
            for run in held:
                holders[run].append(best)
        pairs.append((variant, best))
    columns = {
        "variant": np.array([variant for variant, _ in pairs], dtype=np.uint64),
        "template": np.array([number for _, number in pairs], dtype=np.int32),
    }
    db.register("merged", columns)
    db.execute("CREATE TABLE variants AS SELECT * FROM merged")
    db.unregister("merged")
    return templates
