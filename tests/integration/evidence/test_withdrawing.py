"""Withdrawing and restoring an exhibit that somebody else has meanwhile withdrawn or restored."""

import pytest

from cases.models import Case
from core.errors import Conflict
from evidence.actions import exhibits
from evidence.models import Exhibit
from ledger.models import Event
from tests.factories import ACTOR, an_exhibit


def test_an_exhibit_is_withdrawn_and_restored_once(case: Case) -> None:
    exhibit = an_exhibit(case)
    stale = Exhibit.objects.get(pk=exhibit.pk)
    exhibits.withdraw(by=ACTOR, exhibit=exhibit, because="A copy")
    with pytest.raises(Conflict, match="withdrawn already"):
        exhibits.withdraw(by=ACTOR, exhibit=stale, because="Another reason")
    assert stale.withdrawn_because == "A copy"
    exhibits.restore(by=ACTOR, exhibit=exhibit)
    with pytest.raises(Conflict, match="is not withdrawn"):
        exhibits.restore(by=ACTOR, exhibit=stale)
    assert Event.objects.filter(verb__in=("withdrew", "restored")).count() == 2
