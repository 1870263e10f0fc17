import re

from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from ledger import selectors
from ledger.actions import SITE
from ledger.verification import rows
from tests.factories import PASSWORD
from tests.integration.accounts.conftest import code, confirm, sign_in

NEW = "a quite different long phrase"


def written(user: User | None = None) -> list[str]:
    """The verbs about a person, or about nobody known, the oldest first."""
    label = user.email if user else "an address without an account"
    events = selectors.events(SITE).filter(thing_type="accounts.accountevent", thing_label=label)
    return list(events.order_by("sequence").values_list("verb", flat=True))


def test_each_visit_to_the_door_is_written_down_and_stays_provable(
    empty_index: None,
    client: Client,
    priya: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sign_in(client, password="wrong")
    sign_in(client)
    confirm(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    client.post(reverse("account_logout"))
    sign_in(client, password=NEW)
    client.post(reverse("mfa_authenticate"), {"code": "no code"})
    client.post(reverse("account_reset_password"), {"email": priya.email})
    page = client.get(re.findall(r"https?://\S+", str(mail.outbox[-1].body))[0], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    assert written(priya) == [
        "was refused at sign-in",
        "signed in",
        "added a second factor",
        "added a second factor",
        "renewed the recovery codes",
        "changed the password",
        "gave a wrong second factor",
        "reset the password by mail",
    ]
    assert not list(rows())
    call_command("verify")


def test_removing_the_factor_is_written_down(client: Client, priya: User, secret: str) -> None:
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    confirm(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert written(priya) == ["signed in", "removed a second factor", "removed a second factor"]


def test_who_and_from_where(client: Client, priya: User) -> None:
    sign_in(Client(REMOTE_ADDR="192.0.2.9"), password="wrong")
    sign_in(Client(REMOTE_ADDR="2001:db8::1"))
    failed, opened = selectors.events(SITE).order_by("sequence")
    assert (failed.actor, failed.actor_user_id, failed.address) == (
        "somebody not signed in",
        None,
        "192.0.2.9",
    )
    assert (opened.actor, opened.actor_user_id, opened.address) == ("Priya Nair", priya.pk, "2001:db8::1")


def test_what_was_typed_for_an_unknown_address_is_not_kept(client: Client, db: None) -> None:
    sign_in(client, "my-secret-password@example.org", "wrong")
    assert written() == ["was refused at sign-in"]
    event = selectors.events(SITE).get()
    assert not any("my-secret" in str(value) for value in vars(event).values())
