"""Small worlds for tests, made through the real actions."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.test import Client

from accounts.models import User
from cases.actions import matters
from cases.models import Case, Membership, Party
from core.actor import Actor
from evidence import pipeline
from evidence.actions import exhibits
from evidence.models import Exhibit
from jurisdictions import actions as law
from jurisdictions.models import Court

ACTOR = Actor(label="Priya Nair", origin="command")
PASSWORD = "correct horse battery staple"


def a_user(email: str = "priya@example.org", name: str = "Priya Nair") -> User:
    """A person who can sign in with ``PASSWORD``."""
    return get_user_model().objects.create_user(email, PASSWORD, name=name)


def signed_in(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def a_court(code: str = "ew-hc-ipl") -> Court:
    """A court from the law that ships with Assize."""
    if not Court.objects.filter(pk=code).exists():
        law.load()
    return Court.objects.get(pk=code)


def a_case(
    owner: User | None = None, title: str = "Aurelia v Baiyun", claim_number: str = "IL-2026-000123"
) -> Case:
    """A matter with its owner."""
    owner = owner or a_user()
    return matters.open_case(by=ACTOR, title=title, court=a_court(), claim_number=claim_number, owner=owner)


def a_member(case: Case, role: str = Membership.Role.READER, email: str = "reader@example.org") -> User:
    """Another person in the matter."""
    user = a_user(email, name=email.split("@")[0].title())
    matters.add_member(by=ACTOR, case=case, user=user, role=role)
    return user


def a_party(case: Case, name: str = "Aurelia Laboratories Limited", role: str = Party.Role.CLAIMANT) -> Party:
    """A party to the matter."""
    return matters.add_party(by=ACTOR, case=case, name=name, role=role)


def an_exhibit(
    case: Case,
    content: bytes = b"The hearing is on 1 December 2026.\n",
    name: str = "note.txt",
    *,
    ready: bool = False,
) -> Exhibit:
    """A received exhibit; with ``ready`` its intake has come to its end."""
    exhibit = exhibits.receive(by=ACTOR, case=case, content=_pieces(content), name=name)
    if ready:
        pipeline.run(str(exhibit.pk), by=ACTOR)
        exhibit.refresh_from_db()
    return exhibit


def _pieces(content: bytes) -> Iterable[bytes]:
    yield content
