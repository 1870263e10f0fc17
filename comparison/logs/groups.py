"""Groups of accounts that share templates, and the marks of a labelling campaign that each bears.

A group is what templates worked by the same accounts tie together; an account that shares none is a group of
one. A mark is a limit that is passed; which limits, and how often ordinary use passes all of them at once, is
stated with the result. Whether a group is one customer, and what it did there, is for a person to find out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np

from comparison.logs.accounts import Accounts

LIMITS: dict[str, float] = {
    "many": 1000,
    "varied": 0.5,
    "templated": 0.5,
    "round-the-clock": 0.15,
    "steady": 0.3,
    "shared": 2,
}
"""For each mark what it takes: exchanges; shares; share in the quietest six hours; deviation; accounts."""
LEAST_KNOWN = 0.5
"""Share of a group's accounts of which hours and days must say something."""


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts tied together by templates.

    Args:
        accounts: numbers, the one with the most templated exchanges first.
        templates: numbers, the most used first.
        uses: exchanges of these accounts with these templates.
        distinct: share of different prompts among them.
        values: the middle account's, by measure; None where too little is known.
        marks: those that it bears, in the order of ``LIMITS``.
    """

    accounts: tuple[int, ...]
    templates: tuple[int, ...]
    uses: int
    distinct: float
    values: Mapping[str, float | None]
    marks: tuple[str, ...]

    @property
    def suggested(self) -> bool:
        """Whether it bears every mark."""
        return len(self.marks) == len(LIMITS)


def grouped(db: duckdb.DuckDBPyConnection, accounts: Accounts) -> list[Group]:
    """Every group with a worked template, those with the most marks first, then the largest.

    Args:
        db: with ``worked``.
        accounts: their measures.
    """
    worked = db.execute(
        "SELECT account, template, uses, distinct_uses FROM worked ORDER BY uses DESC, account, template"
    ).fetchall()
    by_account: dict[int, list[int]] = defaultdict(list)
    by_template: dict[int, list[int]] = defaultdict(list)
    uses: dict[tuple[int, int], tuple[int, int]] = {}
    for account, template, count, distinct in worked:
        by_account[account].append(template)
        by_template[template].append(account)
        uses[account, template] = (count, distinct)
    groups = [_group(members, by_account, uses, accounts) for members in _tied(by_account, by_template)]
    return sorted(groups, key=lambda group: (-len(group.marks), -group.uses, group.accounts))


def _tied(by_account: Mapping[int, list[int]], by_template: Mapping[int, list[int]]) -> Iterator[list[int]]:
    """The accounts of each group."""
    seen: set[int] = set()
    for account in by_account:
        if account in seen:
            continue
        seen.add(account)
        members, waiting = [], [account]
        while waiting:
            one = waiting.pop()
            members.append(one)
            others = {other for template in by_account[one] for other in by_template[template]} - seen
            seen |= others
            waiting += sorted(others)
        yield members


def _group(
    members: list[int],
    by_account: Mapping[int, list[int]],
    uses: Mapping[tuple[int, int], tuple[int, int]],
    accounts: Accounts,
) -> Group:
    by_use: dict[int, int] = defaultdict(int)
    own: dict[int, int] = defaultdict(int)
    distinct = 0
    for account in members:
        for template in by_account[account]:
            count, different = uses[account, template]
            own[account] += count
            by_use[template] += count
            distinct += different
    total = sum(own.values())
    places = np.array(members) - 1
    values = {name: _middle(measured[places]) for name, measured in accounts.values.items()}
    share = distinct / total
    return Group(
        accounts=tuple(sorted(members, key=lambda account: (-own[account], account))),
        templates=tuple(sorted(by_use, key=lambda template: (-by_use[template], template))),
        uses=total,
        distinct=share,
        values=values,
        marks=marks_of(len(members), total, share, values),
    )


def marks_of(size: int, uses: int, distinct: float, values: Mapping[str, float | None]) -> tuple[str, ...]:
    """The marks that a group of these figures bears, in the order of ``LIMITS``.

    Args:
        size: accounts.
        uses: exchanges with its templates.
        distinct: share of different prompts among them.
        values: the middle account's, by measure.
    """
    unsteady = values["unsteady"]
    passed = {
        "many": uses >= LIMITS["many"],
        "varied": distinct >= LIMITS["varied"],
        "templated": _at_least(values["templated"], LIMITS["templated"]),
        "round-the-clock": _at_least(values["quiet"], LIMITS["round-the-clock"]),
        "steady": unsteady is not None and unsteady <= LIMITS["steady"],
        "shared": size >= LIMITS["shared"],
    }
    return tuple(name for name in LIMITS if passed[name])


def _at_least(value: float | None, limit: float) -> bool:
    return value is not None and value >= limit


def _middle(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float | None:
    """The median of what is known; None where too little is."""
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) >= LEAST_KNOWN * len(values) and len(known) else None
