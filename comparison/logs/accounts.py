"""What each account did: how much, how templated, at which hours and how steadily."""

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
DAY = 86_400_000_000
HOUR = 3_600_000_000
"""Microseconds."""
QUIET = 6
"""Hours in a row."""
FULL_DAYS = 3
"""Days, without the first and the last, that it takes to say how steady an account is."""
LEAST_EXCHANGES = 20
"""Below, hours and days say nothing of an account."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something measured of every account.

    Args:
        name: as it stands in the record.
        title: in words.
        upwards: whether a campaign would stand at the upper end.
        logarithmic: how it is drawn.
    """

    name: str
    title: str
    upwards: bool
    logarithmic: bool = False


MEASURES = (
    Measure("exchanges", "Exchanges of an account", True, True),
    Measure("per_day", "Exchanges a day", True, True),
    Measure("templated", "Share of its prompts that follow a template which it worked", True),
    Measure("quiet", "Share of its exchanges in the six hours of the day with the fewest", True),
    Measure("unsteady", "How much its days differ: standard deviation over mean", False),
)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Every account's measures; NaN where there is too little to say.

    Args:
        names: by number less one [accounts].
        first: microseconds since 1970 [accounts].
        last: likewise [accounts].
        values: by the name of the measure [accounts].
        distinct: share of different prompts among those of its worked templates [accounts].
        hours: exchanges by hour of the day in UTC [accounts, 24].
    """

    names: list[str]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    values: dict[str, Values]
    distinct: Values
    hours: NDArray[np.int64]


def measure_accounts(db: duckdb.DuckDBPyConnection, least_uses: int) -> Accounts:
    """The measures of all accounts; the table ``worked`` (account, template, uses, distinct_uses) stands.

    Args:
        db: with ``accounts`` and ``used``.
        least_uses: exchanges of one template that an account needs to have worked it.
    """
    db.execute(
        "CREATE TABLE worked AS SELECT account, template, count(*) AS uses, count(DISTINCT content)"
        f" AS distinct_uses FROM used WHERE template <> 0 GROUP BY ALL HAVING uses >= {least_uses}"
    )
    hours = ", ".join(f"count(*) FILTER (moment // {HOUR} % 24 = {hour}) AS h{hour}" for hour in range(24))
    found = _columns(
        db,
        f"SELECT account, count(*) AS exchanges, min(moment) AS first, max(moment) AS last, {hours}"
        " FROM used GROUP BY account ORDER BY account",
    )
    worked = _columns(
        db,
        "SELECT account, coalesce(sum(uses), 0)::BIGINT AS uses, coalesce(sum(distinct_uses), 0)::BIGINT"
        " AS distinct_uses FROM accounts LEFT JOIN worked USING (account) GROUP BY account ORDER BY account",
    )
    exchanges = found["exchanges"].astype(float)
    by_hour = np.stack([found[f"h{hour}"] for hour in range(24)], axis=1)
    days = np.maximum((found["last"] - found["first"]) / DAY, 1.0)
    enough = exchanges >= LEAST_EXCHANGES
    with np.errstate(invalid="ignore", divide="ignore"):
        distinct = worked["distinct_uses"] / worked["uses"]
    return Accounts(
        names=[name for (name,) in db.execute("SELECT name FROM accounts ORDER BY account").fetchall()],
        first=found["first"],
        last=found["last"],
        values={
            "exchanges": exchanges,
            "per_day": exchanges / days,
            "templated": worked["uses"] / exchanges,
            "quiet": np.where(enough, quiet_share(by_hour), np.nan),
            "unsteady": np.where(enough, _unsteadiness(db, len(exchanges)), np.nan),
        },
        distinct=distinct,
        hours=by_hour,
    )


def quiet_share(hours: NDArray[np.int64]) -> Values:
    """The share of the six hours in a row, around the clock, with the fewest; a quarter were all alike.

    Args:
        hours: exchanges by hour of the day [rows, 24].
    """
    twice = np.concatenate([hours, hours[:, : QUIET - 1]], axis=1)
    sums = np.lib.stride_tricks.sliding_window_view(twice, QUIET, axis=1).sum(axis=2)
    least: Values = sums.min(axis=1) / hours.sum(axis=1)
    return least


def _unsteadiness(db: duckdb.DuckDBPyConnection, accounts: int) -> Values:
    """Standard deviation over mean of the exchanges a day, without the first and the last day."""
    found = _columns(
        db,
        f"WITH span AS (SELECT account, min(moment // {DAY}) AS first, max(moment // {DAY}) AS last FROM used"
        f" GROUP BY account), days AS (SELECT account, moment // {DAY} AS day, count(*)::DOUBLE AS n FROM "
        f"used"
        " GROUP BY ALL) SELECT account, any_value(last - first - 1)::DOUBLE AS days, sum(n) AS total,"
        " sum(n * n) AS squares FROM days JOIN span USING (account) WHERE day > first AND day < last"
        f" GROUP BY account HAVING days >= {FULL_DAYS}",
    )
    result = np.full(accounts, np.nan)
    mean = found["total"] / found["days"]
    spread = np.sqrt(np.maximum(found["squares"] / found["days"] - mean**2, 0))
    result[found["account"] - 1] = spread / mean
    return result


def _columns(db: duckdb.DuckDBPyConnection, query: str) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {
        name: np.asarray(values) for name, values in db.execute(query).fetchnumpy().items()
    }
    return columns
