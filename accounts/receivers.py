"""The sign-in library tells of what happened by signals; each is written down by ``actions.note``."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.actions import note
from accounts.models import AccountEvent, User
from core import requests
from core.actor import Actor

What = AccountEvent.What


def _oneself(request: HttpRequest, user: User) -> Actor:
    """The person themselves, also where the request began before they were signed in."""
    return Actor(label=str(user), origin="web", user_id=user.pk, address=requests.address(request))


def _not_yet(request: HttpRequest | None) -> Actor:
    return Actor(
        label=requests.NOBODY,
        origin="web",
        address=requests.address(request) if request is not None else None,
    )


@receiver(account.user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Every factor that the account asks for was given."""
    note(by=_oneself(request, user), what=What.SIGNED_IN, user=user)


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """The password did not fit the address."""
    user = User.objects.filter(email__iexact=credentials.get("email") or "").first()
    note(by=_not_yet(request), what=What.REFUSED, user=user)


@receiver(mfa.authentication_failed)
def code_refused(request: HttpRequest, user: User, **_: Any) -> None:
    """The password was right and the code was not."""
    note(by=_not_yet(request), what=What.CODE_REFUSED, user=user)


@receiver(mfa.authenticator_added)
def factor_added(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """The account has one more second factor."""
    note(by=_oneself(request, user), what=What.FACTOR_ADDED, user=user, factor=authenticator.type)


@receiver(mfa.authenticator_removed)
def factor_removed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """The account has one second factor less."""
    note(by=_oneself(request, user), what=What.FACTOR_REMOVED, user=user, factor=authenticator.type)


@receiver(mfa.authenticator_reset)
def codes_renewed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """The old recovery codes are worth nothing any more."""
    note(by=_oneself(request, user), what=What.CODES_RENEWED, user=user, factor=authenticator.type)


@receiver([account.password_changed, account.password_set])
def password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    """The person chose a new password while signed in."""
    note(by=_oneself(request, user), what=What.PASSWORD_CHANGED, user=user)


@receiver(account.password_reset)
def password_reset(request: HttpRequest, user: User, **_: Any) -> None:
    """Whoever reads the account's mail chose a new password."""
    note(by=_oneself(request, user), what=What.PASSWORD_RESET, user=user)
