"""Two people act on a filing that each read before the other's act."""

import pytest

from cases.actions import filings
from cases.models import Filing
from core.errors import Conflict, InvalidInput
from tests import factories
from tests.integration.cases.conftest import World, london

BY = factories.ACTOR


def test_the_second_of_two_answers_of_the_court_is_a_conflict(world: World) -> None:
    filing = world.filing()
    stale = Filing.objects.get(pk=filing.pk)
    filings.accept(by=BY, filing=filing, at=london(2026, 10, 5, 11))
    with pytest.raises(Conflict, match="has accepted"):
        filings.reject(by=BY, filing=stale, at=london(2026, 10, 5, 12), because="Late")
    assert stale.accepted_at == filing.accepted_at, "the caller's filing is as it now stands"


def test_a_rejected_filing_read_earlier_is_not_accepted(world: World) -> None:
    filing = world.filing()
    stale = Filing.objects.get(pk=filing.pk)
    filings.reject(by=BY, filing=filing, at=london(2026, 10, 5, 11), because="Late")
    with pytest.raises(Conflict, match="has rejected"):
        filings.accept(by=BY, filing=stale, at=london(2026, 10, 5, 12))


def test_a_filing_is_not_submitted_after_an_answer_that_was_not_seen(world: World) -> None:
    filing = world.filing()
    stale = Filing.objects.get(pk=filing.pk)
    filings.accept(by=BY, filing=filing, at=london(2026, 10, 5, 11))
    with pytest.raises(InvalidInput, match="answered before"):
        filings.submit(by=BY, filing=stale, at=london(2026, 10, 5, 12), method="ce-file")
