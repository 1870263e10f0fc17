"""Proposing what falls due when a filing is submitted or served, and keeping the proposals true."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.due_dates import BY_HAND, mark
from cases.consequences import BY_PLACE, CONSEQUENCES, PARTICULARS_INSIDE, WHERE, Act, Consequence, Where
from cases.kinds import FilingKind
from cases.models import DueDate, Filing, Party
from cases.rules import calendar_of, pack_of
from core.actor import Actor
from core.errors import AssizeError
from jurisdictions.deadlines import NO_FACTS, Calendar, Rule, compute
from ledger.actions import record

ACTS: tuple[Act, ...] = ("submitted", "served")
Answers = Mapping[tuple[str, int], tuple[Rule, Party, Mapping[str, Any]]]


@transaction.atomic
def propose_for(*, by: Actor, filing: Filing, act: Act) -> list[DueDate]:
    """What falls due because the filing was served or submitted stands in the matter as proposed.

    A date that comes out as before, with the same cautions, is left as it stands; one that comes out
    otherwise, or no longer arises, is superseded unless it was done. A court whose rules are not known
    proposes nothing.
    """
    consequences = _consequences(act, filing)
    answers = _answers(filing, act, consequences)
    earlier = filing.due_dates.filter(rule_id__in=[consequence.rule for consequence in consequences])
    kept = {
        (due.rule_id, due.party_id)
        for due in earlier.exclude(state=DueDate.State.SUPERSEDED)
        if _still_stands(by, due, answers)
    }
    return [
        _propose(by, filing, rule, party, answer)
        for key, (rule, party, answer) in answers.items()
        if key not in kept
    ]


@transaction.atomic
def propose_again(*, by: Actor, filing: Filing) -> list[DueDate]:
    """What falls due from a filing follows its corrected kind and party, and the parties as they are now."""
    arising = {consequence.rule for act in ACTS for consequence in _consequences(act, filing)}
    for due in filing.due_dates.exclude(rule_id__in=[*arising, BY_HAND]):
        _still_stands(by, due, {})
    return [due for act in ACTS for due in propose_for(by=by, filing=filing, act=act)]


def _consequences(act: Act, filing: Filing) -> tuple[Consequence, ...]:
    if act == "served" and filing.contains_particulars:
        return PARTICULARS_INSIDE
    return CONSEQUENCES.get((act, FilingKind(filing.kind)), ())


def _still_stands(by: Actor, due: DueDate, answers: Answers) -> bool:
    """Whether the date remains; one that no longer follows from its filing has been superseded."""
    found = answers.get((due.rule_id, due.party_id or 0))
    if found and (due.working, due.warnings) == (found[2]["working"], found[2]["warnings"]):
        return True
    if DueDate.State.SUPERSEDED not in DueDate.TRANSITIONS[DueDate.State(due.state)]:
        return True
    mark(by, due, DueDate.State.SUPERSEDED)
    return False


def _answers(filing: Filing, act: Act, consequences: tuple[Consequence, ...]) -> Answers:
    court = filing.case.court
    pack, calendar = pack_of(court), calendar_of(court)
    at = filing.served_at if act == "served" else filing.submitted_at
    if pack is None or calendar is None or filing.party is None or at is None:
        return {}
    answers: dict[tuple[str, int], tuple[Rule, Party, Mapping[str, Any]]] = {}
    for consequence in consequences:
        find = pack.inside_claim_form if consequence.inside else pack.rule
        rule = find(consequence.rule)
        for party in _who(consequence, filing, filing.party):
            answer = _compute(rule, at, calendar, filing, party)
            if consequence.answering in BY_PLACE:
                answer = _with_caution(answer, WHERE[party.place_of_service])
            answers[rule.id, party.pk] = (rule, party, answer)
    return answers


def _who(consequence: Consequence, filing: Filing, filer: Party) -> list[Party]:
    others = [party for party in filing.case.parties.all() if party.role != filer.role]
    match consequence.answering:
        case "filer":
            return [filer]
        case "other-side":
            return others
        case by_place:
            return [party for party in others if WHERE[party.place_of_service].answering == by_place]


def _with_caution(answer: dict[str, Any], where: Where) -> dict[str, Any]:
    """The answer with what the place leaves open; one that the place did not decide is not verified."""
    if not where.caution:
        return answer
    rule = {**answer["rule"], "verified": answer["rule"]["verified"] and where.known}
    return {**answer, "rule": rule, "warnings": [where.caution, *answer["warnings"]]}


def _propose(by: Actor, filing: Filing, rule: Rule, party: Party, answer: Mapping[str, Any]) -> DueDate:
    due = DueDate.objects.create(
        case=filing.case,
        title=rule.title,
        party=party,
        due_on=date.fromisoformat(answer["due"]),
        due_time=answer["time"],
        rule_id=rule.id,
        rule_source=rule.source,
        rule_version=rule.version,
        rule_verified=answer["rule"]["verified"],
        trigger=filing,
        working=answer["working"],
        warnings=answer["warnings"],
    )
    facts = {"rule": rule.id, "due": answer["due"]}
    record(chain=filing.case.chain, by=by, verb="proposed", thing=due, facts=facts)
    return due


def _compute(rule: Rule, at: datetime, calendar: Calendar, filing: Filing, party: Party) -> dict[str, Any]:
    """The engine's answer; counted from the day itself, with a warning, where there is no deemed date."""
    facts = {rule.table.fact: party.place_of_service} if rule.table else NO_FACTS
    try:
        method = filing.served_by if rule.served else None
        return compute(rule, at, calendar=calendar, method=method, facts=facts).as_json()
    except AssizeError as refusal:
        day = at.astimezone(calendar.zone).date()
        answer = compute(rule, day, calendar=calendar, facts=facts).as_json()
        caution = f"Counted from {day:%-d %B %Y} itself, not from a deemed date: {refusal.message}"
        return {**answer, "warnings": [caution, *answer["warnings"]]}
