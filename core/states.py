"""The states a row may pass through, in the order its model allows."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from django.db.models import TextChoices

from core.errors import Conflict

State = TypeVar("State", bound=TextChoices)


def step(transitions: Mapping[State, Collection[State]], *, now: State, then: State) -> State:
    """The state to set: ``then``, which the transitions allow after ``now``.

    Raises:
        Conflict: they do not.
    """
    if then not in transitions[now]:
        raise Conflict(
            f"What is {str(now.label).lower()} cannot become {str(then.label).lower()}.",
            remedy="Reload the page to see how it stands now.",
        )
    return then
