import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD
from tests.integration.accounts.conftest import code, confirm, is_signed_in, sign_in


def answer(client: Client, given: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": given})


def recovery_codes(user: User) -> list[str]:
    codes: list[str] = RecoveryCodes(
        Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    ).get_unused_codes()
    return codes


def test_the_password_alone_does_not_open_the_site(client: Client, secret: str) -> None:
    assert sign_in(client, next="/due/")["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)


def test_the_code_of_the_app_opens_it(client: Client, secret: str) -> None:
    sign_in(client, next="/due/")
    before = client.cookies["sessionid"].value
    assert answer(client, code(secret))["Location"] == "/due/"
    assert is_signed_in(client)
    assert client.cookies["sessionid"].value != before


def test_a_code_is_not_taken_twice(client: Client, secret: str) -> None:
    shown = code(secret)
    sign_in(client)
    answer(client, shown)
    assert is_signed_in(client)
    overheard = Client()
    sign_in(overheard)
    assert answer(overheard, shown).status_code == 200
    assert not is_signed_in(overheard)


def test_five_wrong_codes_are_the_end_of_trying(client: Client, secret: str) -> None:
    sign_in(client)
    right = code(secret)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        answer(client, wrong)
    answer(client, right)
    assert not is_signed_in(client)


def test_a_recovery_code_opens_the_site_once(client: Client, secret: str, priya: User) -> None:
    paper = recovery_codes(priya)[0]
    sign_in(client)
    answer(client, paper)
    assert is_signed_in(client)
    assert paper not in recovery_codes(priya)
    again = Client()
    sign_in(again)
    answer(again, paper)
    assert not is_signed_in(again)


def test_a_factor_is_added_by_scanning_and_typing_its_first_code(client: Client, priya: User) -> None:
    sign_in(client)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    shown = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": "000000" if code(shown) != "000000" else "000001"})
    assert not Authenticator.objects.filter(user=priya).exists()
    client.post(reverse("mfa_activate_totp"), {"code": code(shown)})
    assert set(Authenticator.objects.filter(user=priya).values_list("type", flat=True)) == {
        "totp", "recovery_codes",
    }  # fmt: skip
    assert len(recovery_codes(priya)) == 10
    assert recovery_codes(priya)[0] in client.get(reverse("mfa_view_recovery_codes")).content.decode()


@pytest.mark.parametrize(
    "name", ["mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"]
)
def test_an_old_session_gives_the_password_again_before_touching_factors(
    client: Client, secret: str, priya: User, name: str
) -> None:
    client.force_login(priya)
    asked = client.get(reverse(name))
    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]


def test_a_factor_is_removed_after_confirming(client: Client, secret: str, priya: User) -> None:
    sign_in(client)
    answer(client, code(secret))
    confirm(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=priya).exists()
    client.post(reverse("account_logout"))
    sign_in(client)
    assert is_signed_in(client)


def test_new_recovery_codes_void_the_old_ones(client: Client, secret: str, priya: User) -> None:
    old = recovery_codes(priya)
    sign_in(client)
    answer(client, code(secret))
    confirm(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    new = recovery_codes(priya)
    assert len(new) == len(old) > 0
    assert not set(old) & set(new)


def test_the_second_factor_is_asked_for_after_a_password_reset_too(
    client: Client, secret: str, priya: User
) -> None:
    client.post(reverse("account_reset_password"), {"email": priya.email})
    link = re.search(r"https?://\S+", str(mail.outbox[0].body))
    assert link
    page = client.get(link[0], follow=True)
    client.post(
        page.request["PATH_INFO"], {"password1": f"{PASSWORD} again", "password2": f"{PASSWORD} again"}
    )
    assert not is_signed_in(client)
    sign_in(client, password=f"{PASSWORD} again")
    assert not is_signed_in(client)
