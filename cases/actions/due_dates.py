"""Proposing what falls due, with its working, and what a person then says of it."""

from datetime import datetime
from functools import cache

from django.db import transaction

from cases.consequences import CONSEQUENCES, Act, Consequence
from cases.kinds import FilingKind
from cases.models import DueDate, Filing, Party
from core.actor import Actor
from core.errors import AssizeError, Conflict
from jurisdictions.deadlines import Calendar, Rule, RulePack, compute, load_calendars, load_pack
from ledger.actions import record


@cache
def _calendars() -> dict[str, Calendar]:
    return load_calendars()


@cache
def _pack() -> RulePack:
    return load_pack()


@transaction.atomic
def propose_for(*, by: Actor, filing: Filing, act: Act) -> list[DueDate]:
    """What falls due because the filing was served or submitted stands in the matter as proposed.

    Earlier proposals from the same filing and act are superseded. A court whose rule pack is not loaded
    proposes nothing.
    """
    court = filing.case.court
    if court.rule_pack != _pack().id or filing.party is None:
        return []
    consequences = CONSEQUENCES.get((act, FilingKind(filing.kind)), ())
    rules = {consequence.rule for consequence in consequences}
    for old in filing.due_dates.filter(rule_id__in=rules).exclude(state=DueDate.State.SUPERSEDED):
        _set_state(by, old, DueDate.State.SUPERSEDED)
    return [
        due
        for consequence in consequences
        for party in _who(consequence, filing, filing.party)
        if (due := _propose(by, filing, act, consequence, party))
    ]


def _who(consequence: Consequence, filing: Filing, filer: Party) -> list[Party]:
    others = [party for party in filing.case.parties.all() if party.role != filer.role]
    match consequence.answering:
        case "filer":
            return [filer]
        case "other-side":
            return others
        case "in":
            return [party for party in others if not party.served_out_of_jurisdiction]
        case "out":
            return [party for party in others if party.served_out_of_jurisdiction]


def _propose(by: Actor, filing: Filing, act: Act, consequence: Consequence, party: Party) -> DueDate | None:
    rule = _pack().rule(consequence.rule)
    at = filing.served_at if act == "served" else filing.submitted_at
    if at is None:
        return None
    calendar = _calendars()[filing.case.court.calendar]
    answer = _compute(rule, at, calendar, filing, consequence)
    due = DueDate.objects.create(
        case=filing.case,
        title=rule.title,
        party=party,
        due_on=answer["due"],
        due_time=answer["time"],
        rule_id=rule.id,
        rule_source=rule.source,
        rule_version=rule.version,
        rule_verified=answer["rule"]["verified"],
        trigger=filing,
        working=answer["working"],
        warnings=answer["warnings"],
    )
    record(
        chain=filing.case.chain, by=by, verb="proposed", thing=due, facts={"rule": rule.id, "due": answer["due"]}
    )
    return due


def _compute(
    rule: Rule, at: datetime, calendar: Calendar, filing: Filing, consequence: Consequence
) -> dict[str, object]:
    """The engine's answer; where the method has no deemed date, counted from the day itself with a warning."""
    try:
        method = filing.served_by if rule.served else None
        return compute(rule, at, calendar=calendar, method=method, facts=consequence.facts).as_json()
    except AssizeError as refusal:
        day = at.astimezone(calendar.zone).date()
        answer = compute(rule, day, calendar=calendar, facts=consequence.facts).as_json()
        caution = f"Counted from {day:%-d %B %Y} itself, not from a deemed date: {refusal.message}"
        return {**answer, "warnings": [caution, *answer["warnings"]]}


def _set_state(by: Actor, due: DueDate, state: DueDate.State) -> None:
    due.state = state
    due.save(update_fields=["state"])
    record(chain=due.case.chain, by=by, verb=f"marked as {state.value}", thing=due)


@transaction.atomic
def set_state(*, by: Actor, due: DueDate, state: DueDate.State) -> DueDate:
    """A person has confirmed the date, or said that it is done or was missed."""
    due = DueDate.objects.select_for_update().get(pk=due.pk)
    if state not in DueDate.TRANSITIONS[DueDate.State(due.state)]:
        raise Conflict(
            f"A date that is {due.get_state_display().lower()} cannot become {state.label.lower()}.",
            remedy="Reload the page to see how it stands now.",
        )
    _set_state(by, due, state)
    return due
