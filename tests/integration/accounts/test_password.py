import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD
from tests.integration.accounts.conftest import is_signed_in, sign_in

NEW = "a quite different long phrase"
WRONG = "not the password at all"


def text(response: Any) -> str:
    """A page without what differs each time it is made, and without what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r"[\w.]+@example\.org", "", page)


def test_the_right_password_opens_the_site_in_any_case_of_the_address(client: Client, priya: User) -> None:
    answer = sign_in(client, "Priya@Example.ORG")
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert is_signed_in(client)


def test_a_session_gets_a_new_name_at_sign_in(client: Client, priya: User) -> None:
    session = client.session
    session["draft"] = "kept"
    session.save()
    before = client.cookies["sessionid"].value
    sign_in(client)
    assert client.cookies["sessionid"].value != before
    with_old_name = Client()
    with_old_name.cookies["sessionid"] = before
    assert not is_signed_in(with_old_name)


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, priya: User) -> None:
    known, unknown = sign_in(client, password=WRONG), sign_in(client, "nobody@example.org", WRONG)
    assert known.status_code == unknown.status_code == 200
    assert text(known) == text(unknown)
    assert not is_signed_in(client)


def test_a_closed_account_is_not_told_from_a_wrong_password(client: Client, priya: User) -> None:
    priya.is_active = False
    priya.save()
    sign_in(client)
    assert not is_signed_in(client)
    assert text(sign_in(client, password=WRONG)) == text(sign_in(client, "nobody@example.org", WRONG))


def test_after_five_failures_even_the_right_password_waits(client: Client, priya: User) -> None:
    for _ in range(5):
        sign_in(client, password=WRONG)
    sign_in(client)
    assert not is_signed_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.77")
    sign_in(elsewhere)
    assert not is_signed_in(elsewhere), "the limit belongs to the address of the account, not of the network"


def test_the_limit_of_one_person_does_not_lock_out_another(client: Client, priya: User) -> None:
    for _ in range(6):
        sign_in(client, "tom@example.org", WRONG)
    sign_in(client)
    assert is_signed_in(client)


def test_one_network_address_cannot_try_many_accounts(client: Client, priya: User) -> None:
    for number in range(10):
        sign_in(client, f"person{number}@example.org", WRONG)
    sign_in(client)
    assert not is_signed_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.77")
    sign_in(elsewhere)
    assert is_signed_in(elsewhere)


def test_too_many_requests_get_a_page_that_says_so(client: Client, priya: User) -> None:
    answers = [client.post(reverse("account_login"), {}) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert "Wait five minutes" in answers[-1].content.decode()


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_nowhere_else(client: Client, priya: User, address: str) -> None:
    answer = sign_in(client, next=address)
    assert answer["Location"] == "/"


def test_sign_in_leads_on_to_the_page_asked_for(client: Client, priya: User) -> None:
    assert sign_in(client, next="/due/")["Location"] == "/due/"


def test_nobody_signs_themselves_up(client: Client, db: None) -> None:
    form = {"email": "new@example.org", "password1": NEW, "password2": NEW}
    page = client.post(reverse("account_signup"), form)
    assert "account/signup_closed.html" in [template.name for template in page.templates]
    assert not User.objects.filter(email="new@example.org").exists()


def test_only_a_post_signs_out(client: Client, priya: User) -> None:
    sign_in(client)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_signing_out_needs_the_token_of_the_form(priya: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(priya)
    refused = client.post(reverse("account_logout"))
    assert refused.status_code == 403
    assert "The page had grown old" in refused.content.decode()
    assert is_signed_in(client)


def test_a_password_is_changed_only_by_who_knows_it_and_ends_other_sessions(
    client: Client, priya: User
) -> None:
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    address = reverse("account_change_password")
    client.post(address, {"oldpassword": WRONG, "password1": NEW, "password2": NEW})
    priya.refresh_from_db()
    assert priya.check_password(PASSWORD)
    client.post(address, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    priya.refresh_from_db()
    assert priya.check_password(NEW)
    assert not is_signed_in(elsewhere)


def test_a_weak_password_is_not_taken(client: Client, priya: User) -> None:
    sign_in(client)
    form = {"oldpassword": PASSWORD, "password1": "priya", "password2": "priya"}
    assert client.post(reverse("account_change_password"), form).status_code == 200
    priya.refresh_from_db()
    assert priya.check_password(PASSWORD)


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client, priya: User) -> None:
    client.post(reverse("account_reset_password"), {"email": priya.email})
    [letter] = mail.outbox
    assert letter.to == [priya.email]
    assert letter.subject == "Assize: Choose a new password"
    link = re.search(r"https?://\S+", str(letter.body))
    assert link
    page = client.get(link[0], follow=True)
    assert link[0].rstrip("/").rpartition("-")[2] not in page.request["PATH_INFO"], (
        "the key leaves the address"
    )
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    priya.refresh_from_db()
    assert priya.check_password(NEW)
    again = Client()
    page = again.get(link[0], follow=True)
    again.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    priya.refresh_from_db()
    assert priya.check_password(NEW)


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(client: Client, priya: User) -> None:
    known = client.post(reverse("account_reset_password"), {"email": priya.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert text(known) == text(unknown)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert "No account has this address" in letters["nobody@example.org"].body
    assert "signup" not in letters["nobody@example.org"].body
