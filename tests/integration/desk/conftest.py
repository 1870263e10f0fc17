"""Two matters of two people who do not know of each other, and the law."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from authorities.actions import load_summaries
from cases.models import Case, Membership
from core.actor import Actor
from evidence.models import Exhibit
from search import actions as search
from tests import factories
from tests.factories import signed_in


@dataclass(frozen=True)
class Matters:
    """Mine, with a privileged note in it, and theirs."""

    owner: User
    mine: Case
    note: Exhibit
    privileged: Exhibit
    theirs: Case
    secret: Exhibit


def an_indexed(case: Case, words: str, name: str, ready: bool = False, **described: Any) -> Exhibit:
    exhibit = factories.an_exhibit(case, words.encode(), name, ready=ready)
    if described:
        exhibit.privilege = described["privilege"]
        exhibit.save()
        search.mark_changed("exhibit", exhibit.pk)
    return exhibit


@pytest.fixture
def matters(db: None) -> Matters:
    search.backend().clear()
    owner = factories.a_user()
    mine = factories.a_case(owner)
    theirs = factories.a_case(
        factories.a_user("other@example.org", "Other"), "Boreal v Cirrus", "IL-2026-000777"
    )
    note = an_indexed(mine, "The marmalade ledger cites [2025] EWHC 2863 (Ch).", "note.txt", ready=True)
    legal = Exhibit.Privilege.LEGAL_ADVICE
    advice = an_indexed(mine, "Counsel's advice.", "marmalade counsel advice.txt", privilege=legal)
    secret = an_indexed(theirs, "Their marmalade zanzibarium.", "marmalade zanzibarium.txt")
    search.drain()
    return Matters(owner, mine, note, advice, theirs, secret)


@pytest.fixture
def client_of_owner(matters: Matters) -> Client:
    return signed_in(matters.owner)


@pytest.fixture
def expert(matters: Matters) -> Client:
    return signed_in(factories.a_member(matters.mine, Membership.Role.EXPERT, "expert@example.org"))


@pytest.fixture
def summaries(db: None, actor: Actor) -> None:
    load_summaries(by=actor)
    search.drain()
