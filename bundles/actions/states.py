"""The steps of a build."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from bundles.models import Build
from core.actor import Actor
from core.states import step
from ledger.actions import record


@transaction.atomic
def move(build_id: int, state: Build.State, **fields: Any) -> None:
    """The build is in this state, with these fields; Conflict where it cannot come to it."""
    now = Build.objects.select_for_update(no_key=True).get(pk=build_id).state
    allowed = step(Build.TRANSITIONS, now=Build.State(now), then=state)
    Build.objects.filter(pk=build_id).update(state=allowed, **fields)


@transaction.atomic
def stop(*, by: Actor, asked: Build, message: str, documents: Sequence[dict[str, Any]] = ()) -> None:
    """The build has stopped and says why."""
    move(asked.pk, Build.State.STOPPED, message=message, documents=list(documents))
    bundle, facts = asked.bundle, {"build": asked.pk, "because": message}
    record(chain=bundle.case.chain, by=by, verb="stopped building", thing=bundle, facts=facts)
