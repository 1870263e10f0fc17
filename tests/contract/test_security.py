"""What every answer of the site promises, whichever page it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD, a_case, a_user

ROOT = Path(__file__).resolve().parents[2]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)|<style\b|<[^>]+\s(?:on[a-z]+|style)\s*=|javascript:|\shx-on", re.IGNORECASE
)
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)


@pytest.fixture(autouse=True)
def _no_limit_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def priya(db: None, client: Client) -> User:
    """Signed in."""
    priya = a_user()
    client.force_login(priya)
    return priya


def pages(priya: User) -> list[str]:
    """Pages of every sort: the app's, the sign-in's, refusals, the API."""
    case = a_case(priya)
    names = (
        "mfa_index",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "desk:home",
        "desk:due",
    )
    own = [reverse("desk:overview", args=[case.pk]), reverse("cases:docket", args=[case.pk])]
    return [*map(reverse, names), *own, "/no-such-page/", reverse("api-schema")]


def policy(header: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in header.split(";") if part.strip())


def test_every_answer_carries_the_strict_headers(client: Client, priya: User) -> None:
    for address in pages(priya):
        answer = client.get(address)
        assert policy(answer["Content-Security-Policy"]) == POLICY, address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert answer["X-Frame-Options"] == "DENY", address


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
def test_the_entrance_carries_them_too(client: Client, db: None, name: str) -> None:
    answer = client.get(reverse(name))
    assert policy(answer["Content-Security-Policy"]) == POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert not INLINE.search(answer.content.decode())


@pytest.mark.parametrize(
    "template",
    sorted((ROOT / "templates").rglob("*.html")),
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_no_template_has_code_or_style_inside(template: Path) -> None:
    found = INLINE.search(COMMENTS.sub("", template.read_text()))
    assert not found, f"{found and found[0]} would be refused by the site's own policy"


def test_no_rendered_page_has_code_or_style_inside(client: Client, priya: User) -> None:
    for address in pages(priya)[:8]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not INLINE.search(answer.content.decode()), address


def test_the_scan_itself_finds_what_it_looks_for() -> None:
    for bad in (
        "<script>x()</script>",
        "<p onclick='x()'>",
        '<p style="a">',
        "<style>",
        '<a href="javascript:x">',
    ):
        assert INLINE.search(bad), bad
    assert not INLINE.search('<script type="module" src="/static/js/app.js"></script>')


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, db: None) -> None:
    a_user()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": "priya@example.org", "password": PASSWORD})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_another_host_name_is_refused(client: Client, db: None) -> None:
    answer = client.get(reverse("account_login"), headers={"Host": "evil.example"})
    assert answer.status_code == 400


def test_a_strangers_matter_and_no_matter_are_the_same_bytes(client: Client, priya: User) -> None:
    tom = a_user("tom@example.org", "Tom")
    hidden = reverse("desk:overview", args=[a_case(tom).pk])
    missing = reverse("desk:overview", args=["00000000-0000-4000-8000-000000000000"])
    answers = [client.get(address) for address in (hidden, missing, "/no-such-page/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_form_from_elsewhere_gets_a_page_with_a_remedy(priya: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("account_login"), {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "reload it and send it again" in answer.content.decode()
