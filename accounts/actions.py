"""Writing down what happened at the door."""

from typing import Any

from django.db import transaction

from accounts.models import AccountEvent, User
from core.actor import Actor
from ledger.actions import SITE, record


@transaction.atomic
def note(*, by: Actor, what: AccountEvent.What, user: User | None, **facts: Any) -> AccountEvent:
    """The event stands in the site's chain.

    Args:
        by: who acted, as far as is known; somebody refused is nobody yet.
        what: what happened.
        user: whose account; None where the address given has none.
        facts: what else is known, such as the kind of second factor.
    """
    event = AccountEvent.objects.create(user=user, what=what)
    record(chain=SITE, by=by, verb=what.value, thing=event, facts=facts)
    return event
