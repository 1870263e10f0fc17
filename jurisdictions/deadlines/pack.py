"""Reading a rule pack, and refusing one that says something impossible."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jurisdictions.deadlines.fields import Row, read_toml
from jurisdictions.deadlines.models import (
    Assumption,
    Basis,
    Direction,
    Document,
    Limit,
    PeriodTable,
    Roll,
    Rule,
    RulePack,
    ServiceRule,
    Unit,
)

RULES = Path(__file__).resolve().parent.parent / "data" / "rules"


def load_pack(path: Path = RULES / "ew-civil.toml") -> RulePack:
    """The rule pack in this file, every row checked.

    Raises:
        RulePackError: the file cannot be read or a row is wrong; the message names the row.
    """
    file = Row(read_toml(path), path.name)
    head = file.row("pack")
    if head is None:
        raise file.wrong("the table pack is missing.")
    version = head.get("version", str)
    service: dict[Document, dict[str, ServiceRule]] = {kind: {} for kind in Document}
    for row in file.rows("service"):
        found = _service_rule(row)
        if found.method in service[found.document]:
            raise row.wrong(f"the method {found.method} is given twice for {found.document}.")
        service[found.document][found.method] = found
    tables = {table.id: table for table in map(_table, file.rows("table"))}
    rules: dict[str, Rule] = {}
    for row in file.rows("rule"):
        rule = _rule(row, version, service, tables)
        if rule.id in rules:
            raise row.wrong("this id is used twice.")
        rules[rule.id] = rule
    _check_references(file, rules)
    not_encoded = {row.get("id", str): row.get("reason", str) for row in file.rows("not_encoded")}
    if both := sorted(rules.keys() & not_encoded.keys()):
        raise file.wrong(f"both encoded and listed as not encoded: {', '.join(both)}.")
    pack = RulePack(
        id=head.get("id", str),
        title=head.get("title", str),
        version=version,
        in_force_from=head.get("in_force_from", date),
        calendar=head.get("calendar", str),
        source=head.get("source", str),
        rules=rules,
        service=service,
        not_encoded=not_encoded,
    )
    head.done()
    file.done()
    return pack


def _service_rule(row: Row) -> ServiceRule:
    rule = ServiceRule(
        id=row.get("id", str),
        document=row.choice("document", Document),
        method=row.get("method", str),
        label=row.get("label", str),
        basis=row.choice("basis", Basis),
        days=row.get("days", int, 0),
        cutoff=row.clock("cutoff"),
        verified=row.get("verified", bool),
        source=row.get("source", str),
        read=row.get("read", str),
    )
    if (rule.days == 0) != (rule.basis is Basis.SAME_BUSINESS_DAY):
        raise row.wrong("days must be 0 for the same business day and more than 0 otherwise.")
    row.done()
    return rule


def _table(row: Row) -> PeriodTable:
    rows = row.get("rows", dict)
    if not rows or not all(isinstance(days, int) and days > 0 for days in rows.values()):
        raise row.wrong("rows must give a number of days for each value.")
    table = PeriodTable(row.get("id", str), row.get("fact", str), rows, row.get("source", str))
    row.done()
    return table


def _rule(
    row: Row,
    version: str,
    service: Mapping[Document, Mapping[str, ServiceRule]],
    tables: Mapping[str, PeriodTable],
) -> Rule:
    served = row.choice("served", Document) if "served" in row.values else None
    name = row.get("table", str, "")
    if name and name not in tables:
        raise row.wrong(f"there is no table {name}.")
    rule = Rule(
        id=row.get("id", str),
        title=row.get("title", str),
        scope=row.get("scope", str, ""),
        trigger=row.get("trigger", str),
        party=row.get("party", str, ""),
        period=row.get("period", int),
        unit=row.choice("unit", Unit, Unit.DAYS),
        direction=row.choice("direction", Direction, Direction.AFTER),
        end_is_event=row.get("end_is_event", bool, False),
        roll=row.choice("roll", Roll, Roll.NONE),
        served=served,
        time=row.get("time", str, "") or None,
        assumes=tuple(map(_assumption, row.rows("assumes", key="fact"))),
        limit=_limit(row.row("limit")),
        table=tables.get(name),
        extension=row.get("extension", str, ""),
        sanction=row.get("sanction", str, ""),
        note=row.get("note", str, ""),
        source=row.get("source", str),
        verified=row.get("verified", bool),
        read=row.get("read", str),
        version=version,
        service=service[served] if served else {},
    )
    _check(row, rule)
    row.done()
    return rule


def _check(row: Row, rule: Rule) -> None:
    if rule.period <= 0 and rule.table is None:
        raise row.wrong("the period must be more than 0.")
    if rule.time and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", rule.time):
        raise row.wrong("time must be HH:MM.")
    if rule.served and rule.direction is Direction.BEFORE:
        raise row.wrong("a period counted back from an event cannot run from service.")
    if rule.roll is Roll.DEEMED_SERVICE and rule.direction is Direction.AFTER:
        raise row.wrong("only a period counted back moves to the business day before.")
    if rule.unit is Unit.HOURS and (rule.served or rule.roll is not Roll.NONE or rule.limit or rule.table):
        raise row.wrong("a period in hours neither runs from deemed service nor moves.")


def _assumption(row: Row) -> Assumption:
    found = Assumption(
        fact=row.get("fact", str),
        value=row.get("value", str),
        words=row.get("words", str),
        instead=row.get("instead", str, ""),
    )
    row.done()
    return found


def _limit(row: Row | None) -> Limit | None:
    if row is None:
        return None
    unit = row.choice("unit", Unit)
    if unit not in (Unit.MONTHS, Unit.YEARS):
        raise row.wrong("an outer limit is in months or years.")
    limit = Limit(row.get("fact", str), row.get("period", int), unit, row.get("source", str))
    row.done()
    return limit


def _check_references(file: Row, rules: Mapping[str, Rule]) -> None:
    for rule in rules.values():
        for assumed in rule.assumes:
            if assumed.instead and assumed.instead not in rules:
                raise file.wrong(f"rule {rule.id} points to {assumed.instead}, which is not in the pack.")
