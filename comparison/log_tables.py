"""The tables and charts of the page of an analysis of logs."""

from collections.abc import Mapping
from typing import Any

from comparison.drawing.spread import Spread, by_day, by_hour, distribution
from comparison.logs import words
from comparison.logs.accounts import MEASURES
from comparison.logs.groups import LIMITS

SHOWN = 3
"""Groups that are drawn; the others stand in a table."""
HEADS = ("Exchanges", "A day", "Templated", "Quietest six hours", "Unsteadiness")
"""Heads of the columns of ``MEASURES``."""
MARK_NAMES = {
    "many": "Many exchanges",
    "varied": "Prompts differ",
    "templated": "Templates prevail",
    "round-the-clock": "Around the clock",
    "steady": "Steady",
    "shared": "Shared templates",
}


def mark_rows() -> list[dict[str, str]]:
    """Each mark and what it takes."""
    return [
        {"name": MARK_NAMES[mark], "takes": text.format(least=LIMITS[mark])}
        for mark, text in words.MARKS.items()
    ]


def group_rows(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each group with its marks, and its charts beside all other accounts."""
    rows = []
    for place, group in enumerate(record["groups"]):
        found = record["duplicates"]
        rows.append(
            {
                "number": place + 1,
                "of": f"group {place + 1}",
                "said": words.group(group),
                "suggested": len(group["marks"]) == len(LIMITS),
                "size": group["size"],
                "uses": group["uses"],
                "accounts": group["accounts"],
                "unnamed": group["size"] - len(group["accounts"]),
                "templates": group["templates"],
                "marks": [(MARK_NAMES[mark], mark in group["marks"]) for mark in LIMITS],
                "borne": len(group["marks"]),
                "duplicates": words.duplicates_of(found, found["groups"][place]) if found else "",
                "charts": _charts(record, group) if place < SHOWN else [],
            }
        )
    return rows


def _charts(record: Mapping[str, Any], group: Mapping[str, Any]) -> list[dict[str, Any]]:
    charts = [
        _chart(
            measure.title,
            words.beside(group["beside"][measure.name]),
            "Accounts",
            distribution(
                record["measures"][measure.name]["edges"],
                record["measures"][measure.name]["counts"],
                group["beside"][measure.name]["members"],
                group["beside"][measure.name]["value"],
            ),
        )
        for measure in MEASURES
    ]
    hours = by_hour(record["hours"], group["hours"])
    charts.append(_chart("Hours of the day", "Share of the exchanges in each hour, in UTC.", "Hour", hours))
    if days := by_day(record["days"], group["days"]):
        charts.append(_chart("Days", "Exchanges of each day; the group’s stand in front.", "From", days))
    return charts


def _chart(title: str, said: str, head: str, drawing: Spread) -> dict[str, Any]:
    return {"title": title, "said": said, "head": head, "drawing": drawing}


def all_days(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The exchanges of each day, all accounts together."""
    drawing = by_day(record["days"], [])
    return _chart("Exchanges over time", "All accounts together.", "From", drawing) if drawing else None


def ranked_rows(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The accounts that come nearest, with their figures in words."""
    return [
        {
            "account": row["account"],
            "group": row["group"],
            "figures": [
                (head, None if row[one.name] is None else words.number(row[one.name]))
                for head, one in zip(HEADS, MEASURES, strict=True)
            ],
        }
        for row in record["ranked"]
    ]
