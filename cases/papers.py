"""The documents behind the filings, told by whatever app keeps them; without one, there are none."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from cases.models import Filing


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a filing: its title, its page on the site, and how it stands in words."""

    title: str
    href: str
    state: str


class Papers(Protocol):
    """What the keeper of documents answers; each answer holds only what the person may know of."""

    def counts(self, user: User | AnonymousUser, filings: Collection[UUID]) -> Mapping[UUID, int]:
        """How many documents each of these filings has; one without may be left out. One query."""

    def of(self, user: User | AnonymousUser, filing: Filing) -> Sequence[Paper]:
        """The documents of one filing, in order."""


class NoPapers:
    """Nobody keeps documents."""

    def counts(self, user: User | AnonymousUser, filings: Collection[UUID]) -> Mapping[UUID, int]:
        """None for any filing."""
        return {}

    def of(self, user: User | AnonymousUser, filing: Filing) -> Sequence[Paper]:
        """None."""
        return []


_keeper: list[Papers] = [NoPapers()]


def register(keeper: Papers) -> None:
    """This keeper answers from now on; called once, from an app's ``ready``."""
    _keeper[0] = keeper


def counts(user: User | AnonymousUser, filings: Collection[UUID]) -> Mapping[UUID, int]:
    """How many documents of each filing this person may know of."""
    return _keeper[0].counts(user, filings)


def of(user: User | AnonymousUser, filing: Filing) -> Sequence[Paper]:
    """The documents of the filing that this person may know of."""
    return _keeper[0].of(user, filing)
