"""What a person says of a date: that it is confirmed, done or missed, or that an order gives it."""

from datetime import date, time

from django.db import transaction

from cases.models import Case, DueDate, Party
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from ledger.actions import record

BY_HAND = "by-hand"
"""The rule of a date that no rule gave: an order or a notice says it, and a person wrote it down."""


def mark(by: Actor, due: DueDate, state: DueDate.State) -> None:
    """The date is in this state, whatever state it was in; inside the caller's transaction."""
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
    mark(by, due, state)
    return due


@transaction.atomic
def enter(
    *,
    by: Actor,
    case: Case,
    title: str,
    due_on: date,
    source: str,
    due_time: time | None = None,
    party: Party | None = None,
) -> DueDate:
    """A date that an order, a notice or an agreement gives stands in the matter as confirmed.

    ``source`` says where it was read ("Order of 29 October 2026, paragraph 4").
    """
    source = source.strip()
    if party is not None and party.case_id != case.pk:
        raise InvalidInput(
            "The party belongs to another matter.", remedy="Choose a party of this matter.", field="party"
        )
    if not source:
        raise InvalidInput(
            "A date has a source.",
            remedy="Say where it was read: the order and its paragraph.",
            field="source",
        )
    step = {"step": "Entered", "date": due_on.isoformat(), "why": f"Entered by {by.label}.", "source": source}
    due = DueDate.objects.create(
        case=case,
        title=title.strip(),
        party=party,
        due_on=due_on,
        due_time=due_time,
        rule_id=BY_HAND,
        rule_source=source,
        rule_version="",
        working=[step],
        state=DueDate.State.CONFIRMED,
    )
    record(chain=case.chain, by=by, verb="entered", thing=due, facts={"due": due_on, "source": source})
    return due
