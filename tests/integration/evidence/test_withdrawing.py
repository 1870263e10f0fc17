"""Withdrawing and restoring an exhibit: once for two who try, and silent of what an expert may not know."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from core.errors import Conflict
from evidence.actions import exhibits
from evidence.actions.filings import log_all
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


def test_an_expert_is_not_told_which_privileged_exhibit_is_the_same(
    case: Case, browser: Callable[[str], Client]
) -> None:
    for number in range(6):
        an_exhibit(case, b"other %d" % number, f"{number}.txt")
    kept, dropped = an_exhibit(case, b"same", "kept.txt"), an_exhibit(case, b"same", "dropped.txt")
    exhibits.describe(by=ACTOR, exhibit=kept, title="Advice", privilege=Exhibit.Privilege.LEGAL_ADVICE)
    log_all(by=ACTOR, case=case, drafts=[], instead=[(dropped, kept)])
    page = browser("expert").get(reverse("evidence:exhibit", args=[case.pk, dropped.pk])).content.decode()
    assert "the same file is kept as another exhibit" in page
    assert "exhibit 7" not in page.lower()
    assert Event.objects.get(verb="withdrew").read_facts["kept"] == kept.number == 7
