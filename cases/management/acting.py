"""For whom a command acts, and which matters it therefore reaches."""

from argparse import ArgumentParser

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from cases import access
from cases.models import Case
from cases.selectors import case_named
from core.actor import Actor, machine

Person = User | AnonymousUser | None
"""None is the machine, whoever may log in to it; an address that nobody has is somebody without matters."""


def add_as(parser: ArgumentParser) -> None:
    """The command takes ``--as``."""
    parser.add_argument(
        "--as", dest="email", metavar="EMAIL", help="act as this member of the matter (e-mail address)"
    )


def person(email: str | None) -> Person:
    """The person with this address; the machine where none is given."""
    if not email:
        return None
    return User.objects.filter(email__iexact=email, is_active=True).first() or AnonymousUser()


def actor(person: Person, name: str = "command") -> Actor:
    """The person as the ledger names them, or the command itself."""
    if person is None:
        return machine("command", name)
    return Actor(label=str(person), origin="command", user_id=person.pk)


def matter(name: str, person: Person) -> Case:
    """The matter, for reading.

    Raises:
        NotFound: there is no such matter, or it is not this person's; the two are not told apart.
    """
    return case_named(name, among=None if person is None else access.visible(person))


def matter_to_edit(name: str, person: Person) -> Case:
    """The matter, for writing; NotFound as for ``matter``, NotAllowed where the person may only read it."""
    case = matter(name, person)
    if person is not None:
        access.check_can_edit_case(person, case)
    return case
