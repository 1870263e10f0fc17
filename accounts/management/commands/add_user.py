"""``manage.py add_user``: an account for a person; which matters they see is said in each matter."""

import getpass
import json
import os
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from accounts.models import User
from core.errors import Conflict, InvalidInput

VARIABLE = "ASSIZE_PASSWORD"


def chosen_password() -> str:
    """The password from the environment or, without one, typed twice at the terminal."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    try:
        first = getpass.getpass("Password: ")
        again = getpass.getpass("Password again: ")
    except EOFError:
        raise InvalidInput("No password was given.", remedy=f"Type one, or set {VARIABLE}.") from None
    if first != again:
        raise InvalidInput("The two passwords differ.", remedy="Run the command again.")
    return first


def add_user(email: str, name: str, password: str) -> User:
    """The person can sign in with this address and password.

    Raises:
        Conflict: the address has an account.
        InvalidInput: the address is none, the name is empty, or the password is too weak.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise Conflict(f"{email} has an account already.", remedy="Use it, or give another address.")
    try:
        password_validation.validate_password(password, User(email=email, name=name))
        return User.objects.create_user(email, password, name=name.strip())
    except ValidationError as refusal:
        raise InvalidInput(
            " ".join(refusal.messages), remedy="Correct it and run the command again."
        ) from None


class Command(BaseCommand):
    help = f"Make an account. The password is read from {VARIABLE}, or asked for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose account it is."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="as the person writes it")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The account exists and its address is printed."""
        user = add_user(options["email"], options["name"], chosen_password())
        if options["json"]:
            self.stdout.write(json.dumps({"id": user.pk, "email": user.email, "name": user.name}))
        else:
            self.stdout.write(f"{user.name} can sign in as {user.email}.")
