"""The values that the engine reads and answers: rules, packs, steps and computations."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from typing import Any

from jurisdictions.deadlines.errors import RuleNotEncoded


class Unit(StrEnum):
    """What a period is measured in; a month is a calendar month (CPR 2.10)."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business-days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Direction(StrEnum):
    """Whether the period follows its trigger or is counted back from an event."""

    AFTER = "after"
    BEFORE = "before"


class Roll(StrEnum):
    """What happens when the date reached is a closed day."""

    NONE = "none"
    COURT_OFFICE = "court-office"
    DEEMED_SERVICE = "deemed-service"


class Document(StrEnum):
    """Which table of deemed service a document falls under."""

    CLAIM_FORM = "claim-form"
    OTHER = "other"


class Basis(StrEnum):
    """How a method of service turns an act into a date of service."""

    NTH_BUSINESS_DAY = "nth-business-day"
    NTH_DAY_THEN_BUSINESS_DAY = "nth-day-then-business-day"
    SAME_BUSINESS_DAY = "same-business-day"


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """One row of a table of deemed service.

    Args:
        id: stable name of the row.
        document: the kind of document the row is for.
        method: short stable word, such as ``post`` or ``email``.
        label: the method in words.
        basis: how the date is found.
        days: days or business days after the act; 0 for the same day.
        cutoff: local time before which an act counts on its own day.
        verified: whether the row was checked against a published text.
        source: the rule.
        read: how it was checked.
    """

    id: str
    document: Document
    method: str
    label: str
    basis: Basis
    days: int
    cutoff: time | None
    verified: bool
    source: str
    read: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """A fact without which the rule is the wrong one, and the rule to use instead."""

    fact: str
    value: str
    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A second date, counted from a fact, which the answer may not pass."""

    fact: str
    period: int
    unit: Unit
    source: str


@dataclass(frozen=True, slots=True)
class PeriodTable:
    """Periods in days that depend on a fact, such as the place of service."""

    id: str
    fact: str
    rows: Mapping[str, int]
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One procedural period.

    Args:
        id: stable name, unique in its pack.
        title: what has to be done, in our words.
        scope: which courts or claims it is for.
        trigger: the event that starts or ends the period, in our words.
        party: who has to act; empty when anybody.
        period: length in ``unit``; added to the table's figure when ``table`` is given.
        end_is_event: the period ends with an event, so that day is left out as well (CPR 2.8(3)(b)(ii)).
        roll: what happens on a closed day.
        served: the kind of document whose service is the trigger; None when the trigger is no service.
        time: ``HH:MM`` by which the act must be done, local time of the court.
        extension: who may extend it and how, in our words.
        sanction: what follows from missing it, in our words.
        verified: whether it was checked against a published text.
        read: how it was checked.
    """

    id: str
    title: str
    scope: str
    trigger: str
    party: str
    period: int
    unit: Unit
    direction: Direction
    end_is_event: bool
    roll: Roll
    served: Document | None
    time: str | None
    assumes: tuple[Assumption, ...]
    limit: Limit | None
    table: PeriodTable | None
    extension: str
    sanction: str
    note: str
    source: str
    verified: bool
    read: str
    version: str
    service: Mapping[str, ServiceRule] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RulePack:
    """A versioned set of rules, in force from a date.

    Args:
        not_encoded: rules known to exist from which no date is computed, with the reason for each.
    """

    id: str
    title: str
    version: str
    in_force_from: date
    calendar: str
    source: str
    rules: Mapping[str, Rule]
    service: Mapping[Document, Mapping[str, ServiceRule]]
    not_encoded: Mapping[str, str]

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id.

        Raises:
            RuleNotEncoded: no such rule, or one from which no date is computed.
        """
        if found := self.rules.get(rule_id):
            return found
        if reason := self.not_encoded.get(rule_id):
            raise RuleNotEncoded(
                f"No date can be computed from {rule_id}: {reason}", remedy="Enter the date by hand."
            )
        raise RuleNotEncoded(
            f"There is no rule {rule_id} in {self.title}.",
            remedy="Choose one of the rules listed for the court.",
        )

    def inside_claim_form(self, rule_id: str) -> Rule:
        """The rule for particulars that stand in the claim form, whose own deemed service then counts.

        Nobody has read this as one text, so it is not verified even where the rule itself is.

        Law: CPR 7.4(1)(a), 6.14.
        """
        rule = self.rule(rule_id)
        return replace(
            rule,
            trigger="Claim form served, its particulars inside",
            served=Document.CLAIM_FORM,
            service=self.service[Document.CLAIM_FORM],
            source=f"{rule.source}, 7.4(1)(a)",
            verified=False,
            read="worked out from the rule and CPR 7.4(1)(a); not read as one text",
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: what was done, the date reached, why, and under which law."""

    step: str
    date: date
    why: str
    source: str

    def as_json(self) -> dict[str, str]:
        """The step with its date in ISO form."""
        return {"step": self.step, "date": self.date.isoformat(), "why": self.why, "source": self.source}


@dataclass(frozen=True, slots=True)
class Computation:
    """A due date with every step that led to it.

    Args:
        verified: true only when the rule, the service row and each calendar year used are all verified.
    """

    due: date
    time: str | None
    rule_id: str
    source: str
    version: str
    verified: bool
    working: tuple[Step, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer in the shape that the ``deadline`` command and the API give."""
        return {
            "due": self.due.isoformat(),
            "time": self.time,
            "rule": {
                "id": self.rule_id,
                "source": self.source,
                "version": self.version,
                "verified": self.verified,
            },
            "working": [step.as_json() for step in self.working],
            "warnings": list(self.warnings),
        }
