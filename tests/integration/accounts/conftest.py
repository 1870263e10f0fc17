import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD, a_user


@pytest.fixture(autouse=True)
def _no_limit_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def priya(db: None) -> User:
    return a_user()


@pytest.fixture
def secret(priya: User) -> str:
    """Priya has a second factor with this secret, and recovery codes."""
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(priya, secret)
    RecoveryCodes.activate(priya)
    return secret


def code(secret: str) -> str:
    """What an authenticator app shows now; waits out the end of a period, so that it stays right."""
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    if left < 10:
        time.sleep(left + 0.1)
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    shown: str = totp.format_hotp_value(totp.hotp_value(secret, counter))
    return shown


def sign_in(client: Client, email: str = "priya@example.org", password: str = PASSWORD, **more: str) -> Any:
    """The answer to the sign-in form, sent as a browser sends it."""
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def confirm(client: Client) -> None:
    """The password was given again, as the pages about factors ask."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account_change_password")).status_code == 200
